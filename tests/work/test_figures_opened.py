"""What a figure leaves out and why, what was entered late, what was known when, and which definition held."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError, connection

from grandunion.records.events import Event, Registration
from grandunion.records.lists import Term
from grandunion.records.plans import Counted, Cursor, Definition, Indicator
from grandunion.records.projects import Project
from grandunion.terms.counting import Dimension
from grandunion.terms.events import EventKind, EventState, RegistrationState
from grandunion.terms.readers import Reader, house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.views import ChartKind
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.upkeep.figures import recount
from grandunion.work.queries import plans
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.messages import standing
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans import funnel
from grandunion.work.queries.plans.counting import end_of
from grandunion.work.queries.plans.seen import seen as seen_of
from grandunion.work.queries.plans.views import Block, Dashboard
from grandunion.work.queries.upkeep import checks
from tests.cast import NOON, make_organisation, make_user
from tests.figures import define, make_indicator, make_indicators, recounted
from tests.work.test_plans import make_need, make_project, passed

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)


@pytest.fixture
def planner(db: None) -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def core(db: None) -> Term:
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


def reasons(wanted: Indicator, reader: Reader, area: Term | None = None) -> dict[str, str]:
    """Why each record does not count, by its number."""
    found = plans.uncounted(wanted, as_of=TODAY, reader=reader, area=area)
    columns, rows = listing.everything(found, reader, Question())
    place = [column.code for column in columns].index("why")
    return {number: values[place].en for number, values in rows}


def test_each_record_that_does_not_count_says_why(planner: Reader, core: Term, queries: Callable) -> None:
    bo = make_organisation("Bo")
    make_project("Counts", company=bo, landed_on=date(2026, 5, 1), area=core)
    make_project("Never landed")
    make_project("Last year", company=bo, landed_on=date(2025, 5, 1), area=core)
    make_project("Tomorrow", company=bo, landed_on=TODAY + DAY, area=core)
    make_project("Elsewhere", company=bo, landed_on=date(2026, 6, 1))
    wanted = make_indicator("projects_landed")
    with queries(at_most=12):
        said = reasons(wanted, planner, core)
    assert said == {
        "PRJ-2026-0002": "It has no date to count by: the day of landing.",
        "PRJ-2026-0003": "Its day, 2025-05-01, lies outside the period.",
        "PRJ-2026-0004": "It counts only from 2026-11-19 on.",
        "PRJ-2026-0005": "It belongs to another area.",
    }


def test_a_need_that_was_reopened_says_so(planner: Reader, ada: Reader) -> None:
    back, spam = make_need("Back", received_at=NOON), make_need("Junk", state="spam", received_at=NOON)
    passed("need", back, "closed_solved", date(2026, 6, 1), ada)
    passed("need", back, "reopened", date(2026, 7, 1), ada)
    assert reasons(make_indicator("needs_closed_solved"), planner) == {
        back.number: "A condition does not hold: state is Closed: solved.",
        spam.number: "It has not come to “Closed: solved”.",
    }
    assert reasons(make_indicator("needs_received"), planner)[spam.number] == (
        "A condition does not hold: state is not Spam."
    )


def test_of_several_from_one_enterprise_one_counts_and_the_others_say_so(planner: Reader) -> None:
    bo = make_organisation("Bo")
    meeting = Event.objects.create(
        number="EVT-2026-0001", title_en="Meeting", event_kind=EventKind.MEETING, state=EventState.HELD, state_at=NOON,
        starts_at=NOON - DAY, ends_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    for number, named in enumerate(({"organisation": bo}, {"organisation": bo}, {"organisation_en": "As told"})):
        Registration.objects.create(
            number=f"REG-2026-000{number}", event=meeting, attends_as="enterprise", state=RegistrationState.ATTENDED,
            state_at=NOON, registered_at=NOON, **named,
        )  # fmt: skip
    wanted = make_indicator("enterprises_at_meeting")
    assert plans.value(wanted, as_of=TODAY, reader=planner).cell.value == 2
    opened = plans.records(wanted, as_of=TODAY, reader=planner)
    assert [number for number, _ in listing.page(opened.listing, planner, Question()).rows] == [
        "REG-2026-0002", "REG-2026-0000",
    ]  # fmt: skip
    assert (opened.hidden, reasons(wanted, planner)) == (0, {"REG-2026-0001": "The same one is counted already."})


def landed(title: str, on: date, at: datetime, by: Reader) -> Project:
    """A project whose landing somebody entered at a moment."""
    with atomic():
        one = base.added(Project, "PRJ", {"title_en": title, "state": "landed", "state_at": at}, verb="project.opened",
                         by=by, at=at)  # fmt: skip
        journal.step("project", one, source="", target="landed", by=by, at=at)
        company = make_organisation(title)
        changes = base.change(one, at=at, landed_on=on, company=company)
        journal.note("project.landed", one, by=by, at=at, changes=changes)
    return one


def test_what_was_entered_late_counts_by_its_day_and_is_told(planner: Reader, ada: Reader, queries: Callable) -> None:
    wanted = make_indicator("projects_landed")
    in_time = landed("In time", date(2026, 3, 1), NOON - 30 * DAY, ada)
    late = landed("Late", date(2026, 10, 1), NOON, ada)
    ledger.keep_up(at=NOON)
    day = TODAY - 5 * DAY
    assert plans.value(wanted, as_of=day, reader=planner).cell.value == 2
    assert plans.value(wanted, as_of=day, reader=planner, known_at=end_of(day)).cell.value == 1
    with queries(at_most=6):
        told = plans.corrections(wanted, as_of=day, reader=planner)
    (only,) = told.rows
    assert (only.number, only.late.value, only.before, only.after) == (late.number, "entered", None, 1)
    assert (told.hidden, plans.corrections(wanted, as_of=TODAY, reader=planner).rows) == (0, ())
    with atomic():
        changes = base.change(in_time, at=NOON + DAY, landed_on=date(2025, 3, 1))
        journal.note("project.edited", in_time, by=ada, at=NOON + DAY, changes=changes)
    ledger.keep_up(at=NOON + DAY)
    assert {one.late.value for one in plans.corrections(wanted, as_of=day, reader=planner).rows} == {
        "entered", "taken_out",
    }  # fmt: skip
    for known, expected in ((end_of(day), 1), (end_of(TODAY), 2), (None, 1)):
        assert plans.value(wanted, as_of=day, reader=planner, known_at=known).cell.value == expected


def test_a_figure_uses_the_definition_in_force_on_its_day(planner: Reader, queries: Callable) -> None:
    bo = make_organisation("Bo")
    for month in (3, 9):
        make_project("With a company", company=bo, landed_on=date(2026, month, 1))
    wanted = make_indicator("projects_landed")
    Definition.objects.update(valid_until=date(2026, 7, 1))
    define(wanted, {"record": "project", "on": "created_at"}, 2, valid_from=date(2026, 7, 1))
    with queries(at_most=3):
        row = plans.series(["projects_landed"], ends=[date(2026, 6, 30), TODAY], reader=planner)["projects_landed"]
    assert [cell.value for cell in row] == [1, 2]
    assert plans.value(wanted, as_of=date(2026, 6, 30), reader=planner).definition.version == 1
    assert plans.value(wanted, as_of=TODAY, reader=planner).definition.version == 2


def test_a_ratio_is_worked_out_of_its_parts_in_every_cut(planner: Reader, ada: Reader, core: Term) -> None:
    for number, state in enumerate(("closed_solved", "closed_solved", "closed_unsolved")):
        need = make_need(f"Need {number}", state=state, received_at=NOON, closed_at=NOON, area=core if number else None)
        passed("need", need, state, TODAY, ada)
    wanted = make_indicator("needs_solved_share")
    assert plans.value(wanted, as_of=TODAY, reader=planner).cell.value == Decimal("66.7")
    cut = plans.by(wanted, Dimension.AREA, as_of=TODAY, reader=planner)
    assert {(area.code if area else ""): cell.value for area, cell in cut} == {"core": 50, "": 100}
    assert plans.dimensions(plans.value(wanted, as_of=TODAY, reader=planner)) == ()


def test_the_middle_and_the_mean_are_taken_over_the_records_of_the_period(planner: Reader, ada: Reader) -> None:
    for days, score in ((2, 5), (4, 4), (30, None)):
        need = make_need("Need", state="answered", received_at=NOON - days * DAY, closed_at=NOON, satisfaction=score)
        need.__class__.objects.unscoped("the test's own").filter(pk=need.pk).update(state="closed_solved")
        passed("need", need, "answered", TODAY, ada)
        passed("need", need, "closed_solved", TODAY, ada)
    assert plans.value(make_indicator("need_answer_days"), as_of=TODAY, reader=planner).cell.value == 4
    assert plans.value(make_indicator("need_satisfaction"), as_of=TODAY, reader=planner).cell.value == Decimal("4.50")


def test_all_figures_and_a_row_of_days_are_read_in_three_questions(planner: Reader, queries: Callable) -> None:
    codes = ["projects_landed", "needs_solved_share", "need_answer_days", "organisations_in_hub", "firms_in_trials"]
    make_indicators(codes)
    ends = [TODAY - 30 * n * DAY for n in range(24)]
    with queries(at_most=3):
        assert len(plans.values(as_of=TODAY, reader=planner)) == 7  # the parts of the ratio among them
    with queries(at_most=4):
        found = plans.series(codes, ends=ends, reader=planner)
    assert {len(row) for row in found.values()} == {24}


def test_small_parts_of_a_cut_are_hidden_from_who_reads_aggregates(bo: Reader, core: Term) -> None:
    company = make_organisation("Bo")
    for n in range(8):
        make_project(f"P{n}", company=company, landed_on=TODAY, area=core if n > 1 else None)
    cut = plans.by(make_indicator("projects_landed"), Dimension.AREA, as_of=TODAY, reader=bo)
    assert all(cell.is_hidden for _, cell in cut), "or the small one could be worked out"


@pytest.fixture
def spread(core: Term, planner: Reader) -> dict[str, Term]:
    """Landings in three areas: 2 in one, 6 and 9 in the others, in two fields."""
    areas = {"core": core}
    for place, code in enumerate(("east", "west"), 1):
        areas[code] = Term.objects.create(list="areas", code=code, name_zh=code, name_en=code, position=place)
    fields = [Term.objects.create(list="fields", code=one, name_zh=one, name_en=one) for one in ("quantum", "light")]
    for code, count in (("core", 2), ("east", 6), ("west", 9)):
        for number in range(count):
            company = make_organisation(f"{code} {number}")
            one = make_project(f"{code} {number}", company=company, landed_on=date(2026, 5, 1), area=areas[code],
                               field=fields[number % 2])  # fmt: skip
            passed("project", one, "landed", date(2026, 5, 1), planner)
    recounted()
    return areas


def told_of(reader: Reader, area: Term | None) -> dict[str, Decimal | None]:
    """What a reader is told of an area, by every way there is."""
    wanted = make_indicator("projects_landed")
    figure = plans.value(wanted, as_of=TODAY, reader=reader, area=area)
    months = plans.history(wanted, as_of=TODAY, reader=reader, area=area).months
    (row,) = plans.series([wanted.code], ends=[TODAY], reader=reader, area=area).values()
    block = Block(ChartKind.FIGURES, (wanted.code,))
    seen = seen_of(Dashboard("x", Text("x", "x"), Text("x", "x"), (block,)), as_of=TODAY, reader=reader,
                           area=area)  # fmt: skip
    landing = next(one for one in funnel.thread(as_of=TODAY, reader=reader, area=area).rungs if one.state == "landed")
    return {
        "value": figure.cell.value, "month": dict((day.month, cell.value) for day, cell in months)[5],
        "series": row[0].value, "dashboard": seen.blocks[0].figures[0].cell.value, "funnel": landing.count,
    }  # fmt: skip


def test_no_areas_figure_tells_who_reads_aggregates_of_another_areas_small_one(
    spread: dict[str, Term], bo: Reader, planner: Reader
) -> None:
    assert set(told_of(bo, None).values()) == {17}
    assert set(told_of(bo, spread["core"]).values()) == {None}
    assert set(told_of(bo, spread["east"]).values()) == {None}, "17 less 9 less 6 would be the small one"
    assert set(told_of(bo, spread["west"]).values()) == {9}
    assert set(told_of(planner, spread["core"]).values()) == {2}


def test_one_area_is_not_cut_any_further_for_who_reads_aggregates(
    spread: dict[str, Term], bo: Reader, planner: Reader
) -> None:
    wanted = make_indicator("projects_landed")

    def cut(reader: Reader) -> list[Decimal | None]:
        rows = plans.by(wanted, Dimension.FIELD, as_of=TODAY, reader=reader, area=spread["west"])
        return [cell.value for _, cell in rows]

    assert cut(bo) == [None, None]
    assert cut(planner) == [5, 4]


def test_what_a_member_may_not_read_of_a_project_is_not_told_beside_the_figure(
    planner: Reader, ada: Reader, dee: Reader
) -> None:
    for number in range(6):
        one = make_project(f"Funded {number}", first_funding=Decimal(1_000_000 + number), level=Level.PUBLIC)
        passed("project", one, "first_funding", date(2026, 5, 1), ada)
    wanted = make_indicator("first_funding_amount")
    for reader, is_told in ((planner, True), (dee, False)):
        opened = plans.records(wanted, as_of=TODAY, reader=reader)
        columns, rows = listing.everything(opened.listing, reader, Question())
        assert len(list(rows)) == 6
        assert ("amount" in {column.code for column in columns}) is is_told


def test_a_ledger_that_drifted_is_told_and_mended_only_on_demand(planner: Reader, ada: Reader) -> None:
    wanted = make_indicator("projects_landed")
    landed("One", TODAY, NOON, ada)
    ledger.keep_up(at=NOON)
    Counted.objects.update(on=date(2025, 1, 1))
    figures = next(found for found in checks.findings() if found.about.en == "figures")
    assert "1 differ from a full count (projects_landed)" in figures.wrong.en
    assert ledger.check_nightly(at=NOON) == 1
    assert ledger.check_nightly(at=NOON) == 0, "once a night"
    assert "1 figures differed" in next(iter(standing.findings(NOON))).wrong.en
    assert plans.value(wanted, as_of=TODAY, reader=planner).cell.value == 0, "nothing is mended in silence"
    assert recount(by=house(NOON), at=NOON + DAY) == (1, 1)
    assert plans.value(wanted, as_of=TODAY, reader=planner).cell.value == 1
    assert Cursor.objects.get().drifted == 0
    assert journal.Entry.objects.filter(verb="figures.recounted").count() == 1
    assert next(found for found in checks.findings() if found.about.en == "figures").wrong is None


def test_the_ledger_asks_once_where_nothing_happened(planner: Reader, queries: Callable) -> None:
    make_indicator("projects_landed")
    recounted()
    with queries(at_most=1):
        assert ledger.keep_up(at=NOON).behind == 0


def test_a_long_backlog_says_until_when_figures_hold(planner: Reader, ada: Reader) -> None:
    make_indicator("projects_landed")
    for n in range(3):
        landed(f"P{n}", TODAY, NOON + n * DAY, ada)
    kept = ledger.keep_up(at=NOON + 9 * DAY, limit=2)
    assert (kept.followed, kept.behind, kept.at) == (2, 4, NOON)
    assert ledger.keep_up(at=NOON + 9 * DAY).behind == 0


def test_a_page_waits_for_nobody_who_writes_for_long(planner: Reader, ada: Reader, monkeypatch) -> None:
    make_indicator("projects_landed")
    landed("One", TODAY, NOON, ada)

    def busy() -> Cursor:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "_held", busy)
        kept = ledger.keep_up_for_a_page(at=NOON)
    assert (kept.followed, kept.behind) == (0, 2)
    assert ledger.keep_up_for_a_page(at=NOON).followed == 2
    with connection.cursor() as cursor:
        assert connection.vendor != "sqlite" or cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000
