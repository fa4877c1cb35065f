"""The addresses of the workspace, one section for each column."""

from django.urls import URLPattern, URLResolver, include, path

from grandunion.interfaces.web import indicators

urlpatterns: list[URLPattern | URLResolver] = [
    path("achievements/", include("grandunion.interfaces.web.achievements")),
    path("needs/", include("grandunion.interfaces.web.needs")),
    path("problems/", include("grandunion.interfaces.web.problems")),
    path("offers/", include("grandunion.interfaces.web.offers")),
    path("ties/", include("grandunion.interfaces.web.ties")),
    path("suggestions/", include("grandunion.interfaces.web.opting")),
    path("matches/", include("grandunion.interfaces.web.matches")),
    path("rounds/", include("grandunion.interfaces.web.rounds")),
    path("events/", include("grandunion.interfaces.web.events")),
    path("actions/", include("grandunion.interfaces.web.actions")),
    path("projects/", include("grandunion.interfaces.web.projects")),
    path("scenarios/", include("grandunion.interfaces.web.scenarios.opportunities")),
    path("capabilities/", include("grandunion.interfaces.web.scenarios.capabilities")),
    path("proposals/", include("grandunion.interfaces.web.scenarios.proposals")),
    path("challenges/", include("grandunion.interfaces.web.scenarios.challenges")),
    path("bids/", include("grandunion.interfaces.web.scenarios.bids")),
    path("organisations/", include("grandunion.interfaces.web.organisations")),
    path("persons/", include("grandunion.interfaces.web.persons")),
    path("documents/", include("grandunion.interfaces.web.documents")),
    path("access/", include("grandunion.interfaces.web.access")),
    path("areas/", include("grandunion.interfaces.web.areas")),
    path("accounts/", include("grandunion.interfaces.web.accounts")),
    path("account/", include("grandunion.interfaces.web.account")),
    path("messages/", include("grandunion.interfaces.web.messages")),
    path("worker/", include("grandunion.interfaces.web.worker")),
    path("dashboards/", include("grandunion.interfaces.web.dashboards")),
    path("indicators/", include("grandunion.interfaces.web.indicators")),
    path("contracts/<str:number>/", indicators.contract),
    path("reports/", include("grandunion.interfaces.web.reports")),
    path("work-reports/", include("grandunion.interfaces.web.work_reports")),
    path("learning/", include("grandunion.interfaces.web.learning")),
    path("plans/", include("grandunion.interfaces.web.plans")),
    path("returns/", include("grandunion.interfaces.web.returns")),
    path("search/", include("grandunion.interfaces.web.search")),
    path("upkeep/", include("grandunion.interfaces.web.upkeep")),
    path("", include("grandunion.interfaces.web.home")),
]
