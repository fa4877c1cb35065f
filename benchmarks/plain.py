"""What we measure ourselves against: plain Django JSON views of the same queries.

A plain view is what a Django developer writes first: the default middleware, `login_required`, a queryset of
the same columns, filters and order, `JsonResponse`. It has no rules of visibility, no journal and no ETags.
"""

import json
from datetime import UTC, datetime
from itertools import count

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from grandunion.records.documents import Document
from grandunion.records.journal import Entry, Step
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.projects import (
    Contract,
    Interaction,
    Member,
    Milestone,
    Project,
    ProjectAchievement,
    ProjectMatch,
    ProofOfConcept,
    Visit,
)
from grandunion.terms.parties import OrganisationKind

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
ORGANISATION_COLUMNS = (
    "number", "name_zh", "name_en", "organisation_kind", "area__name_zh", "area__name_en", "industry__name_zh",
    "industry__name_en", "size", "city", "founded_on",
)  # fmt: skip
PROJECT_COLUMNS = (
    "number", "title_zh", "title_en", "state", "phase", "next_step", "next_step_on", "owner__name_zh",
    "owner__name_en", "field__name_zh", "field__name_en", "area__name_zh", "area__name_en", "in_charge__name_zh",
    "in_charge__name_en", "updated_at",
)  # fmt: skip
LONGEST = 80
ACHIEVEMENT = ("achievement_id", "achievement__number", "achievement__title_zh", "achievement__state")
MATCH = ("match_id", "match__number", "match__need__title_zh", "match__state")
FILE = ("number", "file_name", "size", "secrecy_class", "created_at", "uploaded_by__name_zh", "uploaded_by__name_en")
CHILDREN = {
    "members": (Member, ["pk"], ("person__number", "person__name_zh", "person__name_en", "role", "is_full_time",
                                 "share_percent")),
    "contracts": (Contract, ["-pk"], ("number", "title", "state", "performance", "value_total", "value_technical",
                                      "currency", "seller__name_zh", "buyer__name_zh")),
    "milestones": (Milestone, ["due_on", "pk"], ("name", "due_on", "done_on", "evidence", "contract__number")),
    "visits": (Visit, ["due_on", "pk"], ("label", "due_on", "visited_on", "staff_count", "revenue", "rd_spending",
                                         "note")),
    "proofs": (ProofOfConcept, ["-starts_on", "-pk"], ("technical_question", "scene_question", "budget", "result",
                                                       "finding", "starts_on", "ended_on", "centre__name_zh")),
    "contacts": (Interaction, ["-on", "-pk"], ("on", "interaction_kind", "who", "note", "noted_by__name_zh",
                                               "noted_by__name_en")),
}  # fmt: skip
RELATED = ("owner", "company", "area", "field", "industry", "university", "host_partner", "in_charge")


def _all(record: type[Model]) -> QuerySet:
    return record.objects.unscoped("the plain view of the benchmark has no rules")


@login_required
def organisations(request: HttpRequest) -> JsonResponse:
    """A filtered page of organisations, by name."""
    rows = _all(Organisation).filter(organisation_kind=request.GET["kind"]).order_by("sort_key", "pk")
    return JsonResponse({"items": list(rows.values(*ORGANISATION_COLUMNS)[:SIZE])})


@login_required
def projects(request: HttpRequest) -> JsonResponse:
    """A filtered page of projects, the latest changed first."""
    rows = _all(Project).filter(phase=request.GET["phase"]).order_by("-updated_at", "-pk")
    return JsonResponse({"items": list(rows.values(*PROJECT_COLUMNS)[:SIZE])})


@login_required
def search(request: HttpRequest) -> JsonResponse:
    """What a plain view can do without an index of its own: LIKE over titles and abstracts."""
    q = request.GET["q"]
    hit = Q(title_zh__icontains=q) | Q(title_en__icontains=q) | Q(summary_zh__icontains=q) | Q(summary_en__icontains=q)
    rows = _all(Project).filter(hit).order_by("-updated_at", "-pk")
    return JsonResponse({"items": list(rows.values(*PROJECT_COLUMNS)[:SIZE])})


@login_required
def project(request: HttpRequest, number: str) -> JsonResponse:
    """One project with the names of what it refers to."""
    row = _all(Project).select_related(*RELATED).get(number=number)
    return JsonResponse({field.name: _said(getattr(row, field.name)) for field in row._meta.concrete_fields})


@login_required
def thread(request: HttpRequest, number: str) -> JsonResponse:
    """One project with all that its page shows, each table asked as one writes it first."""
    row = _all(Project).select_related(*RELATED).get(number=number)
    achievements = list(_all(ProjectAchievement).filter(project=row).order_by("pk").values(*ACHIEVEMENT))
    matches = list(_all(ProjectMatch).filter(project=row).order_by("pk").values(*MATCH))
    past = Q(flow="achievement", subject_id__in=[one["achievement_id"] for one in achievements])
    past |= Q(flow="match", subject_id__in=[one["match_id"] for one in matches])
    files = _all(Document).filter(subject_kind="project", subject_id=row.pk, removed_at=None)
    lines = Entry.objects.filter(subject_kind="project", subject_id=row.pk).order_by("-seq")
    return JsonResponse({
        "project": {field.name: _said(getattr(row, field.name)) for field in row._meta.concrete_fields},
        "names": {name: _named(getattr(row, name)) for name in RELATED},
        "achievements": achievements,
        "matches": matches,
        **{
            name: list(_all(record).filter(project=row).order_by(*order).values(*columns))
            for name, (record, order, columns) in CHILDREN.items()
        },
        "files": list(files.order_by("-created_at", "-pk").values(*FILE)),
        "lines": list(lines.values("at", "actor_name", "verb", "values")[:LONGEST]),
        "steps": list(Step.objects.filter(past).order_by("-at").values("at", "flow", "subject_id", "target")[:LONGEST]),
    })  # fmt: skip


def _named(value: Model | None) -> dict[str, str] | None:
    return value and {"zh": value.name_zh, "en": value.name_en}


def _said(value: object) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return getattr(value, "number", None) or getattr(value, "code", None) or str(value)


class NewOrganisation(forms.Form):
    """What a plain view checks of a new organisation: lengths, what is wanted, the kind, and that the number is new.

    A form of the model would ask the same of these fields, but the hub's managers answer no question without a reader.
    """

    number = forms.CharField(max_length=40)
    name_zh = forms.CharField(max_length=200)
    name_en = forms.CharField(max_length=200, required=False)
    organisation_kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in OrganisationKind])
    city = forms.CharField(max_length=100, required=False)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if _all(Organisation).filter(number=number).exists():
            raise forms.ValidationError("Organisation with this Number already exists.")
        return number


@csrf_exempt
@login_required
@transaction.atomic
def create(request: HttpRequest) -> JsonResponse:
    """A new organisation out of a JSON body, checked and kept in one transaction."""
    form = NewOrganisation({**json.loads(request.body), "number": f"PLN-2026-{next(NUMBERS):06d}"})
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    now = datetime.now(UTC)
    row = Organisation.objects.create(created_at=now, updated_at=now, **form.cleaned_data)
    return JsonResponse({"number": row.number}, status=201)


@login_required
def areas(request: HttpRequest, code: str) -> JsonResponse:
    """Organisations counted by area, and in one area by kind and by industry."""
    terms = list(Term.objects.filter(list="areas").order_by("position", "code"))
    living = _all(Organisation).exclude(status__in=["merged", "closed"])
    counts = dict(living.values_list("area").annotate(times=Count("pk")))
    inside = living.filter(area__list="areas", area__code=code)
    kinds = dict(inside.values_list("organisation_kind").annotate(times=Count("pk")))
    names = ("industry__code", "industry__name_zh", "industry__name_en")
    industries = list(inside.values(*names).annotate(times=Count("pk")).order_by("-times", "industry__code"))
    shown = [{"code": one.code, "name": one.name_zh, "count": counts.get(one.pk, 0)} for one in terms]
    return JsonResponse({"areas": shown, "kinds": kinds, "industries": industries})


urlpatterns = [
    path("plain/organisations/", organisations),
    path("plain/projects/", projects),
    path("plain/projects/<str:number>/", project),
    path("plain/threads/<str:number>/", thread),
    path("plain/search/", search),
    path("plain/create/", create),
    path("plain/areas/<str:code>/", areas),
]
