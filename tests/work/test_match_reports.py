"""What came of matches is counted as of a day, by market, manager, reason, field and month, and opens to its rows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.terms.matches import DeclineReason, FailReason, Market
from grandunion.terms.reports import Cut, Stage
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import journal
from grandunion.work.permissions.matches import success as permissions
from grandunion.work.queries.matches import figures as matches
from grandunion.work.queries.matches.success import Asked
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
TODAY, BEGINNING = date(2026, 11, 18), date(2026, 1, 1)
TOO_DEAR = DeclineReason.PRICE_TOO_HIGH.value


@pytest.fixture
def quantum(db):
    above = Term.objects.create(list="fields", code="quantum", name_zh="量子信息", name_en="Quantum")
    return Term.objects.create(list="fields", code="qc", name_zh="量子计算", name_en="Computing", parent=above)


@pytest.fixture
def need(bo_company, quantum):
    return Need.objects.create(
        number="NED-2026-0001", title_en="A cold amplifier", owner=bo_company, field=quantum, state="received",
        category="technology", level=Level.ORGANISATION, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip


@pytest.fixture
def lived(need, university, ada_user, operator):
    """A match that was suggested so many days ago and went through states after so many days each."""

    def live(*steps, ago=30, market=Market.TECHNOLOGY, level=Level.ORGANISATION, in_charge=ada_user):
        count = Match.objects.unscoped("tests number their matches").count() + 1
        begun = NOON - timedelta(days=ago)
        made = Match.objects.create(
            number=f"MAT-2026-{count:04d}", market=market, need=need, offering=university, owner=need.owner,
            level=level, in_charge=in_charge, state_at=begun, created_at=begun, updated_at=begun,
        )  # fmt: skip
        source = ""
        for state, day, *why in (("suggested", 0), *steps):
            at = begun + timedelta(days=day)
            journal.step("match", made, source=source, target=state, by=operator, at=at, reason=(why or [""])[0])
            source, made.state, made.reason = state, state, (why or [""])[0]
        made.save(update_fields=["state", "reason"])
        return made

    return live


@pytest.fixture
def season(lived):
    """Seven matches: one of each way to end, on two markets."""
    return [
        lived(("sent", 1), ("interested", 2), ("introduced", 4), ("meeting", 6), ("success", 14)),
        lived(("sent", 1), ("introduced", 8), ("negotiating", 9), ("success", 18)),
        lived(("sent", 1), ("viewed", 2), ("declined", 3, TOO_DEAR)),
        lived(("sent", 1), ("introduced", 6), ("failed", 9, FailReason.PRICE.value)),
        lived(("sent", 1), ("declined", 2, "too_far"), market=Market.CAPITAL),
        lived(),
        lived(("sent", 3), ago=100, market=Market.CAPITAL, in_charge=None),
    ]


def asked(cut=Cut.MARKET, **more):
    return Asked(**{"since": BEGINNING, "as_of": TODAY, **more}, cut=cut)


def counts(group):
    return {stage.value: count for stage, count in group.counts.items() if count}


def test_every_step_is_counted_with_conversion_and_median_days(season, ada, queries, reading):
    with queries(at_most=3), reading():
        found = matches.report(asked(), ada)
    technology, capital = found.groups
    assert (technology.key, capital.key) == ("technology", "capital")
    assert counts(technology) == {
        "suggested": 5, "sent": 4, "interested": 3, "introduced": 3, "meeting": 2, "negotiating": 2, "success": 2,
        "declined": 1, "failed": 1, "open": 1,
    }  # fmt: skip
    assert counts(capital) == {"suggested": 2, "sent": 2, "declined": 1, "open": 1}
    assert technology.part(Stage.SUCCESS) == Decimal("40.0")
    assert technology.part(Stage.SUCCESS, Stage.INTRODUCED) == Decimal("66.7")
    assert (technology.days_to_introduction, technology.days_to_success) == (Decimal("6.0"), Decimal("10.0"))
    assert (capital.days_to_introduction, capital.part(Stage.SUCCESS, Stage.INTRODUCED)) == (None, None)
    assert found.whole.counts[Stage.SUGGESTED] == 7
    assert found.expensive == 2


def test_the_report_is_as_it_was_on_the_day(season, ada):
    found = matches.report(asked(as_of=TODAY - timedelta(days=30 - 8)), ada).groups[0]
    assert counts(found) == {
        "suggested": 5, "sent": 4, "interested": 3, "introduced": 3, "meeting": 1, "declined": 1, "open": 4
    }  # fmt: skip
    assert matches.report(asked(as_of=TODAY - timedelta(days=40)), ada).whole.counts[Stage.SUGGESTED] == 1


def test_a_match_suggested_again_counts_the_reason_of_the_day_before(lived, ada):
    again = lived(("sent", 1), ("declined", 2, TOO_DEAR), ("suggested", 20))
    by_reason = {cut: matches.report(asked(Cut.REASON, as_of=cut), ada) for cut in (TODAY, TODAY - timedelta(days=20))}
    assert [group.key for group in by_reason[TODAY].groups] == []
    then = by_reason[TODAY - timedelta(days=20)]
    assert [(group.key, group.name.en) for group in then.groups] == [
        ("declined." + TOO_DEAR, "Declined: Too expensive")
    ]
    assert (then.expensive, by_reason[TODAY].expensive) == (1, 0)
    opened = matches.behind(then.asked, ada, Stage.DECLINED, "declined." + TOO_DEAR)
    assert [one.number for one in opened.listing.rows(ada)] == [again.number]


def test_of_two_steps_in_one_moment_the_later_one_counts_and_a_match_without_steps_stands_as_its_row_says(lived, ada):
    lived(("sent", 1), ("introduced", 4), ("meeting", 6), ("failed", 6, FailReason.PRICE.value))
    brought = lived()
    Step.objects.filter(flow="match", subject_id=brought.pk).delete()
    brought.state = "success"
    brought.save(update_fields=["state"])
    found = matches.report(asked(), ada).whole
    assert counts(found) == {
        "suggested": 2, "sent": 2, "interested": 2, "introduced": 2, "meeting": 2, "negotiating": 1, "success": 1,
        "failed": 1,
    }  # fmt: skip
    assert (found.days_to_introduction, found.days_to_success) == (Decimal("4.0"), None)
    for stage in Stage:
        assert matches.behind(asked(), ada, stage).count == found.counts[stage]


@pytest.mark.parametrize("cut", list(Cut))
def test_every_number_opens_to_just_its_rows(cut, season, ada):
    found = matches.report(asked(cut), ada)
    assert found.groups
    for group in found.groups:
        for stage in Stage:
            opened = matches.behind(found.asked, ada, stage, group.key)
            assert opened.listing.rows(ada).count() == group.counts[stage] == opened.count, (group.key, stage)
    for stage in Stage:
        assert matches.behind(found.asked, ada, stage).count == found.whole.counts[stage]


def test_the_groups_are_named_as_people_name_them(season, ada, ada_user):
    named = {cut: {one.name.en: one.counts[Stage.SUGGESTED] for one in matches.report(asked(cut), ada).groups}
             for cut in Cut}  # fmt: skip
    assert named[Cut.FIELD] == {"Quantum": 7}
    assert named[Cut.MANAGER] == {ada_user.name.en: 6, "Nobody in charge": 1}
    assert named[Cut.MONTH] == {"2026-08": 1, "2026-10": 6}
    assert named[Cut.REASON] == {
        "Declined: Too expensive": 1, "Declined: Too far away": 1, "Failed: No agreement on price": 1
    }  # fmt: skip


def test_the_report_is_narrowed_by_market_manager_and_field(season, ada, ada_user, quantum):
    def whole(**more):
        return matches.report(asked(**more), ada).whole.counts[Stage.SUGGESTED]

    assert whole(market=Market.CAPITAL) == 2
    assert whole(manager=ada_user.pk) == 6
    assert (whole(field=quantum), whole(field=quantum.parent)) == (7, 7)
    assert whole(field=Term.objects.create(list="fields", code="ai", name_zh="人工智能", name_en="AI")) == 0


def test_a_row_that_is_closed_to_the_reader_is_counted_and_not_shown(season, lived, ada, ada_user):
    lived(level=Level.NAMED, in_charge=None)
    found = matches.report(asked(), ada)
    opened = matches.behind(found.asked, ada, Stage.OPEN)
    assert (opened.count, opened.hidden) == (3, 1)


def test_a_bureau_is_told_no_number_below_five_nor_one_that_gives_it_away(lived, as_reader):
    bureau = as_reader(make_user("bureau@city.example", Role.BUREAU))
    for _ in range(12):
        lived(("sent", 1))
    for _ in range(7):
        lived(("sent", 1), ("declined", 2, TOO_DEAR))
    for _ in range(2):
        lived(("sent", 1), ("introduced", 2), ("success", 3))
    lived(market=Market.CAPITAL)
    found = matches.report(asked(), bureau)
    technology, capital = found.groups
    assert capital.counts[Stage.SUGGESTED] is None
    assert technology.counts[Stage.SUGGESTED] is None, "or the one match on the other market could be worked out"
    assert technology.counts[Stage.SUCCESS] is None
    assert technology.part(Stage.SUCCESS) is None
    assert technology.days_to_success is None
    assert technology.counts[Stage.DECLINED] is None, "or the two successes could be worked out"
    assert found.expensive == 7
    assert all(count is None or count == 0 or count >= 5 for one in (*found.groups, found.whole)
               for count in one.counts.values())  # fmt: skip
    opened = matches.behind(found.asked, bureau, Stage.SUGGESTED)
    assert (opened.count, opened.hidden, opened.listing.rows(bureau).count()) == (None, None, 0)


@pytest.mark.parametrize("role", list(Role))
def test_officers_planners_and_bureaus_read_the_report_and_only_the_hub_compares_people(role, as_reader, university):
    is_hub = role in (Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR)
    reader = as_reader(make_user("somebody@hub.example", role, None if is_hub else university))
    assert bool(permissions.may_read_success(reader)) == (role in (Role.OFFICER, Role.PLANNER, Role.BUREAU))
    assert bool(permissions.may_compare_managers(reader)) == (role in (Role.OFFICER, Role.PLANNER))
