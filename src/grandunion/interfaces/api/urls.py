"""The addresses of API v1."""

from functools import partial

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.urls.resolvers import RoutePattern
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.parser import Parser

from grandunion.interfaces.api import (
    achievements,
    answers,
    candidates,
    capabilities,
    challenges,
    desk,
    documents,
    events,
    indicators,
    issues,
    lists,
    matches,
    messages,
    needs,
    notes,
    offers,
    offices,
    opendata,
    opting,
    organisations,
    persons,
    plans,
    problems,
    projects,
    proposals,
    returns,
    rounds,
    scenarios,
    ties,
    webhooks,
    weights,
    work_reports,
)
from grandunion.interfaces.api.door import Bearer
from grandunion.terms.text import Text

COLUMNS = (organisations.ORGANISATIONS, persons.PERSONS, achievements.ACHIEVEMENTS, needs.NEEDS, issues.ISSUES,
           offers.OFFERS, matches.MATCHES, rounds.ROUNDS, events.EVENTS, events.ACTIONS, projects.PROJECTS,
           scenarios.OPPORTUNITIES, capabilities.CAPABILITIES, proposals.PROPOSALS, challenges.CHALLENGES,
           challenges.BIDS, returns.RETURNS, work_reports.WORK_REPORTS)  # fmt: skip
DESCRIPTION = (
    "The same reads and deeds as the workspace, with the rights of the token's user. "
    "与工作台相同的查询与办理，权限与令牌所属用户一致。"
)


class Json(Parser):
    """Bodies as strict JSON: no NaN, no broken characters, no bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> object:
        if request.content_type != "application/json":
            raise problems.NotJson(Text("Send the body as application/json.", "请以 application/json 格式发送请求体。"))
        return orjson.loads(request.body)


def _start(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    columns = {column.code: f"{documents.ROOT}{column.code}" for column in COLUMNS}
    return answers.answer({
        "version": api.version, "openapi": f"{documents.ROOT}openapi.json", "docs": f"{documents.ROOT}docs",
        "indicators": f"{documents.ROOT}indicators", "open-data": f"{documents.ROOT}open-data",
        "weights": f"{documents.ROOT}weights",
        "ties": f"{documents.ROOT}ties", "targets": f"{documents.ROOT}targets", "claims": f"{documents.ROOT}claims",
        "disagreements": f"{documents.ROOT}disagreements",
        "reports": f"{documents.ROOT}reports/matches", "messages": f"{documents.ROOT}messages",
        "webhooks": f"{documents.ROOT}webhooks", **columns,
    })  # fmt: skip


api = NinjaAPI(
    title="Grand Union", version="1", description=DESCRIPTION, docs_url=None, openapi_url=None,
    urls_namespace="api-1", auth=Bearer(), parser=Json(),
)  # fmt: skip
problems.listen(api)
# Most asked for first: addresses are tried in this order.
api.add_router("projects", projects.router)
api.add_router("organisations", organisations.router)
api.add_router("achievements", achievements.router)
api.add_router("needs", notes.router)
api.add_router("desk", desk.router)
api.add_router("problems", issues.router)
api.add_router("matches", matches.router)
api.add_router("offers", offers.router)
api.add_router("rounds", rounds.router)
api.add_router("events", events.router)
api.add_router("actions", events.actions_router)
api.add_router("scenarios", scenarios.router)
api.add_router("capabilities", capabilities.router)
api.add_router("proposals", proposals.router)
api.add_router("challenges", challenges.router)
api.add_router("bids", challenges.bid_router)
api.add_router("returns", returns.router)
api.add_router("persons", persons.router)
api.add_router("indicators", indicators.router)
api.add_router("open-data", opendata.router)
api.add_router("work-reports", work_reports.router)
api.add_router("weights", weights.router)
api.add_router("ties", ties.router)
api.add_router("suggestions", opting.router)
api.add_router("reports", offices.router)
api.add_router("messages", messages.router)
api.add_router("webhooks", webhooks.router)
api.add_router("", plans.router)
api.add_router("", candidates.router)
api.add_router("", lists.router)


def _patterns() -> list[URLPattern | URLResolver]:
    """The operations, each of which says what it does not do as a problem.

    They stand under the first word of their address: a call is compared with those of its column, not with all 400.
    """
    patterns: list[URLPattern | URLResolver] = []
    columns: dict[str, list[URLPattern]] = {}
    for one in api.urls[0]:
        word, slash, rest = str(one.pattern).partition("/")
        made = URLPattern(RoutePattern(rest if slash else word, one.name, True), problems.spoken(one.callback),
                          one.default_args, one.name)  # fmt: skip
        if one.name == "api-root":
            continue
        if not slash:
            patterns.append(made)
        elif word in columns:
            columns[word].append(made)
        else:
            columns[word] = [made]
            patterns.append(path(f"{word}/", include(columns[word])))
    return patterns


urlpatterns = [
    path("", _start, name="api-start"),
    path("openapi.json", partial(documents.document, api=api), name="api-openapi"),
    path("docs", partial(documents.read, api=api), name="api-docs"),
    *_patterns(),
    re_path(r"^.*$", csrf_exempt(problems.nothing_here)),
]
