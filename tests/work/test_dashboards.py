"""Dashboards: the same figures as everywhere, few questions, as known then, kept by people and mailed weekly."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from grandunion.records.journal import Entry
from grandunion.records.lists import Setting, Term
from grandunion.records.plans import KeptView
from grandunion.records.projects import Project
from grandunion.terms.counting import Dimension
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Stale
from grandunion.terms.views import TIMES, ChartKind, Cut
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.plans import views as actions
from grandunion.work.queries import plans
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans import behind as marks
from grandunion.work.queries.plans import funnel
from grandunion.work.queries.plans import views as queries
from grandunion.work.queries.plans.cutting import OTHERS
from grandunion.work.queries.plans.seen import seen
from grandunion.work.queries.plans.views import Block, Dashboard, Wish
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator, recounted
from tests.watching import reading
from tests.work.test_plans import landings, make_project, passed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
WEEK = timedelta(days=7)


def row_of(code: str, roles: list[str], blocks: list[dict], **more: object) -> dict:
    """A dashboard as the pack's setting keeps it."""
    return {
        "code": code, "name_en": code.title(), "name_zh": "看板", "summary_en": "What it is.", "summary_zh": "说明。",
        "roles": roles, "level": "hub", "own_area": False, "is_public": False, "blocks": blocks, **more,
    }  # fmt: skip


FIGURES = {"chart": "figures", "indicators": ["projects_landed", "talents"], "cut": "none"}


@pytest.fixture
def boards(db: None) -> None:
    """Dashboards for planners and for a bureau, and the public one."""
    Setting.objects.create(key="views", value=[
        row_of("planner", ["planner"], [FIGURES]), row_of("city", ["bureau"], [FIGURES]),
        row_of("public", [], [FIGURES], is_public=True),
    ])  # fmt: skip


@pytest.fixture
def figures(db: None) -> None:
    """Six projects landed today, a figure of them, and one that nothing counts."""
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="Nobody defined it.", why_uncounted_zh="口径未定义。")
    landings(6)


@pytest.fixture
def planner(db: None) -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def bureau(db: None) -> Reader:
    return reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)


def every_block() -> Dashboard:
    codes = ("projects_landed",)
    return Dashboard("all", Text("All", "全部"), Text("", ""), (
        Block(ChartKind.FIGURES, ("projects_landed", "talents")), Block(ChartKind.LINES, codes, Cut.MONTH),
        Block(ChartKind.COLUMNS, codes, Cut.YEAR), Block(ChartKind.BARS, codes, Cut.AREA),
        Block(ChartKind.BARS, codes, Cut.FIELD), Block(ChartKind.BARS, codes, Cut.UNIVERSITY),
        Block(ChartKind.PLACES, codes, Cut.AREA), Block(ChartKind.FUNNEL),
    ))  # fmt: skip


def placed() -> None:
    """Projects with areas, fields and universities, one of a university that is open by name alone."""
    core = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")
    Term.objects.create(list="areas", code="town", name_zh="小镇", name_en="Town")
    field = Term.objects.create(list="fields", code="quantum", name_zh="量子", name_en="Quantum")
    known = make_organisation("Known University", OrganisationKind.UNIVERSITY, level=Level.PUBLIC)
    secret = make_organisation("Secret University", OrganisationKind.UNIVERSITY, level=Level.NAMED)
    bo = make_organisation("Bo")
    for at in range(7):
        make_project(f"P{at}", company=bo, landed_on=TODAY - timedelta(days=40 * at), area=core if at < 5 else None,
                     field=field, university=known if at % 2 else secret)  # fmt: skip
    recounted()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.BUREAU])
def test_a_dashboard_shows_what_every_other_page_shows(role: Role) -> None:
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="x", why_uncounted_zh="x")
    placed()
    reader = reader_of(make_user("reader@hub.example", role), NOON)
    wanted = plans.indicator("projects_landed")
    blocks = seen(every_block(), as_of=TODAY, reader=reader).blocks
    assert blocks[0].figures == plans.values(as_of=TODAY, reader=reader, codes=["projects_landed", "talents"])
    for block in blocks[1:3]:
        ends = [date.fromisoformat(row.code) for row in block.rows]
        told = plans.series(["projects_landed"], ends=ends, reader=reader)["projects_landed"]
        assert tuple(row.cells[0] for row in block.rows) == told
    for block, dimension in ((blocks[3], Dimension.AREA), (blocks[4], Dimension.FIELD), (blocks[6], Dimension.AREA)):
        cut = plans.by(wanted, dimension, as_of=TODAY, reader=reader)
        assert [(row.label.en, row.cells[0]) for row in block.rows] == [
            (place.name.en if place else "Not recorded", cell) for place, cell in cut
        ]
    cut = plans.by(wanted, Dimension.UNIVERSITY, as_of=TODAY, reader=reader)
    assert {(row.label.en, row.cells[0]) for row in blocks[5].rows} == {(place.name.en, cell) for place, cell in cut}


def test_every_bar_opens_to_exactly_the_records_it_counts_as_they_were_known(planner: Reader) -> None:
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="x", why_uncounted_zh="x")
    placed()
    wanted, told = plans.indicator("projects_landed"), seen(every_block(), as_of=TODAY, reader=planner).blocks
    ledger.recount(at=NOON + timedelta(days=1))
    Project.objects.unscoped("the test moves a project away").filter(title_en="P0").update(landed_on=None)
    ledger.recount(at=NOON + timedelta(days=2))
    for block in told[1:7]:
        for row in [one for one in block.rows if one.code]:
            is_time = block.block.cut in TIMES
            labels = () if is_time else marks.labels_of({block.block.cut.value: row.code}, planner)
            day = date.fromisoformat(row.code) if is_time else TODAY
            found = marks.behind(wanted, labels, as_of=day, reader=planner, known_at=NOON + timedelta(hours=1))
            assert found.listing.rows(planner).count() + found.hidden == row.cells[0].value, (block.title, row.label)


def test_a_month_of_a_flow_opens_to_what_is_dated_in_it(planner: Reader) -> None:
    make_indicator("projects_landed")
    placed()
    wanted = plans.indicator("projects_landed")
    months = plans.history(wanted, as_of=TODAY, reader=planner).months
    assert sum(cell.value for _, cell in months) == 7
    for month, cell in months:
        found = marks.behind(wanted, (), as_of=TODAY, reader=planner, month=month)
        assert found.listing.rows(planner).count() == cell.value, month


def test_a_mark_of_what_the_reader_may_not_see_is_absent_and_a_strange_code_refused(planner: Reader) -> None:
    secret = make_organisation("Secret", OrganisationKind.UNIVERSITY, level=Level.NAMED)
    with pytest.raises(Absent):
        marks.labels_of({"university": secret.number}, planner)
    with pytest.raises(Invalid):
        marks.labels_of({"area": "nowhere"}, planner)


def test_an_organisation_that_the_reader_may_not_see_is_not_named(planner: Reader, bureau: Reader) -> None:
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="x", why_uncounted_zh="x")
    placed()
    block = seen(every_block(), as_of=TODAY, reader=bureau).blocks[5]
    assert {row.label.en for row in block.rows} == {"Known University", OTHERS.en}
    assert all("Secret" not in row.label.en for row in seen(every_block(), as_of=TODAY, reader=planner).blocks[5].rows)


def test_a_dashboard_of_eight_charts_asks_few_questions_and_writes_nothing(planner: Reader, queries: Callable) -> None:
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="x", why_uncounted_zh="x")
    placed()
    with reading(), queries(at_most=6):
        seen(every_block(), as_of=TODAY, reader=planner)


def test_a_small_cell_is_hidden_from_who_reads_no_rows(figures: None, bureau: Reader) -> None:
    make_project("Alone", company=make_organisation("Xi"), landed_on=date(2026, 2, 1))
    recounted()
    block = seen(every_block(), as_of=date(2026, 2, 28), reader=bureau).blocks[0]
    assert block.figures[0].cell.is_hidden
    assert block.figures[0].cell.said().en == "<5"


def test_travelling_back_shows_the_dashboard_exactly_as_it_was(planner: Reader) -> None:
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="x", why_uncounted_zh="x")
    landings(2)
    then, day = NOON + timedelta(hours=1), TODAY
    told = seen(every_block(), as_of=day, reader=planner).blocks
    late = NOON + timedelta(days=3)
    make_project("Entered late", company=make_organisation("Late"), landed_on=day)
    ledger.recount(at=late)
    later = reader_of(make_user("later@hub.example", Role.PLANNER), late)
    assert seen(every_block(), as_of=day, reader=later, known_at=then).blocks[:7] == told[:7]
    assert seen(every_block(), as_of=day, reader=later).blocks[0].figures[0].cell.value == 3
    assert told[0].figures[0].cell.value == 2


# ── The funnel ──


@pytest.fixture
def thread(ada: Reader) -> list[Project]:
    """Ten leads; six are verified after ten days, two of them land a hundred days later without steps between."""
    rows = [make_project(f"P{at}", level=Level.MEMBERS) for at in range(10)]
    for at, row in enumerate(rows):
        passed("project", row, "lead", date(2026, 3, 1), ada)
        if at < 6:
            passed("project", row, "qualified", date(2026, 3, 11), ada)
        if at < 2:
            passed("project", row, "landed", date(2026, 6, 19), ada)
    return rows


def rungs(reader: Reader, day: date = TODAY, **more: object) -> dict[str, tuple]:
    found = funnel.thread(as_of=day, reader=reader, **more)
    return {rung.state.value: (rung.count, rung.share, rung.days) for rung in found.rungs}


def test_the_funnel_counts_who_came_to_a_step_or_beyond_it_by_the_day(thread: list, planner: Reader) -> None:
    found = rungs(planner)
    assert found["lead"] == (10, None, None)
    assert found["qualified"] == (6, 60, 10)
    assert found["contract_signed"] == (2, 100, 0)
    assert found["landed"] == (2, 100, 0)
    assert rungs(planner, date(2026, 5, 1))["landed"][0] == 0
    assert rungs(planner, date(2026, 2, 1))["lead"][0] == 0


def test_a_project_that_came_by_import_counts_where_it_stands(thread: list, planner: Reader) -> None:
    make_project("Imported", state="landed", phase="follow_up")
    assert rungs(planner)["landed"][0] == 3
    assert rungs(planner, TODAY - timedelta(days=1))["landed"][0] == 2


def test_a_bureau_is_told_no_step_of_few(thread: list, bureau: Reader) -> None:
    found = rungs(bureau)
    assert found["qualified"] == (6, 60, 10)
    assert found["landed"] == (None, None, None)


def test_a_step_opens_to_the_projects_that_were_counted(thread: list, planner: Reader, queries: Callable) -> None:
    for code, (count, _, _) in rungs(planner).items():
        listing = funnel.behind(funnel.rung_of(code), as_of=TODAY)
        assert listing.rows(planner).count() == count, code
    with queries(at_most=1):
        funnel.thread(as_of=TODAY, reader=planner)
    with pytest.raises(Absent):
        funnel.rung_of("lost")


def test_a_step_opens_only_what_the_reader_may_see(thread: list, dee: Reader) -> None:
    rows = funnel.behind(funnel.rung_of("lead"), as_of=TODAY).rows(dee)
    assert not rows.filter(level=Level.NAMED).exists()
    hidden = thread[0]
    Project.objects.unscoped("the test closes a project").filter(pk=hidden.pk).update(level=Level.NAMED)
    assert hidden.pk not in set(rows.all().values_list("pk", flat=True))


# ── Kept views ──


def test_everybody_sees_the_dashboards_of_their_roles_and_the_public_one(
    boards: None, planner: Reader, bureau: Reader
) -> None:
    assert [one.code for one in queries.dashboards(planner)] == ["planner", "public"]
    assert [one.code for one in queries.dashboards(bureau)] == ["city", "public"]
    assert queries.public_dashboard().code == "public"
    with pytest.raises(Absent):
        queries.dashboard("city", planner)


def test_who_serves_one_area_begins_with_the_dashboard_of_the_area(db: None) -> None:
    core = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")
    Setting.objects.create(key="views", value=[
        row_of("officer", ["officer"], [FIGURES]), row_of("area", ["officer"], [FIGURES], own_area=True)])  # fmt: skip
    everywhere = reader_of(make_user("all@hub.example", Role.OFFICER), NOON)
    here = reader_of(make_user("core@hub.example", Role.OFFICER, area=core), NOON)
    assert queries.first_of(everywhere).code == "officer"
    assert (queries.first_of(here).code, queries.own_area(here)) == ("area", core)
    assert queries.first_of(visitor(NOON)) is None


def test_a_view_is_kept_changed_and_removed(boards: None, figures: None, planner: Reader) -> None:
    wish = Wish("Mine", indicators=("projects_landed", "projects_landed"), cut=Cut.MONTH)
    view = actions.keep(wish, key="k1", by=planner, at=NOON)
    assert actions.keep(wish, key="k1", by=planner, at=NOON).pk == view.pk
    assert view.indicators == ["projects_landed"]
    shown = queries.described(view, planner)
    assert [block.chart for block in shown.blocks] == [ChartKind.FIGURES, ChartKind.COLUMNS]
    actions.edit(view, Wish("Ours", indicators=("talents",)), version=1, by=planner, at=NOON)
    assert queries.kept_view(view.pk, planner).name == "Ours"
    with pytest.raises(Stale):
        actions.edit(view, Wish("Late", indicators=("talents",)), version=1, by=planner, at=NOON)
    actions.remove(view, by=planner, at=NOON)
    assert not queries.kept_views(planner).exists()
    verbs = list(Entry.objects.filter(subject_kind="view").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["view.kept", "view.edited", "view.removed"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [(Wish(" ", indicators=("talents",)), "name"), (Wish("A"), "indicators"),
     (Wish("A", indicators=("nothing",)), "indicators"),
     (Wish("A", indicators=tuple(f"i{at}" for at in range(30))), "indicators")],
)  # fmt: skip
def test_a_view_that_shows_nothing_is_refused_with_what_is_missing(
    wish: Wish, field: str, figures: None, planner: Reader
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.keep(wish, by=planner, at=NOON)
    assert refused.value.problems[0].field == field


def test_nobody_keeps_or_sees_a_view_that_is_not_theirs(
    boards: None, figures: None, planner: Reader, bureau: Reader
) -> None:
    view = actions.keep(Wish("Mine", indicators=("talents",)), by=planner, at=NOON)
    with pytest.raises(Absent):
        queries.kept_view(view.pk, bureau)
    for deed in (lambda: actions.remove(view, by=bureau, at=NOON),
                 lambda: actions.mail_weekly(view, True, by=bureau, at=NOON),
                 lambda: actions.keep(Wish("X", indicators=("talents",)), by=visitor(NOON), at=NOON)):  # fmt: skip
        with pytest.raises(Forbidden):
            deed()
    with pytest.raises(Absent):
        actions.keep(Wish("City", dashboard="city"), by=planner, at=NOON)


# ── The weekly mail ──


def deliver(operator: Reader, at: object) -> None:
    while read_journal(at=at):
        pass
    send_mails(by=operator, at=at + timedelta(minutes=1), limit=200)


@pytest.fixture
def mailed(boards: None, figures: None, planner: Reader) -> KeptView:
    return actions.keep(Wish("Weekly", dashboard="planner"), is_mailed=True, by=planner, at=NOON)


def letters(postbox: object) -> list[str]:
    return [letter.get_content() for letter in postbox.to("planner@hub.example")]


def test_a_view_is_mailed_once_a_week_with_the_figures_of_the_dashboard(
    postbox, operator: Reader, planner: Reader, mailed: KeptView
) -> None:
    assert actions.run_due(by=operator, at=NOON + timedelta(days=6)) == 0
    assert actions.run_due(by=operator, at=NOON + WEEK) == 1
    assert actions.run_due(by=operator, at=NOON + WEEK) == 0
    deliver(operator, NOON + WEEK)
    (letter,) = letters(postbox)
    assert "Weekly" in letter
    assert "2026-11-25" in letter
    figure = seen(queries.described(mailed, planner), as_of=TODAY + WEEK, reader=planner).blocks[0].figures[0]
    line = next(line for line in letter.splitlines() if line.startswith("指标 "))
    assert line.split() == ["指标", f"{figure.cell.said().zh}个"]
    assert f"/w/dashboards/views/{mailed.pk}/" in letter
    assert "/messages/stop/" in letter
    (sent,) = postbox.to("planner@hub.example")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_view_whose_dashboard_is_closed_to_its_keeper_by_now_tells_no_figure(
    postbox, operator: Reader, mailed: KeptView
) -> None:
    Setting.objects.filter(key="views").update(value=[row_of("planner", ["bureau"], [FIGURES])])
    actions.run_due(by=operator, at=NOON + WEEK)
    deliver(operator, NOON + WEEK)
    assert letters(postbox) == []


def test_a_mail_that_was_ended_comes_no_more(postbox, operator: Reader, planner: Reader, mailed: KeptView) -> None:
    actions.mail_weekly(mailed, False, by=planner, at=NOON)
    assert actions.run_due(by=operator, at=NOON + 2 * WEEK) == 0
    assert KeptView.objects.unscoped("the test reads it").get(pk=mailed.pk).mailed_at is None
