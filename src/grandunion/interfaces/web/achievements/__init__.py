"""The section of achievements in the workspace: disclosure, evaluation, rights, notice."""

from django.urls import path

from grandunion.interfaces.web.achievements import deeds, steps, views

urlpatterns = [
    path("", views.listing),
    path("mine/", views.mine),
    path("queue/", views.queue),
    path("new/", steps.new),
    path("<str:number>/", views.record),
    path("<str:number>/edit/", steps.step),
    path("<str:number>/steps/<str:code>/", steps.step),
    path("<str:number>/moves/<str:code>/", deeds.move),
    path("<str:number>/case/moves/<str:code>/", deeds.case_move),
    path("<str:number>/clicks/<str:code>/", deeds.click),
    path("<str:number>/papers/<str:person>/", deeds.paper),
    path("<str:number>/rights/<int:key>/", deeds.right),
    path("<str:number>/rights/<int:key>/drop/", deeds.drop, {"code": "right"}),
    path("<str:number>/evidence/<int:key>/drop/", deeds.drop, {"code": "evidence"}),
    path("<str:number>/reviews/<int:user>/exclude/", deeds.exclude),
    path("<str:number>/objections/<int:key>/", deeds.settle),
    path("<str:number>/<str:code>/", deeds.deed),
]
