"""The section of rounds: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.rounds import changes, deeds, pairs, seats, sheets, views

urlpatterns = [
    path("", views.index),
    path("new/", views.new),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/plan/", deeds.plan),
    path("<str:number>/fair/", deeds.fair),
    path("<str:number>/moves/<str:code>/", deeds.move),
    path("<str:number>/participants/", seats.add),
    path("<str:number>/participants/<int:pk>/", seats.seat),
    path("<str:number>/pairs/", pairs.index),
    path("<str:number>/pairs/<int:pk>/<int:child>/", pairs.pair),
    path("<str:number>/changes/", changes.change),
    path("<str:number>/meetings/<int:pk>/", deeds.meeting),
    path("<str:number>/timetable/", sheets.timetable),
    path("<str:number>/file/", sheets.export),
    path("<str:number>/import/", sheets.take_in),
]
