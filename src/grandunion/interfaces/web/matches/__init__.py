"""The section of matches: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.matches import views

urlpatterns = [
    path("", views.index),
    path("for/<str:number>/", views.workbench),
    path("for/<str:number>/pair/", views.pair),
    path("<str:number>/", views.record),
    path("<str:number>/moves/<str:code>/", views.move),
]
