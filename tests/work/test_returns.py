"""Periodic returns: asked for on schedule, filled in, reviewed, minded by the clock, and added up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grandunion.records.journal import Entry
from grandunion.records.lists import Term
from grandunion.records.messages import Message
from grandunion.records.parties import Membership
from grandunion.records.plans import Indicator, Return, ReturnCycle, ReturnForm
from grandunion.records.spaces import Area
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.returns import Lateness, ReturnPeriod, ReturnState, Span
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.plans import due
from grandunion.work.actions.plans import returns as deeds
from grandunion.work.actions.plans.returns import clocks
from grandunion.work.actions.upkeep.packs.returns import REMINDING, load_returns
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans import returns
from grandunion.work.queries.upkeep import home
from tests.cast import LONG_AGO, NOON, make_organisation, make_user
from tests.packs import hefei_pack
from tests.reporting import FULL, OCTOBER, make_form
from tests.work.test_plans import make_indicator, make_project

pytestmark = pytest.mark.django_db
QUARTER = Span(ReturnPeriod.QUARTER, date(2026, 7, 1))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def every() -> list[Return]:
    return list(Return.objects.unscoped("tests look at every return").order_by("pk"))


def fresh(record: Return) -> Return:
    rows = Return.objects.unscoped("tests read what was written")
    return rows.select_related("form", "owner", "area", "submitted_by").get(pk=record.pk)


@pytest.fixture
def form(db) -> ReturnForm:
    """A quarterly form for partners, due on the tenth working day at two in the afternoon."""
    put_setting("calendar", OCTOBER)
    return make_form("partner_quarterly", "partner", "quarter")


@pytest.fixture
def partner(db):
    return make_organisation("Pia Partners", OrganisationKind.PARTNER, name_zh="派合伙人")


@pytest.fixture
def pia_user(partner):
    return make_user("pia@partner.example", Role.PARTNER, partner)


@pytest.fixture
def pia(pia_user):
    """Pia, who manages a global partner's affairs."""
    return reader_of(pia_user, NOON)


@pytest.fixture
def asked(form, partner, operator) -> Return:
    """The partner's return for the third quarter, opened in time."""
    deeds.open_cycle(form, QUARTER, by=operator, at=datetime(2026, 10, 9, 1, 0, tzinfo=UTC))
    return fresh(every()[0])


def test_a_period_opens_once_for_everybody_who_reports(form, partner, operator):
    make_organisation("Closed Partner", OrganisationKind.PARTNER, status="closed")
    assert deeds.open_cycle(form, QUARTER, by=operator, at=NOON) == 1
    with pytest.raises(Refused):
        deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    record = every()[0]
    assert (record.number, record.owner, record.state) == ("RTN-2026-0001", partner, ReturnState.DUE)
    assert record.title.en == "Partner return, Q3 2026"


def test_the_worker_opens_periods_in_their_order_after_days_down_and_nothing_twice(form, partner, operator):
    ReturnForm.objects.update(starts_on=date(2026, 1, 1))
    assert clocks.run_due(operator, NOON) == 3
    assert [one.starts_on for one in every()] == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)]
    assert clocks.run_due(operator, NOON) == 0
    assert ReturnCycle.objects.count() == 3


def test_the_clock_of_plans_minds_returns(form, partner, operator):
    due.run_due(operator, NOON)
    assert [one.starts_on for one in every()] == [date(2026, 7, 1)]


def test_a_form_opens_on_its_working_day_and_not_before(form, partner, operator):
    # The quarter ends on 30 September; the hub rests from the first to the seventh of October.
    before, after = datetime(2026, 10, 7, 15, 59, tzinfo=UTC), datetime(2026, 10, 7, 16, 1, tzinfo=UTC)
    assert (clocks.run_due(operator, before), clocks.run_due(operator, after)) == (0, 1)


def test_a_return_opened_in_time_is_due_so_many_working_days_after_its_period(asked):
    # Ten working days from 8 October: 8, 9, 10 (make-up Saturday), 12–16, 19, 20.
    assert asked.due_at == datetime(2026, 10, 20, 6, 0, tzinfo=UTC)


def test_a_return_opened_late_gets_its_whole_time(form, partner, operator):
    deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    assert every()[0].due_at > NOON + timedelta(days=10)


def test_reminders_go_out_before_and_after_the_deadline_then_it_is_raised(asked, operator):
    told = []
    at = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
    while at < datetime(2026, 11, 3, tzinfo=UTC):
        clocks.run_due(operator, at)
        at += 12 * HOUR
    told = list(Entry.objects.filter(subject_kind="return").order_by("seq").values_list("verb", "at"))
    verbs = [verb for verb, _ in told]
    first = verbs.index("return.overdue")
    assert verbs[0] == "return.opened"
    assert verbs[1:first] == ["return.reminded"] * 2
    assert verbs.count("return.overdue") == verbs.count("return.escalated") == 1
    assert verbs[-1] == "return.reminded"
    record = fresh(asked)
    assert returns.lateness(record) is Lateness.ESCALATED
    assert record.reminders == verbs.count("return.reminded")


def test_of_several_reminders_that_went_by_only_one_is_sent(asked, operator):
    clocks.run_due(operator, datetime(2026, 10, 30, 4, 0, tzinfo=UTC))
    verbs = list(Entry.objects.filter(subject_kind="return").values_list("verb", flat=True))
    assert verbs.count("return.reminded") == 1
    assert clocks.run_due(operator, datetime(2026, 10, 30, 4, 1, tzinfo=UTC)) == 0


def test_the_reporter_is_told_and_nobody_else(asked, pia_user, dee_user, operator):
    read_journal(at=datetime(2026, 10, 9, 2, 0, tzinfo=UTC))
    pia_user.refresh_from_db()
    dee_user.refresh_from_db()
    assert (pia_user.unread, dee_user.unread) == (1, 0)


def test_an_areas_officers_are_told_and_where_it_has_none_those_of_all_areas(operator, ada_user):
    core, town = (Term.objects.create(list="areas", code=code, name_en=code, name_zh=code) for code in ("core", "town"))
    for area in (core, town):
        Area.objects.create(term=area, is_open=True)
    near = make_user("near@hub.example", Role.OFFICER, area=core)
    form = make_form("area_monthly", "area", "month")
    deeds.open_cycle(form, Span(ReturnPeriod.MONTH, date(2026, 10, 1)), by=operator, at=NOON)
    read_journal(at=NOON)
    told = Message.objects.unscoped("tests look at who was told").values_list("user__email", "subject_id")
    assert sorted(told) == [
        (ada_user.email, next(one.pk for one in every() if one.area == town)),
        (near.email, next(one.pk for one in every() if one.area == core)),
    ]


def test_a_draft_is_kept_saved_and_submitted(asked, pia):
    assert deeds.keep(asked, {"projects": "12"}, version=asked.version, by=pia, at=NOON) is True
    assert (fresh(asked).values, fresh(asked).state) == ({"projects": "12"}, ReturnState.DUE)
    record = deeds.save(fresh(asked), FULL, by=pia, at=NOON)
    assert (record.state, record.values["money"], record.values["words"]) == (
        ReturnState.DRAFT, "35000.50", {"zh": "签约两家", "en": "Two signed"},
    )  # fmt: skip
    assert deeds.keep(fresh(asked), {"projects": "13"}, version=record.version, by=pia, at=NOON) is True
    record = deeds.submit(fresh(asked), by=pia, at=NOON)
    told = Entry.objects.filter(verb="return.submit").get().values
    assert told["values"][1]["projects"] == "13"  # though it was kept before
    assert (record.state, record.submitted_by_id) == (ReturnState.SUBMITTED, pia.user_id)
    assert fresh(record).remind_at is None


def test_what_does_not_fit_is_named_and_the_last_sound_value_stays(asked, pia):
    deeds.keep(asked, {"projects": "12"}, version=asked.version, by=pia, at=NOON)
    assert deeds.keep(fresh(asked), {"projects": "many"}, version=asked.version, by=pia, at=NOON) is False
    assert fresh(asked).values == {"projects": "12"}
    with pytest.raises(Invalid) as wrong:
        deeds.save(fresh(asked), {"projects": "many", "money": "-1", "staff": "perhaps"}, by=pia, at=NOON)
    assert [one.field for one in wrong.value.problems] == ["projects", "money", "staff"]


def test_nothing_is_kept_over_what_somebody_else_has_saved(asked, pia):
    old = asked.version
    deeds.save(fresh(asked), {"projects": "1"}, by=pia, at=NOON)
    with pytest.raises(Stale):
        deeds.keep(fresh(asked), {"projects": "2"}, version=old, by=pia, at=NOON)
    with pytest.raises(Stale):
        deeds.save(fresh(asked), {"projects": "2"}, by=pia, at=NOON, version=old)


def test_a_return_that_is_not_whole_is_refused_field_by_field(asked, pia):
    with pytest.raises(Invalid) as wrong:
        deeds.submit(asked, {"projects": "3"}, by=pia, at=NOON)
    assert [one.field for one in wrong.value.problems] == ["money", "staff", "words_zh"]
    assert fresh(asked).state == ReturnState.DUE


def test_the_return_of_the_period_before_is_the_same_reporters_and_was_submitted(asked, bo_company):
    last = QUARTER.before
    areas = [Term.objects.create(list="areas", code=code, name_zh="片区", name_en=code) for code in ("east", "west")]
    whose = [{"owner": asked.owner}, {"owner": bo_company}, {"area": areas[0]}, {"area": areas[1]}]

    def told(span: Span, number: int, state: ReturnState, **reporter: object) -> Return:
        return Return.objects.create(
            number=f"RTN-2025-{number:04d}", form=asked.form, form_code=asked.form_code, title_en="Return", state=state,
            starts_on=span.starts_on, ends_on=span.ends_on, due_at=NOON, state_at=NOON, created_at=NOON,
            updated_at=NOON, **reporter,
        )  # fmt: skip

    earlier = [told(last, place, ReturnState.SUBMITTED, **one) for place, one in enumerate(whose)]
    later = [asked, *(told(QUARTER, 10 + place, ReturnState.DUE, **one) for place, one in enumerate(whose[1:]))]
    assert [returns.before(one) for one in later] == earlier
    Return.objects.unscoped("a test gives them back").update(state=ReturnState.RETURNED)
    assert [returns.before(one) for one in later] == [None] * 4


def test_a_large_change_is_explained_before_it_is_submitted(form, asked, pia, operator):
    before = Return.objects.create(
        number="RTN-2026-9001", form=form, form_code=form.code, owner=asked.owner, starts_on=date(2026, 4, 1),
        ends_on=date(2026, 7, 1), state=ReturnState.ACCEPTED, state_at=NOON, created_at=NOON, updated_at=NOON,
        due_at=NOON, title_en="Before", values={"projects": "2"},
    )  # fmt: skip
    with pytest.raises(Invalid) as wrong:
        deeds.submit(fresh(asked), FULL, by=pia, at=NOON)
    assert wrong.value.problems[0].field == "remark"
    assert "500 % more" in wrong.value.problems[0].text.en
    record = deeds.submit(fresh(asked), {**FULL, "remark": "The new centre began."}, by=pia, at=NOON)
    assert record.state == ReturnState.SUBMITTED
    page = returns.page(fresh(record), pia, Secrecy.S3)
    assert page.earlier == before
    assert page.lines[0].was.en == "2"
    assert "more" in page.lines[0].doubt.en


def test_review_sends_back_with_comments_by_field_and_accepts_what_was_corrected(asked, pia, ada):
    record = deeds.submit(asked, FULL, by=pia, at=NOON)
    record = deeds.review(fresh(record), by=ada, at=NOON)
    assert record.in_charge_id == ada.user_id
    with pytest.raises(Refused):
        deeds.send_back(fresh(record), {}, by=ada, at=NOON)
    record = deeds.send_back(fresh(record), {"money": "Which currency?"}, by=ada, at=NOON)
    assert (record.state, record.comments) == (ReturnState.RETURNED, {"money": "Which currency?"})
    assert NOON < fresh(record).due_at < NOON + timedelta(days=6)
    record = deeds.submit(fresh(record), {"money": "40000"}, by=pia, at=NOON + DAY)
    record = deeds.accept(fresh(record), by=ada, at=NOON + DAY)
    assert (record.state, record.values["money"], record.values["projects"]) == (ReturnState.ACCEPTED, "40000.00", "12")
    with pytest.raises(Forbidden):
        deeds.save(fresh(record), {"projects": "1"}, by=pia, at=NOON + DAY)


def test_taken_back_waived_asked_again_and_opened_again(asked, pia, ada):
    record = deeds.submit(asked, FULL, by=pia, at=NOON)
    record = deeds.take_back(fresh(record), by=pia, at=NOON)
    assert record.state == ReturnState.DRAFT
    with pytest.raises(Refused):
        deeds.waive(fresh(record), reason="", by=ada, at=NOON)
    record = deeds.waive(fresh(record), reason="On leave", by=ada, at=NOON)
    record = deeds.ask_again(fresh(record), reason="Back", by=ada, at=NOON)
    assert record.state == ReturnState.DUE
    record = deeds.accept(fresh(deeds.submit(fresh(record), by=pia, at=NOON)), by=ada, at=NOON)
    record = deeds.reopen(fresh(record), reason="A sum is wrong", by=ada, at=NOON)
    assert (record.state, record.accepted_at, record.comments) == (
        ReturnState.RETURNED,
        None,
        {"whole": "A sum is wrong"},
    )


@pytest.mark.parametrize("who", ["dee", "bo", "office", "chen"])
def test_nobody_else_sees_what_a_partner_reports(asked, request, who):
    with pytest.raises(Absent):
        returns.get(asked.number, request.getfixturevalue(who))


def test_officers_of_the_area_see_it_and_others_do_not(form, partner, operator):
    here, there = (
        Term.objects.create(list="areas", code=code, name_en=code, name_zh=code) for code in ("here", "there")
    )
    partner.area = here
    partner.save()
    deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    number = every()[0].number
    near = reader_of(make_user("near@hub.example", Role.OFFICER, area=here), NOON)
    far = reader_of(make_user("far@hub.example", Role.OFFICER, area=there), NOON)
    bureau = reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)
    assert returns.get(number, near).number == number
    for reader in (far, bureau):
        with pytest.raises(Absent):
            returns.get(number, reader)


def test_an_areas_return_is_filled_in_by_its_officer_and_reviewed_by_a_planner(operator):
    area = Term.objects.create(list="areas", code="shushan", name_en="Shushan", name_zh="蜀山园")
    Area.objects.create(term=area, is_open=True)
    form = make_form("area_monthly", "area", "month")
    october = Span(ReturnPeriod.MONTH, date(2026, 10, 1))
    assert deeds.open_cycle(form, october, by=operator, at=NOON) == 1
    officer = reader_of(make_user("near@hub.example", Role.OFFICER, area=area), NOON)
    planner = reader_of(make_user("plan@hub.example", Role.PLANNER), NOON)
    record = fresh(every()[0])
    assert [one.number for one in returns.owed_by(officer)] == [record.number]
    with pytest.raises(Forbidden):
        deeds.save(record, FULL, by=planner, at=NOON)
    record = deeds.submit(fresh(record), FULL, by=officer, at=NOON)
    with pytest.raises(Refused):
        deeds.accept(fresh(record), by=officer, at=NOON)
    assert deeds.accept(fresh(record), by=planner, at=NOON).state == ReturnState.ACCEPTED


def test_who_submits_never_accepts_even_with_both_roles(asked, pia_user, partner):
    Membership.objects.create(user=pia_user, organisation=None, role=Role.OFFICER, starts_on=LONG_AGO)
    both = reader_of(pia_user, NOON)
    record = deeds.submit(asked, FULL, by=both, at=NOON)
    with pytest.raises(Refused) as refused:
        deeds.accept(fresh(record), by=both, at=NOON)
    assert "colleague" in refused.value.reason.en


def test_an_enterprise_reports_only_as_long_as_it_agrees(bo, bo_company, ada, dee, operator):
    form = make_form("enterprise_half", "enterprise", "half")
    first, second = Span(ReturnPeriod.HALF, date(2025, 7, 1)), Span(ReturnPeriod.HALF, date(2026, 1, 1))
    assert deeds.open_cycle(form, first, by=operator, at=NOON) == 0
    with pytest.raises(Forbidden):
        deeds.agree(bo_company, form, by=dee, at=NOON)
    with pytest.raises(Invalid):  # an officer says how it was agreed
        deeds.agree(bo_company, form, by=ada, at=NOON)
    deeds.agree(bo_company, form, by=bo, at=NOON)
    with pytest.raises(Refused):
        deeds.agree(bo_company, form, by=bo, at=NOON)
    record = deeds.open_one(form, bo_company, "2025-H2", by=ada, at=NOON)
    deeds.withdraw(bo_company, form, by=bo, at=NOON + HOUR)
    assert deeds.open_cycle(form, second, by=operator, at=NOON + DAY) == 0
    assert fresh(record).remind_at is None
    assert returns.get(record.number, bo).number == record.number
    assert [one.state.value for one in returns.own(bo)] == ["withdrawn"]
    told = Entry.objects.filter(verb__startswith="consent.").order_by("seq").values_list("verb", "subject_kind")
    assert list(told) == [("consent.given", "consent"), ("consent.withdrawn", "consent")]
    deeds.agree(bo_company, form, by=ada, at=NOON + DAY, note="By letter of 19 November")
    assert [one.state.value for one in returns.own(bo)] == ["given"]


def test_many_are_tried_before_they_are_done_and_each_refusal_is_said(form, partner, pia, ada, operator):
    make_organisation("Second Partner", OrganisationKind.PARTNER)
    deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    first, second = (fresh(one) for one in every())
    deeds.submit(first, FULL, by=pia, at=NOON)
    numbers = [first.number, second.number, "RTN-1999-0001"]
    trial = deeds.do_to_many(numbers, deeds.to_accept(by=ada, at=NOON), by=ada, is_trial=True)
    assert [one.is_done for one in trial] == [True, False, False]
    assert fresh(first).state == ReturnState.SUBMITTED
    deeds.do_to_many(numbers, deeds.to_accept(by=ada, at=NOON), by=ada)
    assert fresh(first).state == ReturnState.ACCEPTED
    told = deeds.do_to_many([second.number], deeds.to_remind(by=ada, at=NOON), by=ada)
    again = deeds.do_to_many([second.number], deeds.to_remind(by=ada, at=NOON + HOUR), by=ada)
    assert (told[0].is_done, again[0].is_done) == (True, False)
    assert "twelve hours" in again[0].reason.en


def test_reported_figures_add_up_accepted_returns_and_hide_the_few(form, partner, pia, ada, operator, as_reader):
    indicator = Indicator.objects.create(
        code="talents_new", name_en="Talents", indicator_kind="flow", unit_en="persons"
    )
    deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    record = deeds.submit(fresh(every()[0]), FULL, by=pia, at=NOON)
    assert returns.reported(indicator, QUARTER, reader=ada).value is None
    deeds.accept(fresh(record), by=ada, at=NOON)
    found = returns.reported(indicator, QUARTER, reader=ada)
    assert (found.value, found.reporters, found.returns) == (Decimal(12), 1, (record.number,))
    bureau = as_reader(make_user("bureau@city.example", Role.BUREAU))
    hidden = returns.reported(indicator, QUARTER, reader=bureau)
    assert (hidden.value, hidden.reporters, hidden.is_hidden, hidden.returns) == (None, None, True, ())
    told = returns.summary(form, QUARTER, reader=ada)
    assert (told.asked, told.accepted, told.sums[0].value) == (1, 1, Decimal(12))
    assert all(one.is_hidden for one in returns.summary(form, QUARTER, reader=bureau).sums)


def accepted(form: ReturnForm, operator, **values: object) -> None:
    """Every partner's return of the quarter, accepted with the same values."""
    deeds.open_cycle(form, QUARTER, by=operator, at=NOON)
    rows = Return.objects.unscoped("tests accept every return").filter(form_code=form.code)
    rows.update(state=ReturnState.ACCEPTED, values=values)


def test_what_one_partner_reports_is_not_left_over_between_the_hub_and_an_area(form, operator, as_reader):
    core, town = (Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("core", "town"))
    indicator = Indicator.objects.create(code="talents_new", name_en="Talents", indicator_kind="flow")
    for number, area in enumerate((core, core, core, core, core, town)):
        make_organisation(f"Partner {number}", OrganisationKind.PARTNER, area=area)
    accepted(form, operator, projects="7", money="100.00", staff="yes")
    bureau = as_reader(make_user("bureau@city.example", Role.BUREAU))
    assert returns.summary(form, QUARTER, reader=bureau).sums[1].value == Decimal(600)
    assert returns.reported(indicator, QUARTER, reader=bureau).value == Decimal(42)
    for area in (core, town):
        assert all(one.is_hidden for one in returns.summary(form, QUARTER, reader=bureau, area=area).sums)
        assert returns.reported(indicator, QUARTER, reader=bureau, area=area).is_hidden


def test_few_partners_stay_few_in_however_many_forms_they_report(form, operator, as_reader):
    indicator = Indicator.objects.create(code="talents_new", name_en="Talents", indicator_kind="flow")
    for number in range(3):
        make_organisation(f"Partner {number}", OrganisationKind.PARTNER)
    for each in (form, make_form("partner_second", "partner", "quarter")):
        accepted(each, operator, projects="7")
    bureau = as_reader(make_user("bureau@city.example", Role.BUREAU))
    assert returns.reported(indicator, QUARTER, reader=bureau).is_hidden


def test_a_bureau_reads_what_areas_report_however_few_they_are(operator, as_reader):
    area = Term.objects.create(list="areas", code="core", name_en="Core", name_zh="核心区")
    Area.objects.create(term=area, is_open=True)
    indicator = Indicator.objects.create(
        code="talents_new", name_en="Talents", indicator_kind="flow", unit_en="persons"
    )
    form, october = make_form("area_monthly", "area", "month"), Span(ReturnPeriod.MONTH, date(2026, 10, 1))
    deeds.open_cycle(form, october, by=operator, at=NOON)
    record = deeds.submit(fresh(every()[0]), FULL, by=operator, at=NOON)
    deeds.accept(fresh(record), by=operator, at=NOON)
    bureau = as_reader(make_user("bureau@city.example", Role.BUREAU))
    assert returns.summary(form, october, reader=bureau).sums[0].value == Decimal(12)
    found = returns.reported(indicator, october, reader=bureau)
    assert (found.value, found.returns) == (Decimal(12), ())


def test_a_page_and_a_list_of_what_is_owed_ask_little(asked, pia, reading, queries):
    with reading(), queries(at_most=3):
        assert returns.owed_by(pia)[0].due.en == "2026-10-20 14:00"
    record = returns.get(asked.number, pia)
    with reading(), queries(at_most=3):
        assert len(returns.page(record, pia, Secrecy.S3).lines) == 5


def test_a_deadline_within_a_week_is_said_by_its_weekday():
    assert returns.due_said(datetime(2026, 11, 24, 6, 0, tzinfo=UTC), NOON).en == "Tue 14:00"
    assert returns.due_said(datetime(2026, 11, 24, 6, 0, tzinfo=UTC), NOON).zh == "周二 14:00"
    assert returns.due_said(datetime(2026, 12, 24, 6, 0, tzinfo=UTC), NOON).en == "2026-12-24 14:00"


def test_a_spreadsheet_goes_out_and_comes_back_and_bad_rows_are_named(asked, pia, tmp_path):
    rows = returns.form_rows(returns.get(asked.number, pia), pia)
    at = {row[1]: place for place, row in enumerate(rows)}
    path = tmp_path / "form.csv"

    def write(values: dict, number: str = asked.number) -> None:
        lines = [list(row) for row in rows]
        for code, value in values.items():
            lines[at[code]][4] = value
        lines = [lines[0], *([number, *line[1:]] for line in lines[1:])]
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines), "utf-8-sig")

    write({"projects": "12", "money": "3.5万", "staff": "是", "words_zh": "签约"})
    sent = returns.read_form(path, "form.csv", asked)
    record = deeds.save(fresh(asked), sent, by=pia, at=NOON)
    assert (record.values["projects"], record.values["money"], record.values["staff"]) == ("12", "35000.00", True)
    write({"words_zh": "'=1+1", "projects": "'-3"})
    sent = returns.read_form(path, "form.csv", asked)
    assert (sent["words_zh"], sent["projects"]) == ("=1+1", "-3")
    write({}, number="RTN-1999-0001")
    with pytest.raises(Invalid) as wrong:
        returns.read_form(path, "form.csv", asked)
    assert wrong.value.problems[0].text.en.startswith("Row 2: it belongs to RTN-1999-0001")


def test_the_house_fills_in_many_from_a_table(asked, operator, tmp_path):
    rows = list(returns.many_rows(asked.form, operator, period="2026-Q3"))
    assert rows[0][:5] == ("number", "reporter", "area", "period", "state")
    assert len(rows) == 2
    path = tmp_path / "many.csv"
    path.write_text(f"number,projects,money\n{asked.number},7,100\n", "utf-8")
    ((line, number, sent),) = returns.read_many(path)
    assert (line, number, sent) == (2, asked.number, {"projects": "7", "money": "100"})
    assert deeds.save(fresh(asked), sent, by=house(NOON), at=NOON).values == {"projects": "7", "money": "100.00"}


def test_the_hubs_own_count_of_the_month_stands_beside_what_an_area_reports(operator, reading, queries):
    area = Term.objects.create(list="areas", code="core", name_en="Core", name_zh="核心区")
    Area.objects.create(term=area, is_open=True)
    for title, day, where in (("Before", 9, area), ("In it", 10, area), ("Also", 10, area), ("Elsewhere", 10, None)):
        make_project(title, landed_on=date(2026, day, 15), area=where, company=make_organisation(title))
    make_indicator("projects_landed")
    form = make_form("area_monthly", "area", "month")
    form.definition["fields"][0] |= {"indicator": "projects_landed", "use": "checks"}
    form.save()
    deeds.open_cycle(form, Span(ReturnPeriod.MONTH, date(2026, 10, 1)), by=operator, at=NOON)
    planner = reader_of(make_user("plan@hub.example", Role.PLANNER), NOON)
    record = fresh(every()[0])
    assert returns.counted_by_hub(record, planner) == {"projects": Decimal(2)}
    officer = reader_of(make_user("near@hub.example", Role.OFFICER, area=area), NOON)
    assert returns.sheet(record, officer).initial["projects"] == "2"
    deeds.save(record, {"projects": "3"}, by=officer, at=NOON)
    with reading(), queries(at_most=8):
        page = returns.page(returns.get(record.number, planner), planner, Secrecy.S2)
    assert page.lines[0].gap.en == "the hub counts 2"


def test_the_first_page_leads_reporters_to_what_they_owe_and_reviewers_to_what_came(asked, pia, ada):
    def numbers(reader, code):
        return [line.number for card in home.home(reader).cards if card.face.code == code for line in card.lines]

    assert (numbers(pia, "owed"), numbers(ada, "returns")) == ([asked.number], [])
    deeds.submit(asked, FULL, by=pia, at=NOON)
    assert (numbers(pia, "owed"), numbers(ada, "returns")) == ([], [asked.number])


def test_a_form_that_changes_is_a_new_edition_and_open_returns_keep_the_old_one(asked, form, pia):
    pack = SimpleNamespace(returns=SimpleNamespace(forms=(), **dict.fromkeys(REMINDING, 1)))
    load_returns(pack, Tally(), at=NOON)
    assert not returns.forms().exists()
    record = returns.get(asked.number, pia)
    assert [field.code for field in returns.fields_of(record.form)][:2] == ["projects", "money"]
    assert deeds.submit(record, FULL, by=pia, at=NOON).state == ReturnState.SUBMITTED


def test_the_packs_forms_load_once_and_ask_for_the_running_period_first(db):
    pack, tally = hefei_pack(), Tally()
    load_returns(pack, tally, at=NOON)
    known = {one.code: one.starts_on for one in returns.forms()}
    assert known == {"area_monthly": date(2026, 11, 1), "partner_quarterly": date(2026, 10, 1),
                     "enterprise_half": date(2026, 7, 1)}  # fmt: skip
    load_returns(pack, tally, at=NOON + DAY)
    assert (tally.new["returns"], tally.same["returns"], tally.changed["returns"]) == (3, 3, 0)
    first = pack.returns.forms[0]
    changed = replace(pack, returns=replace(pack.returns, forms=(replace(first, due_after=7), *pack.returns.forms[1:])))
    load_returns(changed, tally, at=NOON + DAY)
    found = returns.form(first.code)
    assert (found.edition, found.starts_on, returns.schedule_of(found).due_after) == (2, date(2026, 11, 1), 7)
