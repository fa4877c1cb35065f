"""Seeing: dashboards for each role and level, the funnel, the map of areas, and the views that people keep."""

from django.urls import path

from grandunion.interfaces.web.dashboards import keeping, seeing

urlpatterns = [
    path("", seeing.index),
    path("all/", seeing.every),
    path("funnel/", seeing.funnel),
    path("funnel/<str:code>/", seeing.projects),
    path("map/", seeing.areas),
    path("records/<str:code>/", seeing.records),
    path("views/new/", keeping.new),
    path("views/<int:pk>/", keeping.view),
    path("views/<int:pk>/edit/", keeping.edit),
    path("views/<int:pk>/mail/", keeping.mail),
    path("views/<int:pk>/remove/", keeping.remove),
    path("<str:code>/", seeing.dashboard),
    path("<str:code>/follow/", keeping.follow),
]
