"""The section of common problems: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.problems import views

urlpatterns = [
    path("", views.index),
    path("new/", views.new),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/moves/<str:code>/", views.move),
]
