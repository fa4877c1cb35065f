"""The section of periodic returns: its pages and their addresses."""

from django.urls import path

from grandunion.interfaces.web.returns import asking, bulk, filling, summing, views

urlpatterns = [
    path("", views.index),
    path("bulk/", bulk.bulk),
    path("reported/", summing.reported),
    path("consents/", asking.consents),
    path("forms/", asking.forms),
    path("forms/<str:code>/", asking.form),
    path("forms/<str:code>/ask/", asking.ask),
    path("<str:number>/", views.record),
    path("<str:number>/fill/", filling.fill),
    path("<str:number>/keep/", filling.keep),
    path("<str:number>/sheet/", filling.sheet),
    path("<str:number>/upload/", filling.upload),
    path("<str:number>/remind/", views.remind),
    path("<str:number>/moves/<str:code>/", views.move),
]
