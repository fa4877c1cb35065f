"""What hangs on organisations and persons: further names, labels, positions; seen when the parent is."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.parties import Organisation, OrganisationLabel, OrganisationName, Person, Position
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.parties.rows import organisations, persons


def further_names(organisation: Organisation) -> list[OrganisationName]:
    """All further names of an organisation the reader has opened."""
    rows = OrganisationName.objects.unscoped("children of an organisation the reader has opened")
    return list(rows.filter(organisation=organisation).order_by("name_kind", "name"))


def own_name(organisation: Organisation, name_id: int) -> OrganisationName:
    """One further name of this organisation, or Absent."""
    rows = OrganisationName.objects.unscoped("children of an organisation the reader has opened")
    row = rows.filter(organisation=organisation, pk=name_id).first()
    if row is None:
        raise Absent
    return row


def labels(organisation: Organisation) -> list[OrganisationLabel]:
    """All recognitions of an organisation the reader has opened, newest year first."""
    rows = OrganisationLabel.objects.unscoped("children of an organisation the reader has opened")
    return list(rows.filter(organisation=organisation).select_related("label").order_by("-year", "label__position"))


def holding(codes: Collection[str], at: datetime) -> QuerySet:
    """The ids of organisations that hold one of these recognitions on the day of `at`."""
    on = today(at)
    rows = OrganisationLabel.objects.unscoped("ids only: the list filters them by what the reader may see")
    holds = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return rows.filter(holds, label__list="labels", label__code__in=codes).values("organisation")


def staff_of(organisation: Organisation, reader: Reader) -> list[Position]:
    """Who is or was what at the organisation, of the persons the reader may see; those of today first."""
    rows = Position.objects.unscoped("children of an organisation the reader has opened, of visible persons")
    rows = rows.filter(organisation=organisation, person__in=persons(reader)).select_related("person")
    return _present_first(list(rows.order_by("-starts_on", "person__sort_key", "pk")[:200]), reader.at)


def positions_of(person: Person, reader: Reader) -> list[Position]:
    """What the person is or was, at the organisations the reader may see; those of today first."""
    rows = Position.objects.unscoped("children of a person the reader has opened, at visible organisations")
    rows = rows.filter(person=person, organisation__in=organisations(reader)).select_related("organisation")
    return _present_first(list(rows.order_by("-starts_on", "pk")[:200]), reader.at)


def placed(codes: Collection[str], reader: Reader) -> QuerySet:
    """The ids of persons who hold one of these roles today, at an organisation the reader may see."""
    on = today(reader.at)
    rows = Position.objects.unscoped("ids only: the list filters them by what the reader may see")
    holds = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return rows.filter(holds, role__in=codes, organisation__in=organisations(reader)).values("person")


def _present_first(rows: list[Position], at: datetime) -> list[Position]:
    on = today(at)
    return sorted(rows, key=lambda row: row.ends_on is not None and row.ends_on <= on)


def today(at: datetime) -> date:
    """The hub's day at this moment."""
    return timezone.localtime(at).date()
