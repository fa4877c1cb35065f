"""The section of work reports: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.work_reports import deeds, files, sentences, styles, views

urlpatterns = [
    path("", views.index),
    path("new/", views.new),
    path("styles/", styles.index),
    path("styles/<str:code>/", styles.keep),
    path("styles/<str:code>/file/", styles.file),
    path("styles/<str:code>/drop/", styles.drop),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", views.edit),
    path("<str:number>/last-year/", views.beside),
    path("<str:number>/note/", views.note),
    path("<str:number>/print/", files.printed),
    path("<str:number>/file/", files.file),
    path("<str:number>/own-style/", files.mould),
    path("<str:number>/evidence/", files.evidence),
    path("<str:number>/evidence/open/", deeds.grant),
    path("<str:number>/moves/<str:code>/", deeds.move),
    path("<str:number>/signer/", deeds.signer),
    path("<str:number>/errata/", deeds.correct),
    path("<str:number>/take-all/", sentences.take_all),
    path("<str:number>/sections/<int:pk>/new/", sentences.add),
    path("<str:number>/sentences/<int:pk>/", sentences.sentence),
    path("<str:number>/sentences/<int:pk>/bind/", sentences.bind),
    path("<str:number>/sentences/<int:pk>/typed/", sentences.justify),
    path("<str:number>/sentences/<int:pk>/comment/", sentences.comment),
    path("<str:number>/sentences/<int:pk>/numbers/<str:name>/take/", sentences.take),
    path("<str:number>/sentences/<int:pk>/numbers/<str:name>/keep/", sentences.keep),
    path("<str:number>/sentences/<int:pk>/<str:deed>/", sentences.do),
    path("<str:number>/comments/<int:pk>/<str:deed>/", sentences.settle),
]
