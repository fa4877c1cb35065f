"""The addresses of projects: together, one by one, and what is done to each."""

from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.web.projects import contracts, deeds, lists, pages

TOGETHER = [
    path("", signed_in(lists.index)),
    path("board/", signed_in(lists.board)),
    path("visits/", signed_in(lists.visits)),
    path("funnel/", signed_in(lists.funnel)),
    path("new/", signed_in(pages.new)),
]
ONE = [
    path("<str:number>/", signed_in(pages.record)),
    path("<str:number>/edit/", signed_in(pages.edit)),
    path("<str:number>/moves/<str:code>/", signed_in(deeds.move)),
    path("<str:number>/confidential/", signed_in(deeds.open_confidential)),
    path("<str:number>/achievements/", signed_in(deeds.link_achievement)),
    path("<str:number>/matches/", signed_in(deeds.link_match)),
    path("<str:number>/members/", signed_in(deeds.add_member)),
    path("<str:number>/members/<int:pk>/remove/", signed_in(deeds.remove_member)),
    path("<str:number>/milestones/", signed_in(deeds.add_milestone)),
    path("<str:number>/milestones/<int:pk>/reached/", signed_in(deeds.finish_milestone)),
    path("<str:number>/milestones/<int:pk>/postpone/", signed_in(deeds.postpone_milestone)),
    path("<str:number>/interactions/", signed_in(deeds.note_interaction)),
    path("<str:number>/next/", signed_in(deeds.plan_next)),
    path("<str:number>/risk/", signed_in(deeds.set_risk)),
    path("<str:number>/visits/<int:pk>/", signed_in(deeds.log_visit)),
    path("<str:number>/visits/<int:pk>/figures/", signed_in(deeds.hand_in_figures)),
]
CONTRACTS = [
    path("<str:number>/contracts/new/", signed_in(contracts.new)),
    path("<str:number>/contracts/<str:contract>/", signed_in(contracts.record)),
    path("<str:number>/contracts/<str:contract>/edit/", signed_in(contracts.edit)),
    path("<str:number>/contracts/<str:contract>/moves/<str:code>/", signed_in(contracts.move)),
]
urlpatterns = [*TOGETHER, *ONE, *CONTRACTS]
