"""The section of needs: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.subjects import fragment
from grandunion.interfaces.web.needs import (
    bringing,
    bulk,
    calling,
    clocked,
    keeping,
    macros,
    moves,
    thread,
    thread_file,
    views,
)
from grandunion.interfaces.web.needs.forms import NeedForm

urlpatterns = [
    path("", views.index),
    path("desk/", views.desk),
    path("next/", views.following),
    path("watch/", clocked.watch),
    path("archive/", clocked.archived),
    path("answered/", clocked.answered),
    path("new/", views.new),
    path("notes/", bringing.bring),
    path("bulk/", bulk.bulk),
    path("macros/", macros.index),
    path("macros/new/", macros.new),
    path("macros/<str:code>/edit/", macros.edit),
    path("macros/<str:code>/retire/", macros.retire),
    path("begin/", views.begin),
    path("callers/", calling.found),
    path("questions/", signed_in(fragment(NeedForm))),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/step/<str:code>/", views.step),
    path("<str:number>/take/", moves.take),
    path("<str:number>/hand-over/", moves.hand_over),
    path("<str:number>/open-to/", moves.open_to),
    path("<str:number>/ask-also/", moves.ask_also),
    path("<str:number>/ask/", clocked.ask),
    path("<str:number>/reply/", clocked.reply),
    path("<str:number>/follow-up/", clocked.follow_up),
    path("<str:number>/link/", clocked.link),
    path("<str:number>/unlink/", clocked.unlink),
    path("<str:number>/archive/", clocked.archive),
    path("<str:number>/bring-back/", clocked.bring_back),
    path("<str:number>/unsent/<str:code>/", keeping.keep),
    path("<str:number>/macros/<str:code>/", macros.use),
    path("<str:number>/thread/", thread_file.export),
    path("<str:number>/colleagues/", thread.colleagues),
    path("<str:number>/notes/<str:kind>/", thread.write),
    path("<str:number>/notes/<int:pk>/edit/", thread.edit),
    path("<str:number>/notes/<int:pk>/withdraw/", thread.withdraw),
    path("<str:number>/notes/<int:pk>/release/", thread.release),
    path("<str:number>/notes/<int:pk>/files/<str:document>/", thread.file),
    path("<str:number>/moves/<str:code>/", moves.move),
    path("<str:number>/assignments/<int:pk>/moves/<str:code>/", moves.assignment_move),
]
