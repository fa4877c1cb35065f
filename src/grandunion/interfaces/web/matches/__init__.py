"""The section of matches: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.matches import told, views, workbench

urlpatterns = [
    path("", views.index),
    *told.addresses(),
    *workbench.addresses(),
    path("<str:number>/", views.record),
    path("<str:number>/moves/<str:code>/", views.move),
]
