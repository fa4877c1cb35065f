"""The section of events: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.events import calendars, deeds, door, files, follow, minutes, people, views

urlpatterns = [
    path("", views.index),
    path("new/", views.new),
    path("calendar/", calendars.month),
    path("feed/", calendars.feed),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/agenda/", views.agenda),
    path("<str:number>/moves/<str:code>/", deeds.move),
    path("<str:number>/register/", people.register),
    path("<str:number>/invite/", people.invite),
    path("<str:number>/people/", people.index),
    path("<str:number>/people/import/", files.take_in_people),
    path("<str:number>/people/<int:pk>/ticket/", people.ticket),
    path("<str:number>/people/<int:pk>/<str:deed>/", people.do),
    path("<str:number>/door/", door.door),
    path("<str:number>/door/new/", door.walk_in),
    path("<str:number>/minutes/", minutes.index),
    path("<str:number>/minutes/summary/", minutes.summary),
    path("<str:number>/minutes/import/", files.take_in_minutes),
    path("<str:number>/minutes/file/", files.minutes),
    path("<str:number>/minutes/<int:pk>/", minutes.statement),
    path("<str:number>/minutes/<int:pk>/<str:deed>/", minutes.do),
    path("<str:number>/follow-up/", follow.index),
    path("<str:number>/follow-up/all/", follow.everything),
    path("<str:number>/event.ics", files.ics),
]
