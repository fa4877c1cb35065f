"""The section of published figures: their pages and addresses."""

from django.urls import path

from grandunion.interfaces.web.claims import views

urlpatterns = [
    path("", views.index),
    path("new/", views.new),
    path("import/", views.take_in),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/moves/<str:code>/", views.move),
]
