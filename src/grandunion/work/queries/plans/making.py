"""Facts of a record that are worked out of other tables, for many records at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from grandunion.adapters.reading import read_rows
from grandunion.records.journal import Entry, Step
from grandunion.records.needs import Assignment
from grandunion.records.parties import Organisation, OrganisationLabel
from grandunion.records.projects import Project
from grandunion.terms.parties import OrganisationStatus
from grandunion.terms.projects import ProjectState
from grandunion.work.queries.plans.fields import Ids, among, every

ZONE = ZoneInfo(settings.TIME_ZONE)
LONG_AGO = date(1900, 1, 1)  # for what was closed before anybody wrote down when
CONSENTS = ("needing_accepted_at", "offering_accepted_at")
LIMITS = ("answered_at", "due_at")
# The columns that are read beside a record's own fields where something of it is worked out.
BESIDE = {
    "organisation": ("organisation_kind", "status", "incorporated_on"), "match": CONSENTS, "assignment": LIMITS,
}  # fmt: skip
Make = Callable[[int, dict, datetime | None], None]  # a record's id, its facts, the moment as of which they are


def day_of(moment: datetime) -> date:
    """The day in the hub on which a moment lies."""
    return moment.astimezone(ZONE).date()


def maker(record: str, made: Collection[str], ids: Ids) -> Make:
    """What adds to a record's facts those that are worked out."""
    if not made:
        return lambda pk, facts, before: None
    return {"organisation": _organisations, "match": _matches, "assignment": _assignments}[record](made, ids)


def _matches(made: Collection[str], ids: Ids) -> Make:
    def make(pk: int, facts: dict, before: datetime | None) -> None:
        consents = [facts.pop(name) for name in CONSENTS]
        facts["both_accepted_at"] = max(consents) if None not in consents else None

    return make


def _assignments(made: Collection[str], ids: Ids) -> Make:
    """Whether an answer came in time: by moments, where the facts have days."""
    rows = among(every(Assignment).exclude(answered_at=None).exclude(due_at=None), ids)
    compared = ExpressionWrapper(Q(answered_at__lte=F("due_at")), BooleanField())
    in_time = dict(read_rows(rows.values_list("pk", compared), ZONE))

    def make(pk: int, facts: dict, before: datetime | None) -> None:
        facts["is_in_time"] = in_time.get(pk) if facts["answered_at"] else None

    return make


def _organisations(made: Collection[str], ids: Ids) -> Make:
    landed = _landings(ids) if "first_landing_on" in made else {}
    labels = _labels(ids) if "labels" in made else {}
    closed = _told("organisation.closed", ids) if "closed_on" in made else {}
    became = _told("organisation.incorporated", ids) if "organisation_kind" in made else {}

    def make(pk: int, facts: dict, before: datetime | None) -> None:
        facts["first_landing_on"] = min(_known(landed.get(pk, ()), before), default=None)
        facts["labels"] = _known(labels.get(pk, ()), before)
        is_closed = facts["status"] == OrganisationStatus.CLOSED
        facts["closed_on"] = (_last(closed.get(pk, ()), before) or LONG_AGO) if is_closed else None
        if "organisation_kind" in made:
            facts["organisation_kind"] = _kinds(facts, _last(became.get(pk, ()), before))

    return make


def _kinds(facts: dict, became: date | None) -> list[tuple[str, date, date | None]]:
    """What an organisation was, from day to day: a team until it became a company."""
    kind = str(facts["organisation_kind"])
    if became is None:
        return [(kind, date.min, None)]
    day = facts["incorporated_on"] or became
    return [("team", date.min, day), (kind, day, None)]


def _last(moments: Sequence[datetime], before: datetime | None) -> date | None:
    """The day of the last of these moments, before another."""
    return next((day_of(at) for at in reversed(moments) if before is None or at < before), None)


def _known(told: Sequence[tuple[datetime | None, object]], before: datetime | None) -> list:
    """What had been told before a moment; what nobody told is known from the beginning."""
    return [what for at, what in told if before is None or at is None or at < before]


def _landings(ids: Ids) -> Mapping[int, list[tuple[datetime | None, date]]]:
    """The landings of each company's projects, with when the project came to that state."""
    rows = among(every(Project).exclude(landed_on=None).exclude(company=None), ids, "company")
    steps = Step.objects.filter(flow=Project.kind, target=ProjectState.LANDED).order_by("-at", "-pk")
    steps = steps.filter(subject_id__in=rows.values("pk")) if ids is not None else steps
    told = dict(steps.values_list("subject_id", "at"))  # the first stands: it comes last
    found: dict[int, list[tuple[datetime | None, date]]] = defaultdict(list)
    for pk, company, day, born in rows.values_list("pk", "company_id", "landed_on", "created_at"):
        found[company].append((told.get(pk, born), day))
    return found


def _labels(ids: Ids) -> Mapping[int, list[tuple[datetime | None, tuple[str, date, date | None]]]]:
    """The recognitions of each organisation in time, with when the journal tells that they were added."""
    rows, added = among(every(OrganisationLabel).filter(label__list="labels"), ids, "organisation"), _added(ids)
    found: dict[int, list[tuple[datetime | None, tuple[str, date, date | None]]]] = defaultdict(list)
    for pk, code, year, starts_on, ends_on in rows.values_list(
        "organisation", "label__code", "year", "starts_on", "ends_on"
    ):
        since = starts_on or date(year, 1, 1)
        if ends_on is None or since < ends_on:
            found[pk].append((added.get((pk, f"{code} {year}")), (code, since, ends_on)))
    return found


def _added(ids: Ids) -> Mapping[tuple[int, str], datetime]:
    rows = Entry.objects.filter(verb="organisation.label_added", subject_kind=Organisation.kind)
    rows = among(rows, ids, "subject_id")
    return {(pk, values["label"][1]): at for pk, at, values in rows.values_list("subject_id", "at", "values")}


def _told(verb: str, ids: Ids) -> Mapping[int, list[datetime]]:
    """When the journal tells this of each organisation."""
    rows = among(Entry.objects.filter(verb=verb, subject_kind=Organisation.kind), ids, "subject_id")
    found: dict[int, list[datetime]] = defaultdict(list)
    for pk, at in rows.order_by("at", "seq").values_list("subject_id", "at"):
        found[pk].append(at)
    return found
