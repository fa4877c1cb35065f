"""Figures are counted from the records as of any day, open to the rows behind them, and hide what is small."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Membership, Organisation, OrganisationLabel
from grandunion.records.plans import Claim, Disagreement, Plan, SourceDocument, Target
from grandunion.records.projects import Contract, Project
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.plans import TargetState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions import journal
from grandunion.work.actions.parties import organisations as deeds
from grandunion.work.queries import plans
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.parties import reader_of
from tests.cast import LONG_AGO, NOON, make_organisation, make_user
from tests.figures import make_indicator, make_indicators, recounted, rows

TODAY = date(2026, 11, 18)
RULES = tuple(code for code, row in rows().items() if "counts" in row)


def make_project(title: str, **values: object) -> Project:
    count = Project.objects.unscoped("tests number their projects").count() + 1
    return Project.objects.create(
        number=f"PRJ-2026-{count:04d}", title_en=title, state_at=NOON, created_at=NOON, updated_at=NOON, **values
    )


def make_achievement(title: str, **values: object) -> Achievement:
    count = Achievement.objects.unscoped("tests number their achievements").count() + 1
    return Achievement.objects.create(
        number=f"ACH-2026-{count:04d}", title_en=title, state_at=NOON, created_at=NOON, updated_at=NOON, **values
    )


def make_need(title: str, **values: object) -> Need:
    count = Need.objects.unscoped("tests number their needs").count() + 1
    return Need.objects.create(
        number=f"NED-2026-{count:04d}", title_en=title, category="technology", state_at=NOON, created_at=NOON,
        updated_at=NOON, **values,
    )  # fmt: skip


def passed(flow: str, record: object, target: str, day: date, by: Reader) -> None:
    """The record came to the state on the day, about noon."""
    at = NOON.replace(year=day.year, month=day.month, day=day.day)
    journal.step(flow, record, source="", target=target, by=by, at=at)


@pytest.fixture
def core(db: None) -> Term:
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


@pytest.fixture
def planner(db: None) -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def bureau(db: None) -> Reader:
    return reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)


Counted = Callable[..., tuple[Decimal | None, list[str]]]


@pytest.fixture
def counted(planner: Reader) -> Counted:
    """What a rule counts on a day, and the numbers it opens to."""

    def ask(counts: str, on: date = TODAY, **values: object) -> tuple[Decimal | None, list[str]]:
        wanted = make_indicator(counts, **values)  # and recounts
        figure = plans.value(wanted, as_of=on, reader=planner)
        opened = plans.records(wanted, as_of=on, reader=planner)
        page = listing.page(opened.listing, planner, Question())
        return figure.cell.value, [number for number, _ in page.rows]

    return ask


def test_a_company_with_two_projects_is_one_enterprise_by_its_first_landing(counted: Counted) -> None:
    bo, may = make_organisation("Bo"), date(2026, 5, 2)
    make_project("One", company=bo, landed_on=may)
    make_project("Two", company=bo, landed_on=TODAY)
    make_project("Last year", company=make_organisation("Old"), landed_on=date(2025, 12, 31))
    make_project("Not yet")
    assert counted("technology_enterprises_landed") == (1, [bo.number])
    assert counted("projects_landed") == (2, ["PRJ-2026-0002", "PRJ-2026-0001"])
    assert counted("enterprises_landed", may) == (1, ["PRJ-2026-0001"])
    assert counted("technology_enterprises_landed", date(2026, 5, 1)) == (0, [])
    assert counted("technology_enterprises_landed", date(2025, 12, 31))[0] == 1


def test_a_company_that_landed_last_year_does_not_land_again(counted: Counted) -> None:
    old = make_organisation("Old")
    make_project("Then", company=old, landed_on=date(2025, 6, 1))
    make_project("Now", company=old, landed_on=date(2026, 6, 1))
    assert counted("technology_enterprises_landed")[0] == 0
    assert counted("projects_landed")[0] == 1


def test_achievements_count_by_their_first_disclosure_until_withdrawn(counted: Counted, ada: Reader) -> None:
    kept, gone, draft = (make_achievement(title) for title in ("Kept", "Gone", "Draft"))
    for record in (kept, gone):
        passed("achievement", record, "submitted", date(2026, 3, 1), ada)
    passed("achievement", kept, "submitted", date(2026, 9, 1), ada)
    passed("achievement", gone, "withdrawn", date(2026, 4, 1), ada)
    passed("achievement", draft, "draft", date(2026, 3, 1), ada)
    assert counted("achievements_disclosed", date(2026, 3, 31))[0] == 2
    assert counted("achievements_disclosed") == (1, [kept.number])


def test_evaluated_achievements_count_once(counted: Counted, ada: Reader) -> None:
    record = make_achievement("Good")
    for month in (3, 8):
        passed("achievement", record, "evaluated", date(2026, month, 1), ada)
    assert counted("achievements_evaluated") == (1, [record.number])


def test_needs_count_when_received_and_never_as_spam(counted: Counted, ada: Reader) -> None:
    make_need("Real", state="received", received_at=NOON)
    make_need("Junk", state="spam", received_at=NOON)
    make_need("Draft")
    assert counted("needs_received") == (1, ["NED-2026-0001"])
    assert counted("needs_received", TODAY - timedelta(days=1))[0] == 0


def test_a_need_that_is_reopened_is_no_longer_solved(counted: Counted, ada: Reader) -> None:
    solved, back = make_need("Solved"), make_need("Back")
    for need in (solved, back):
        passed("need", need, "closed_solved", date(2026, 6, 1), ada)
    passed("need", back, "reopened", date(2026, 7, 1), ada)
    assert counted("needs_closed_solved", date(2026, 6, 30))[0] == 2
    assert counted("needs_closed_solved") == (1, [solved.number])


def test_a_match_counts_on_the_day_of_the_second_consent(counted: Counted) -> None:
    both, one = NOON, NOON - timedelta(days=3)
    for place, offering_at in enumerate((both, None)):
        Match.objects.create(
            number=f"MAT-2026-000{place}", market="technology", need=make_need(f"Need {place}"), state_at=NOON,
            offering=make_organisation(f"Lab {place}"), needing_accepted_at=one, offering_accepted_at=offering_at,
            created_at=NOON, updated_at=NOON,
        )  # fmt: skip
    assert counted("matches_accepted") == (1, ["MAT-2026-0000"])
    assert counted("matches_accepted", TODAY - timedelta(days=1))[0] == 0


def make_contract(project: Project, total: str, technical: str, **values: object) -> Contract:
    count = Contract.objects.unscoped("tests number their contracts").count() + 1
    return Contract.objects.create(
        number=f"TCT-2026-{count:04d}", project=project, contract_kind="licence", title=f"Licence {count}",
        seller=make_organisation("Lab"), buyer=make_organisation("Buyer"), created_at=NOON, updated_at=NOON,
        value_total=Decimal(total), value_technical=Decimal(technical), **values,
    )  # fmt: skip


def test_contract_values_are_added_exactly_and_cancelled_ones_fall_out(counted: Counted, ada: Reader) -> None:
    project = make_project("Thread")
    amounts = [("0.10", "0.10"), ("1200000.20", "900000.00"), ("5.00", "5.00")]
    for total, technical in amounts:
        passed("contract", make_contract(project, total, technical), "registered", date(2026, 5, 1), ada)
    dollars = make_contract(project, "99.00", "99.00", currency="USD")
    passed("contract", dollars, "registered", date(2026, 5, 1), ada)
    passed("contract", Contract.objects.unscoped("the last of the test").get(number="TCT-2026-0003"), "cancelled",
           date(2026, 8, 1), ada)  # fmt: skip
    assert counted("contract_value_total")[0] == Decimal("1200000.30")
    assert counted("contract_value_technical", date(2026, 6, 1))[0] == Decimal("900005.10")
    assert counted("contracts_registered")[0] == 3


def test_organisations_count_from_their_landing_until_they_close(counted: Counted, core: Term, ada: Reader) -> None:
    landed = make_organisation("Landed", area=core, landed_on=date(2026, 2, 1))
    make_organisation("Elsewhere", landed_on=date(2026, 2, 1))
    make_organisation("Bank", OrganisationKind.INVESTOR, area=core, landed_on=date(2026, 2, 1))
    gone = make_organisation("Gone", area=core, landed_on=date(2026, 2, 1))
    deeds.close(gone, reason="dissolved", by=ada, at=NOON.replace(month=9))
    assert counted("organisations_in_hub", date(2026, 1, 31))[0] == 0
    assert counted("organisations_in_hub", date(2026, 3, 1))[0] == 2
    assert counted("organisations_in_hub") == (1, [landed.number])


def test_recognitions_count_only_while_they_are_valid(counted: Counted, core: Term) -> None:
    label = Term.objects.create(list="labels", code="high_tech_enterprise", name_zh="高企", name_en="High-tech")
    company = make_organisation("Tech", area=core, landed_on=LONG_AGO)
    for year in (2022, 2024):
        OrganisationLabel.objects.create(
            organisation=company, label=label, year=year, starts_on=date(year, 1, 1), ends_on=date(year + 3, 1, 1)
        )
    assert counted("high_tech_enterprises") == (1, [company.number])
    assert counted("high_tech_enterprises", date(2021, 12, 31))[0] == 0
    assert counted("high_tech_enterprises", date(2027, 1, 1))[0] == 0


def test_listed_companies_and_unicorns_count_once(counted: Counted, core: Term) -> None:
    label = Term.objects.create(list="labels", code="unicorn", name_zh="独角兽", name_en="Unicorn")
    company = make_organisation("Both", area=core, landed_on=LONG_AGO, stock_symbol="688001.SH")
    OrganisationLabel.objects.create(organisation=company, label=label, year=2024)
    assert counted("listed_and_unicorns") == (1, [company.number])


def test_a_team_counts_as_a_team_until_it_became_a_company(counted: Counted, ada: Reader) -> None:
    early = datetime(2026, 3, 1, 4, tzinfo=NOON.tzinfo)
    values = {"organisation_kind": "team", "name_en": "Quantum Dots Team"}
    team = deeds.create(values, by=ada, at=early)
    assert counted("teams_before_incorporation") == (1, [team.number])
    company = {"name_en": "Quantum Dots Ltd.", "incorporated_on": date(2026, 10, 1)}
    deeds.incorporate(team, credit_code="91340000711771143J", by=ada, at=NOON, **company)
    assert counted("teams_before_incorporation")[0] == 0
    assert counted("teams_before_incorporation", date(2026, 9, 30)) == (1, [team.number])
    assert counted("teams_before_incorporation", date(2026, 2, 28))[0] == 0


@pytest.mark.parametrize("counts", sorted(RULES))
def test_every_rule_gives_a_figure_a_history_and_its_rows(
    counts: str, planner: Reader, core: Term, reading: Callable, queries: Callable
) -> None:
    wanted = make_indicator(counts)
    with reading(), queries(at_most=3):
        figure = plans.value(wanted, as_of=TODAY, reader=planner)
        assert not figure.cell.value
        assert figure.rule.zh
    with reading(), queries(at_most=5):
        past = plans.history(wanted, as_of=TODAY, reader=planner)
    assert [month.isoformat() for month, _ in past.months][::11] == ["2025-12-01", "2026-11-01"]
    with reading(), queries(at_most=9):
        opened = plans.records(wanted, as_of=TODAY, reader=planner, area=core)
        assert opened.hidden == 0
        assert listing.page(opened.listing, planner, Question()).rows == ()


def test_the_months_and_areas_add_up_to_the_figure(planner: Reader, core: Term) -> None:
    for month in (1, 1, 5, 11):
        company = make_organisation(f"Company {month}", area=core)
        make_project("Landed", company=company, landed_on=date(2026, month, 3), area=core if month > 1 else None)
    wanted = make_indicator("projects_landed")
    past = plans.history(wanted, as_of=TODAY, reader=planner)
    assert {month.month: cell.value for month, cell in past.months if cell.value} == {1: 2, 5: 1, 11: 1}
    assert {(area.code if area else ""): cell.value for area, cell in past.areas} == {"core": 2, "": 2}
    of_core = plans.history(wanted, as_of=TODAY, reader=planner, area=core)
    assert sum(cell.value for _, cell in of_core.months) == 2
    assert plans.value(wanted, as_of=TODAY, reader=planner, area=core).cell.value == 2


def test_a_stock_is_shown_as_it_was_at_the_end_of_each_month(planner: Reader, core: Term) -> None:
    make_organisation("March", area=core, landed_on=date(2026, 3, 31))
    make_organisation("May", area=core, landed_on=date(2026, 5, 1))
    past = plans.history(make_indicator("organisations_in_hub"), as_of=TODAY, reader=planner)
    by_month = {month.isoformat()[:7]: cell.value for month, cell in past.months}
    assert [by_month[f"2026-0{n}"] for n in (2, 3, 4, 5)] == [0, 1, 1, 2]


def test_a_flow_of_a_quarter_begins_with_the_quarter(planner: Reader) -> None:
    bo = make_organisation("Bo")
    for month in (9, 10, 11):
        make_project("Landed", company=bo, landed_on=date(2026, month, 1))
    for period, expected in (("month", 1), ("quarter", 2), ("half", 3), ("cumulative", 3)):
        wanted = make_indicator("projects_landed", period=period)
        assert plans.value(wanted, as_of=TODAY, reader=planner).cell.value == expected


def landings(number: int, level: Level = Level.ORGANISATION) -> None:
    bo = make_organisation("Bo")
    for n in range(number):
        make_project(f"Project {n}", company=bo, landed_on=TODAY, level=level, owner=bo)
    recounted()


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5")])
def test_a_bureau_sees_figures_but_no_small_cells_and_no_rows(bureau: Reader, number: int, said: str) -> None:
    landings(number)
    wanted = make_indicator("projects_landed")
    figure = plans.value(wanted, as_of=TODAY, reader=bureau)
    assert figure.cell.said() == Text(said, said)
    assert figure.cell.is_hidden == (said == "<5")
    assert said != "<5" or (figure.cell.value, figure.cell.records) == (None, None)
    opened = plans.records(wanted, as_of=TODAY, reader=bureau)
    assert listing.page(opened.listing, bureau, Question()).rows == ()
    assert opened.hidden == (None if said == "<5" else number)


def test_a_share_of_too_few_is_not_said_as_if_it_were_less_than_five_per_cent(bureau: Reader, ada: Reader) -> None:
    passed("contract", make_contract(make_project("Thread"), "100", "50"), "registered", date(2026, 5, 1), ada)
    make_indicators(("contract_value_total", "contract_value_technical"))
    amount = plans.value(make_indicator("contract_value_total"), as_of=TODAY, reader=bureau)
    share = plans.value(make_indicator("contract_technical_share"), as_of=TODAY, reader=bureau)
    assert {figure.cell.said().en for figure in (amount, share)} == {"too few records"}
    assert {figure.unit.en for figure in (amount, share)} == {""}


def test_a_rule_says_the_names_of_what_its_lists_hold(planner: Reader) -> None:
    code = "high_tech_enterprise"
    Term.objects.create(list="labels", code=code, name_zh="高新技术企业", name_en="High-tech enterprise")
    rule = plans.rule_in_full(plans.value(make_indicator("high_tech_enterprises"), as_of=TODAY, reader=planner))
    assert "高新技术企业" in rule.zh
    assert "High-tech enterprise" in rule.en


def test_months_of_a_bureau_hide_what_is_small(bureau: Reader, planner: Reader) -> None:
    landings(6)
    make_project("Alone", company=make_organisation("Xi"), landed_on=date(2026, 2, 1))
    wanted = make_indicator("projects_landed")
    seen = {month.month: cell for month, cell in plans.history(wanted, as_of=TODAY, reader=bureau).months}
    assert seen[2].is_hidden
    assert seen[11].is_hidden  # or the small one could be worked out from the sum
    exact = {month.month: cell for month, cell in plans.history(wanted, as_of=TODAY, reader=planner).months}
    assert (exact[2].value, exact[11].value) == (1, 6)


def test_a_company_opens_its_own_rows_and_is_told_how_many_more_there_are(bo: Reader, bo_company: Organisation) -> None:
    landings(6)
    own = make_project("Own", company=bo_company, owner=bo_company, landed_on=TODAY)
    opened = plans.records(make_indicator("projects_landed"), as_of=TODAY, reader=bo)
    page = listing.page(opened.listing, bo, Question())
    assert [number for number, _ in page.rows] == [own.number]
    assert opened.hidden == 6


def test_a_contract_opens_to_its_sides_and_to_the_hub_only(
    planner: Reader, bo: Reader, bo_company: Organisation, dee: Reader, ada: Reader
) -> None:
    project = make_project("Open to members", level=Level.MEMBERS)
    contract = make_contract(project, "10.00", "10.00")
    Contract.objects.unscoped("the test's own").update(buyer=bo_company)
    passed("contract", contract, "registered", TODAY, ada)
    wanted = make_indicator("contract_value_total")
    for reader, sees in ((planner, True), (bo, True), (dee, False)):
        opened = plans.records(wanted, as_of=TODAY, reader=reader)
        assert bool(listing.page(opened.listing, reader, Question()).rows) is sees


def test_a_row_says_why_it_counts(planner: Reader) -> None:
    landings(1)
    opened = plans.records(make_indicator("projects_landed"), as_of=TODAY, reader=planner)
    columns, rows = listing.everything(opened.listing, planner, Question())
    (_, values), place = next(rows), [column.code for column in columns].index("why")
    assert values[place] == Text("Landed on 2026-11-18.", "2026-11-18 落地。")


def test_what_nothing_counts_is_unknown_and_opens_to_nothing(planner: Reader) -> None:
    wanted = make_indicator("", code="talents", why_uncounted_en="Undefined.", why_uncounted_zh="无定义。")
    figure = plans.value(wanted, as_of=TODAY, reader=planner)
    assert (figure.is_counted, figure.cell.value, figure.cell.said().en) == (False, None, "not counted")
    assert plans.history(wanted, as_of=TODAY, reader=planner) is None
    with pytest.raises(Absent):
        plans.records(wanted, as_of=TODAY, reader=planner)
    with pytest.raises(Absent):
        plans.indicator("no-such")


@pytest.fixture
def plan_2022(db: None) -> None:
    """A plan with a target that is counted, one that is not, and one in words; and what was published."""
    document = SourceDocument.objects.create(code="Z4", title_en="The plan", title_zh="方案")
    plan = Plan.objects.create(code="plan-2022", name_en="Plan", name_zh="方案", source=document)
    counted, uncounted = make_indicator("projects_landed"), make_indicator("", code="talents")
    deadline = date(2025, 12, 31)
    for code, indicator, operator, value in (
        ("landed", counted, ">=", 2), ("talent", uncounted, ">", 100000), ("vision", uncounted, "", None),
    ):  # fmt: skip
        given = {"operator": operator, "value": value, "wording_en": code, "wording_zh": "目标"}
        given |= {"unit_en": indicator.unit_en, "unit_zh": indicator.unit_zh}
        Target.objects.create(code=code, plan=plan, indicator=indicator, scope="hub", deadline=deadline, **given)
    for code, qualifier, value in (("near", "nearly", 10000), ("more", "over", 10000), ("later", "over", 70000)):
        when = {"as_of": date(2025, 10, 22)} if code == "later" else {"period": "2023"}
        Claim.objects.create(
            code=code, indicator=uncounted, source=document, level="press", qualifier=qualifier, value=value, **when
        )


def test_targets_are_measured_at_their_deadline_and_unknown_stays_unknown(
    plan_2022: None, planner: Reader, queries: Callable, reading: Callable
) -> None:
    landings(3)  # after the deadline
    make_project("In time", company=make_organisation("Bo"), landed_on=date(2025, 3, 1))
    recounted()
    with reading(), queries(at_most=7):
        ((plan, aims),) = plans.plans(as_of=TODAY, reader=planner)
    landed, talent, vision = aims
    assert plan.code == "plan-2022"
    assert (landed.figure.cell.value, landed.part, landed.state) == (1, Decimal("0.500"), TargetState.MISSED)
    assert landed.said() == Text("at least 2", "不少于2")
    assert (talent.state, talent.part, talent.published_part) == (TargetState.UNKNOWN, None, Decimal("0.700"))
    assert talent.published.said == Text("over 70,000", "超7万")
    assert (vision.state, vision.said()) == (TargetState.UNKNOWN, None)


def test_claims_for_the_same_time_that_contradict_are_marked(plan_2022: None, queries: Callable) -> None:
    wanted = plans.indicator("talents")
    with queries(at_most=1):
        found = plans.claims(wanted)
    assert [(one.claim.code, one.is_in_doubt) for one in found] == [("later", False), ("more", True), ("near", True)]


def test_a_disagreement_is_told_with_its_claims_and_its_cause(plan_2022: None, queries: Callable) -> None:
    both = [one.claim for one in plans.claims(plans.indicator("talents")) if one.is_in_doubt]
    names = {"name_en": "Talent", "name_zh": "人才", "cause_en": "Two meanings.", "cause_zh": "口径不同。"}
    Disagreement.objects.create(code="nearly-and-over", **names).claims.set(both)
    with queries(at_most=4):
        (doubt,) = plans.doubts()
    assert {one.claim.code for one in doubt.claims} == {"near", "more"}
    assert plans.doubts(plans.indicator("talents"))[0].disagreement == doubt.disagreement
    assert plans.doubts(make_indicator("projects_landed")) == ()


def test_an_officer_reads_exact_figures_and_a_member_does_not(ada: Reader, bo: Reader) -> None:
    landings(2)
    wanted = make_indicator("projects_landed")
    assert plans.value(wanted, as_of=TODAY, reader=ada).cell.value == 2
    assert plans.value(wanted, as_of=TODAY, reader=bo).cell.is_hidden
    assert not Membership.objects.unscoped("to be sure of Bo's role").filter(user=bo.user_id, role="officer").exists()
