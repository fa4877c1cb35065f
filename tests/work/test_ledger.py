"""The ledger follows the journal: what it holds is what a full recount holds, and what was known on each day stays."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.records.plans import Counted, Definition
from grandunion.records.projects import Project
from grandunion.terms.readers import Reader, house
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import organisations as deeds
from grandunion.work.actions.plans import ledger
from grandunion.work.queries.plans import evaluating
from grandunion.work.queries.plans.counting import end_of
from grandunion.work.queries.plans.making import ZONE
from tests.cast import NOON
from tests.figures import make_indicators

FIRST = date(2026, 9, 1)
CODES = (
    "projects_landed", "enterprises_landed", "technology_enterprises_landed", "organisations_in_hub",
    "high_tech_enterprises", "teams_before_incorporation", "needs_received", "needs_closed_solved", "needs_closed",
    "need_answer_days", "needs_solved_share", "projects_in_hand", "projects_lost", "start_ups_active", "needs_open",
)  # fmt: skip
STATES = {"need": ("received", "answered", "closed_solved", "reopened", "spam"), "project": ("lead", "lost", "landed")}


class World:
    """A hub in which things happen; it keeps what a full count said at the end of each day."""

    def __init__(self, by: Reader) -> None:
        self.by, self.at = by, datetime.combine(FIRST, time(9), ZONE)
        self.known: dict[date, dict] = {}
        self.area = Term.objects.get_or_create(list="areas", code="core", name_zh="核心区", name_en="Core Area")[0]
        names = {"name_zh": "高新技术企业", "name_en": "High-tech enterprise"}
        self.label = Term.objects.get_or_create(list="labels", code="high_tech_enterprise", **names)[0]

    def passes(self, days: int) -> None:
        """Days go by; what a full count says at the end of each is kept."""
        for _ in range(days):
            self.known[self.at.date()] = counted()
            self.at = datetime.combine(self.at.date() + timedelta(days=1), time(9), ZONE)

    def does(self, deed: str, pick: int) -> None:
        """One thing happens, as the house would do it; what the house refuses does not."""
        self.at += timedelta(minutes=1)
        with atomic():
            getattr(self, deed)(pick)

    def founds(self, pick: int) -> None:
        kind = ("enterprise", "team", "institute")[pick % 3]
        values = {"organisation_kind": kind, "name_en": f"No. {self.at.timestamp()}", "area": self.area}
        if pick % 2:
            values["landed_on"] = self.at.date() - timedelta(days=pick)
        deeds.create(values, by=self.by, at=self.at, is_confirmed=True)

    def moves_away(self, pick: int) -> None:
        if one := self._one(Organisation, pick):
            deeds.edit(one, {"area": None if one.area_id else self.area}, by=self.by, at=self.at)

    def closes(self, pick: int) -> None:
        if one := self._one(Organisation, pick, status="active"):
            deeds.close(one, reason="dissolved", by=self.by, at=self.at)

    def reopens(self, pick: int) -> None:
        if one := self._one(Organisation, pick, status="closed"):
            deeds.reopen(one, by=self.by, at=self.at)

    def is_recognised(self, pick: int) -> None:
        if one := self._one(Organisation, pick):
            year = 2000 + one.version
            rows = type(one)._base_manager.filter(pk=one.pk)
            rows.update(version=one.version + 1)
            deeds.add_label(one, self.label, year, by=self.by, at=self.at, starts_on=self.at.date())

    def asks(self, pick: int) -> None:
        self._made(Need, "NED", received_at=self.at, category="technology", area=self.area if pick % 2 else None)

    def begins(self, pick: int) -> None:
        self._made(Project, "PRJ", area=self.area if pick % 2 else None)

    def answers(self, pick: int) -> None:
        if one := self._one(Need, pick):
            state = STATES["need"][pick % 5]
            self._goes(one, state, closed_at=self.at if state == "closed_solved" else one.closed_at)

    def lands(self, pick: int) -> None:
        if one := self._one(Project, pick):
            state, company = STATES["project"][pick % 3], self._one(Organisation, pick // 2)
            more = {"company": company, "landed_on": self.at.date() - timedelta(days=pick % 4)}
            self._goes(one, state, **(more if state == "landed" and company else {}))

    def _made(self, record: type, prefix: str, **values: object) -> None:
        state = STATES[record.kind][0]
        given = {"title_en": "A thing", "state": state, "state_at": self.at, **values}
        made = base.added(record, prefix, given, verb=f"{record.kind}.made", by=self.by, at=self.at)
        journal.step(record.kind, made, source="", target=state, by=self.by, at=self.at)

    def _goes(self, one: object, state: str, **values: object) -> None:
        source = one.state
        changes = base.change(one, at=self.at, state=state, **values)
        if source != state:
            journal.step(one.kind, one, source=source, target=state, by=self.by, at=self.at)
        journal.note(f"{one.kind}.went", one, by=self.by, at=self.at, changes=changes)

    def _one(self, record: type, pick: int, **of: object) -> object | None:
        rows = list(record.objects.unscoped("the world knows everybody").filter(**of).order_by("pk"))
        return rows[pick % len(rows)] if rows else None


def counted() -> dict[tuple, frozenset]:
    """What a full count says now, by record class and record; nothing where nothing counts."""
    found = {}
    for record, pairs in evaluating.rules(Definition.objects.select_related("indicator")).items():
        found |= {(record, pk): lines for pk, _, lines in evaluating.evaluated(record, pairs) if lines}
    return found


def held(at: datetime | None) -> dict[tuple, frozenset]:
    """What the ledger holds now, or as it was known at a moment."""
    rows = Counted.objects.filter(known_until=None)
    if at is not None:
        known = Counted.objects.filter(known_from__lt=at)
        rows = known.filter(known_until=None) | known.filter(known_until__gte=at)
    found: dict[tuple, set] = {}
    for row in rows:
        line = evaluating.Line(*(getattr(row, name) for name in evaluating.Line._fields))
        assert line not in found.setdefault((row.subject_kind, row.subject_id), set()), "a line stands twice"
        found[row.subject_kind, row.subject_id].add(line)
    return {key: frozenset(lines) for key, lines in found.items()}


DEEDS = ("founds", "moves_away", "closes", "reopens", "is_recognised", "asks", "begins", "answers", "lands", "answers",
         "lands")  # fmt: skip
happenings = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(DEEDS), st.integers(0, 7)),
        st.tuples(st.just("a day passes"), st.integers(1, 3)),
        st.tuples(st.just("the ledger is kept"), st.integers(1, 9)),
    ),
    min_size=4, max_size=40,
)  # fmt: skip


@pytest.fixture
def defined(db: None) -> None:
    make_indicators(CODES)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=happenings)
def test_the_ledger_knows_what_a_full_count_knew_at_the_end_of_every_day(happened: list, defined: None) -> None:
    with atomic():
        _lived(happened)
        transaction.set_rollback(True)  # the next one finds the hub as this one did


def _lived(happened: list) -> None:
    world = World(house(NOON))
    for deed, pick in happened:
        if deed == "a day passes":
            world.passes(pick)
        elif deed == "the ledger is kept":
            ledger.keep_up(at=world.at, limit=pick)
        else:
            world.does(deed, pick)
    world.passes(1)
    while ledger.keep_up(at=world.at).followed:
        pass
    assert held(None) == counted()
    assert evaluating.drift() == ()
    for day, lines in world.known.items():
        assert held(end_of(day)) == lines, day
    assert ledger.recount(at=world.at) == (0, 0)
    for lost in (Counted.objects.filter(definition__pk__gte=_middle_definition()), Counted.objects.all()):
        lost.delete()  # a part of the ledger, and all of it
        ledger.recount(at=world.at)
        assert held(None) == counted()
        assert evaluating.drift() == ()


def _middle_definition() -> int:
    ids = list(Definition.objects.order_by("pk").values_list("pk", flat=True))
    return ids[len(ids) // 2]
