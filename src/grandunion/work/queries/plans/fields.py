"""Where the fields of the counting vocabulary lie in the tables, and whose entries in the journal tell of a change."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import Model, QuerySet

from grandunion.records.achievements import Achievement, IntellectualProperty, RightsCase
from grandunion.records.events import Event, Registration
from grandunion.records.matches import Match
from grandunion.records.needs import Assignment, Need
from grandunion.records.parties import Organisation, OrganisationLabel, Position
from grandunion.records.projects import Contract, Project, ProofOfConcept, Visit
from grandunion.records.scenarios import Challenge, Opportunity, Trial
from grandunion.terms.counting import CLASSES, Dimension, FieldKind

D = Dimension
# What is worked out for many records at once out of other tables; see `gathering`.
MADE = MappingProxyType({
    "organisation": frozenset({"organisation_kind", "labels", "closed_on", "first_landing_on"}),
    "assignment": frozenset({"is_in_time"}),
    "match": frozenset({"both_accepted_at"}),
})  # fmt: skip
# Moments that are set before they come: all others tell what has happened.
PLANNED = frozenset({"starts_at", "held_at", "due_at"})


@dataclass(frozen=True, slots=True)
class Source:
    """The table of a record class: where its fields are (`paths`, where not of the same name), its steps, its birth.

    `told` are the kinds of subject whose journal entries may change what it counts, each with the path to their id.
    """

    table: type[Model]
    told: tuple[tuple[str, str], ...]
    born: str
    flow: str = ""
    paths: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[Dimension, str] = field(default_factory=dict)
    marker: str = ""  # under which a parent's entry names the row it is about

    def path(self, record: str, name: str) -> str:
        """The path of a field of the vocabulary."""
        if name in self.paths:
            return self.paths[name]
        return f"{name}_id" if CLASSES[record].fields[name].kind == FieldKind.RECORD else name


def _along(stem: str, *, university: str = "", partner: str = "") -> Mapping[Dimension, str]:
    """The dimensions of a record that has them from another."""
    found = {D.AREA: f"{stem}area_id", D.FIELD: f"{stem}field_id", D.INDUSTRY: f"{stem}industry_id"}
    further = {D.UNIVERSITY: university, D.PARTNER: partner}
    return found | {one: f"{stem}{path}" for one, path in further.items() if path}


PROJECT = _along("project__", university="university_id", partner="host_partner_id")
ACHIEVEMENT = _along("achievement__", university="owner_id")
SOURCES: Mapping[str, Source] = MappingProxyType({
    "organisation": Source(
        Organisation, (("organisation", "pk"),), "created_at",
        dimensions={D.AREA: "area_id", D.INDUSTRY: "industry_id"},
    ),
    "recognition": Source(
        OrganisationLabel, (("organisation", "organisation_id"),), "organisation__created_at",
        paths={"area": "organisation__area_id", "label": "label__code"},
        dimensions={D.AREA: "organisation__area_id", D.INDUSTRY: "organisation__industry_id"},
    ),
    "position": Source(
        Position, (("organisation", "organisation_id"), ("person", "person_id")), "person__created_at",
        paths={"area": "organisation__area_id"},
        dimensions={D.AREA: "organisation__area_id", D.INDUSTRY: "organisation__industry_id"},
    ),
    "project": Source(
        Project, (("project", "pk"),), "created_at", "project",
        dimensions=_along("", university="university_id", partner="host_partner_id"),
    ),
    "proof_of_concept": Source(
        ProofOfConcept, (("project", "project_id"),), "project__created_at",
        paths={"area": "project__area_id"}, dimensions=PROJECT,
    ),
    "visit": Source(
        Visit, (("project", "project_id"),), "project__created_at",
        paths={"area": "project__area_id", "company": "project__company_id"}, dimensions=PROJECT,
    ),
    "contract": Source(
        Contract, (("project", "project_id"),), "created_at", "contract",
        paths={"area": "project__area_id"}, dimensions=PROJECT, marker="contract",
    ),
    "achievement": Source(
        Achievement, (("achievement", "pk"),), "created_at", "achievement",
        dimensions=_along("", university="owner_id"),
    ),
    "intellectual_property": Source(
        IntellectualProperty, (("achievement", "achievement_id"),), "achievement__created_at",
        paths={"area": "achievement__area_id"}, dimensions=ACHIEVEMENT,
    ),
    "rights_case": Source(
        RightsCase, (("achievement", "achievement_id"),), "created_at", "rights",
        paths={"area": "achievement__area_id"}, dimensions=ACHIEVEMENT,
    ),
    "need": Source(Need, (("need", "pk"),), "created_at", "need", dimensions=_along("")),
    "assignment": Source(
        Assignment, (("need", "need_id"),), "assigned_at",
        paths={"area": "need__area_id", "category": "need__category"}, dimensions=_along("need__"),
    ),
    "match": Source(
        Match, (("match", "pk"), ("need", "need_id")), "created_at", "match",
        dimensions={D.AREA: "area_id", D.FIELD: "need__field_id", D.INDUSTRY: "need__industry_id"},
    ),
    "event": Source(Event, (("event", "pk"),), "created_at", "event", dimensions={D.AREA: "area_id"}),
    "registration": Source(
        Registration, (("event", "event_id"),), "registered_at",
        paths={"area": "event__area_id", "event_kind": "event__event_kind", "event_state": "event__state",
               "held_at": "event__starts_at"},
        dimensions={D.AREA: "event__area_id"},
    ),
    "opportunity": Source(
        Opportunity, (("opportunity", "pk"),), "created_at", "opportunity",
        dimensions={D.AREA: "area_id", D.FIELD: "field_id"},
    ),
    "trial": Source(
        Trial, (("opportunity", "opportunity_id"),), "began_at",
        paths={"area": "opportunity__area_id", "supplier": "proposal__owner_id"},
        dimensions={D.AREA: "opportunity__area_id", D.FIELD: "opportunity__field_id"},
    ),
    "challenge": Source(Challenge, (("challenge", "pk"),), "created_at", "challenge", dimensions=_along("")),
})  # fmt: skip
# Who else changes when a subject does: a company counts by the first landing of its projects.
Onward = Callable[[list[int]], list[tuple[int, int]]]  # (who changes, who tells)


def _companies(projects: list[int]) -> list[tuple[int, int]]:
    return list(every(Project).filter(pk__in=projects).exclude(company=None).values_list("company_id", "pk"))


ONWARD: Mapping[tuple[str, str], Onward] = MappingProxyType({("project", "organisation"): _companies})


Ids = Collection[int] | None  # None: all


def among(rows: QuerySet, ids: Ids, path: str = "pk") -> QuerySet:
    """The rows of these records; a range of ids is asked for by its ends."""
    if ids is None:
        return rows
    if isinstance(ids, range):
        return rows.filter(**{f"{path}__gte": ids.start, f"{path}__lt": ids.stop})
    return rows.filter(**{f"{path}__in": ids})


def every(table: type[Model]) -> QuerySet:
    """All rows of a table that figures are counted from."""
    return table.objects.unscoped("figures count every record; its rows are opened through visible_to")


def told_by(kind: str) -> tuple[tuple[str, str], ...]:
    """The record classes that a subject's entries may change, each with the path to the subject's id."""
    return tuple((code, path) for code, one in SOURCES.items() for told, path in one.told if told == kind)


KINDS = frozenset(kind for one in SOURCES.values() for kind, _ in one.told)
