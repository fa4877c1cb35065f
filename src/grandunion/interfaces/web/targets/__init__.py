"""The section of targets: their pages and addresses."""

from django.urls import path

from grandunion.interfaces.web.targets import splits, views

urlpatterns = [
    path("new/", views.new),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/moves/<str:code>/", views.move),
    path("<str:number>/split/", splits.split),
    path("<str:number>/foresee/", views.foresee),
]
