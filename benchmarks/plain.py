"""What we measure ourselves against: plain Django JSON views of the same queries, and the bare database.

A plain view is what a Django developer writes first: the default middleware, `login_required`, a queryset of
the same columns, filters and order, `JsonResponse`. It has no rules of visibility, no journal and no ETags.
"""

import json
from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from grandunion.records.parties import Organisation
from grandunion.records.projects import Project

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SIZE = 50
NUMBERS = count(1)


@login_required
def organisations(request: HttpRequest) -> JsonResponse:
    """A filtered, sorted page of organisations."""
    rows = (
        Organisation.objects.unscoped("the plain view of the benchmark has no rules")
        .filter(organisation_kind=request.GET["kind"])
        .order_by("sort_key", "pk")
    )
    columns = ("number", "name_zh", "name_en", "organisation_kind", "industry__name_zh", "industry__name_en",
               "area__name_zh", "area__name_en", "size", "city", "founded_on")  # fmt: skip
    return JsonResponse({"items": list(rows.values(*columns)[:SIZE])})


@login_required
def projects(request: HttpRequest) -> JsonResponse:
    """A filtered, sorted page of projects."""
    rows = (
        Project.objects.unscoped("the plain view of the benchmark has no rules")
        .filter(phase=request.GET["phase"])
        .order_by("-updated_at", "-pk")
    )
    columns = ("number", "title_zh", "title_en", "state", "phase", "owner__name_zh", "owner__name_en", "area__name_zh",
               "area__name_en", "next_step", "next_step_on", "updated_at")  # fmt: skip
    return JsonResponse({"items": list(rows.values(*columns)[:SIZE])})


@login_required
def search(request: HttpRequest) -> JsonResponse:
    """What a plain view can do without an index of its own: LIKE over titles and abstracts."""
    q = request.GET["q"]
    hit = Q(title_zh__icontains=q) | Q(title_en__icontains=q) | Q(summary_zh__icontains=q) | Q(summary_en__icontains=q)
    rows = (
        Project.objects.unscoped("the plain view of the benchmark has no rules")
        .filter(hit)
        .order_by("-updated_at", "-pk")
    )
    return JsonResponse({"items": list(rows.values("number", "title_zh", "title_en")[:20])})


@login_required
def project(request: HttpRequest, number: str) -> JsonResponse:
    """One project with the names of what it refers to."""
    related = ("owner", "area", "industry", "field", "university", "company", "host_partner", "in_charge")
    row = (
        Project.objects.unscoped("the plain view of the benchmark has no rules")
        .select_related(*related)
        .get(number=number)
    )
    shown = {field.name: _said(getattr(row, field.name)) for field in row._meta.concrete_fields}
    return JsonResponse(shown)


def _said(value: object) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return getattr(value, "number", None) or getattr(value, "code", None) or str(value)


@csrf_exempt
@login_required
def create(request: HttpRequest) -> JsonResponse:
    """A new organisation out of a JSON body."""
    given, now = json.loads(request.body), datetime.now(UTC)
    row = Organisation.objects.create(
        number=f"PLN-2026-{next(NUMBERS):06d}", name_zh=given["name_zh"], name_en=given["name_en"],
        organisation_kind=given["organisation_kind"], created_at=now, updated_at=now,
    )  # fmt: skip
    return JsonResponse({"number": row.number}, status=201)


@login_required
def aggregate(request: HttpRequest) -> JsonResponse:
    """Organisations counted and their staff summed by area and industry."""
    rows = Organisation.objects.unscoped("the plain view of the benchmark has no rules").values("area__code", "industry__code").annotate(
        organisations=Count("pk"), staff=Sum("staff_count")
    )  # fmt: skip
    return JsonResponse({"items": list(rows.order_by("area__code", "industry__code"))})


urlpatterns = [
    path("plain/organisations/", organisations),
    path("plain/projects/", projects),
    path("plain/projects/<str:number>/", project),
    path("plain/search/", search),
    path("plain/create/", create),
    path("plain/aggregate/", aggregate),
    path("", include("grandunion.config.urls")),
]


def bare(sql: str, *values: object) -> list[tuple]:
    """The bare database: one statement, its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
