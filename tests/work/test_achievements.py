"""An achievement from disclosure to decision: steps, shares, rights, evidence, reviews, and who sees what."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.journal import Entry
from grandunion.records.parties import Access, Conflict, Organisation, Person, User
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.achievements import IpType, PatentStatus
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import achievements, lists
from grandunion.work.actions.achievements import Share
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_person, make_user

HUNDRED = Decimal(100)
GOOD = {"market": 7, "novelty": 8, "team": 6, "fit": 9}


@pytest.fixture
def draft(chen: Reader, university: Organisation) -> Achievement:
    """Chen's draft of an invention of the university."""
    return achievements.disclose(
        title_en="Quiet pump", title_zh="静音泵", achievement_kind="invention", owner=university,
        abstract_public_en="A pump that is quiet.", abstract_confidential="Helmholtz chamber at the inlet.",
        by=chen, at=NOON,
    )  # fmt: skip


@pytest.fixture
def ready(draft: Achievement, chen: Reader, chen_person: Person) -> Achievement:
    """The draft with everything that submission asks."""
    achievements.set_inventors(draft, [Share(chen_person, HUNDRED)], is_own_confirmed=True, by=chen, at=NOON)
    return achievements.tell_publications(draft, [], prior_publication="none", by=chen, at=NOON)


@pytest.fixture
def submitted(ready: Achievement, chen: Reader) -> Achievement:
    return achievements.submit(ready, by=chen, at=NOON)


@pytest.fixture
def evaluating(submitted: Achievement, ada: Reader) -> Achievement:
    achievements.screen(submitted, by=ada, at=NOON)
    return achievements.begin_evaluation(submitted, by=ada, at=NOON)


@pytest.fixture
def reviewers(db: None) -> list[User]:
    return [make_user(f"{name}@experts.example", Role.INVESTOR) for name in ("eve", "finn", "gus")]


@pytest.fixture
def evaluated(evaluating: Achievement, ada: Reader, reviewers: list[User]) -> Achievement:
    """Two reviewers have handed in, the level is shown."""
    for user in reviewers[:2]:
        achievements.assign_reviewer(evaluating, user, by=ada, at=NOON)
        review(evaluating, user)
    achievements.add_evidence(evaluating, level=4, evidence="Bench test 12", by=ada, at=NOON)
    return achievements.conclude_evaluation(evaluating, by=ada, at=NOON)


def review(record: Achievement, user: User, recommendation: str = "yes") -> None:
    """The user declares no conflict and hands the review in."""
    reader = reader_of(user, NOON)
    achievements.declare_no_conflict(record, by=reader, at=NOON)
    achievements.hand_in_review(
        record, scores=GOOD, recommendation=recommendation, comment="Sound.", by=reader, at=NOON
    )


def test_a_draft_is_seen_by_its_maker_alone(draft: Achievement, chen: Reader, ada: Reader, office: Reader) -> None:
    assert queries.get(draft.number, chen) == draft
    for other in (ada, office):
        with pytest.raises(Absent):
            queries.get(draft.number, other)
    assert draft.number == "ACH-2026-0001"
    assert draft.level == Level.NAMED


def test_chen_shares_the_draft_with_the_transfer_office(draft: Achievement, chen: Reader, office: Reader) -> None:
    achievements.share_draft(draft, by=chen, at=NOON)
    assert queries.get(draft.number, office) == draft
    assert permissions.may_edit(office, draft)


def test_a_form_sent_twice_makes_one_draft(chen: Reader) -> None:
    first = achievements.disclose(title_en="Once", submission="key-1", by=chen, at=NOON)
    again = achievements.disclose(title_en="Once", submission="key-1", by=chen, at=NOON)
    assert first.pk == again.pk


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title_zh", {"title_en": "  "}),
        ("achievement_kind", {"title_en": "A", "achievement_kind": "perpetuum"}),
        ("modes_wanted", {"title_en": "A", "modes_wanted": ["gift"]}),
        ("trl", {"title_en": "A", "trl": 10}),
        ("price_max", {"title_en": "A", "price_min": Decimal(9), "price_max": Decimal(8)}),
        ("problem", {"title_en": "A", "problem": "Owner 11010519491231002X"}),
    ],
)
def test_what_the_table_cannot_take_is_refused_at_its_field(chen: Reader, field: str, values: dict) -> None:
    with pytest.raises(Invalid) as refused:
        achievements.disclose(by=chen, at=NOON, **values)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_stale_edit_is_refused_with_the_difference(draft: Achievement, chen: Reader) -> None:
    seen = draft.version
    achievements.amend(draft, version=seen, keywords="pump, noise", by=chen, at=NOON)
    late = queries.get(draft.number, chen)
    with pytest.raises(Stale) as refused:
        achievements.amend(late, version=seen, keywords="pump", by=chen, at=NOON)
    assert refused.value.differences == (("keywords", "pump, noise", "pump"),)


@pytest.mark.parametrize(
    ("percents", "is_taken"),
    [(["60", "40"], True), (["33.33", "66.67"], True), (["60", "30"], True), (["60", "40.01"], False),
     (["0", "100"], False), (["33.333", "66.667"], False)],
)  # fmt: skip
def test_shares_never_add_up_to_more_than_the_whole(
    draft: Achievement, chen: Reader, chen_person: Person, percents: list[str], is_taken: bool
) -> None:
    people = [chen_person, make_person("Li Wei", "李伟")]
    shares = [Share(person, Decimal(percent)) for person, percent in zip(people, percents, strict=True)]
    if is_taken:
        achievements.set_inventors(draft, shares, by=chen, at=NOON)
        assert queries.facts(draft, NOON)["shares_total"] == sum(map(Decimal, percents))
    else:
        with pytest.raises(Invalid):
            achievements.set_inventors(draft, shares, by=chen, at=NOON)


def test_submission_waits_for_the_whole_and_for_everybody(
    draft: Achievement, chen: Reader, chen_person: Person, office: Reader
) -> None:
    li = make_person("Li Wei", "李伟")
    achievements.tell_publications(draft, [], prior_publication="none", by=chen, at=NOON)
    achievements.set_inventors(draft, [Share(chen_person, Decimal(60)), Share(li, Decimal(30))], by=chen, at=NOON)
    with pytest.raises(Refused) as refused:
        achievements.submit(draft, by=chen, at=NOON)
    assert "100 per cent" in refused.value.reason.en
    assert "确认" in refused.value.reason.zh
    achievements.set_inventors(draft, [Share(chen_person, Decimal(60)), Share(li, Decimal(40))], by=chen, at=NOON)
    achievements.confirm_share(draft, by=chen, at=NOON)
    achievements.share_draft(draft, by=chen, at=NOON)
    with pytest.raises(Refused):
        achievements.submit(draft, by=chen, at=NOON)
    achievements.confirm_on_paper(draft, li, reason="Paper of 12 November", by=office, at=NOON)
    achievements.submit(draft, by=chen, at=NOON)
    assert draft.state == S.SUBMITTED
    assert draft.level == Level.ORGANISATION


def test_a_share_that_changes_has_to_be_confirmed_again(draft: Achievement, chen: Reader, chen_person: Person) -> None:
    li = make_person("Li Wei", "李伟")
    achievements.set_inventors(draft, [Share(chen_person, HUNDRED)], is_own_confirmed=True, by=chen, at=NOON)
    achievements.set_inventors(draft, [Share(chen_person, HUNDRED, role="lead")], by=chen, at=NOON)
    assert queries.inventor(draft, chen_person.pk).confirmed_at == NOON
    achievements.set_inventors(draft, [Share(chen_person, Decimal(50)), Share(li, Decimal(50))], by=chen, at=NOON)
    assert queries.inventor(draft, chen_person.pk).confirmed_at is None


def test_nobody_confirms_for_somebody_else(
    draft: Achievement, chen: Reader, chen_person: Person, office: Reader
) -> None:
    li = make_person("Li Wei", "李伟")
    li_reader = reader_of(make_user("li@university.example", Role.INVENTOR, draft.owner, person=li), NOON)
    achievements.set_inventors(draft, [Share(chen_person, Decimal(60)), Share(li, Decimal(40))], by=chen, at=NOON)
    assert queries.get(draft.number, li_reader) == draft
    share = queries.inventor(draft, chen_person.pk)
    assert not permissions.may_confirm(li_reader, draft, share)
    assert not permissions.may_confirm_on_paper(li_reader, draft, share)
    achievements.set_inventors(draft, [Share(chen_person, HUNDRED)], by=chen, at=NOON)
    with pytest.raises(Absent):
        queries.get(draft.number, li_reader)


def test_a_paper_needs_a_reason_and_is_kept(submitted: Achievement, office: Reader, chen_person: Person) -> None:
    Inventor.objects.unscoped("this test takes the confirmation back").update(confirmed_at=None)
    with pytest.raises(Invalid):
        achievements.confirm_on_paper(submitted, chen_person, reason=" ", by=office, at=NOON)
    achievements.confirm_on_paper(submitted, chen_person, reason="Fax of 3 May", by=office, at=NOON)
    assert queries.inventor(submitted, chen_person.pk).confirmation_note == "Fax of 3 May"


DEEDS_BY_ROLE = [
    # deed, state's fixture, who may
    ("screen", "submitted", {"ada"}),
    ("ask_more", "submitted", {"ada"}),
    ("begin_evaluation", "submitted", {"ada"}),
    ("withdraw", "submitted", {"ada", "office", "chen"}),
    ("take_in", "evaluated", {"ada"}),
    ("set_aside", "evaluated", {"ada", "office"}),
    ("release", "evaluated", {"ada", "office"}),
]


@pytest.mark.parametrize(("deed", "state", "allowed"), DEEDS_BY_ROLE)
@pytest.mark.parametrize("who", ["ada", "office", "chen", "dee"])
def test_each_move_is_made_by_those_the_table_names(
    request: pytest.FixtureRequest, deed: str, state: str, allowed: set[str], who: str
) -> None:
    record, reader = request.getfixturevalue(state), request.getfixturevalue(who)
    if who in allowed:
        assert achievements.DEEDS[deed](record, reason="Because.", by=reader, at=NOON).state != state
    else:
        with pytest.raises(Refused):
            achievements.DEEDS[deed](record, reason="Because.", by=reader, at=NOON)
        assert record.state == state


def test_the_officer_asks_and_chen_supplies(submitted: Achievement, ada: Reader, chen: Reader) -> None:
    achievements.screen(submitted, by=ada, at=NOON)
    assert submitted.in_charge_id == ada.user_id
    assert not permissions.may_edit(chen, submitted)
    achievements.ask_more(submitted, reason="Which pump did you compare?", by=ada, at=NOON)
    achievements.amend(submitted, advantages="12 dB less than the best pump sold", by=chen, at=NOON)
    achievements.supply(submitted, by=chen, at=NOON)
    assert submitted.state == S.SCREENING


@pytest.mark.parametrize("tie", ["inventor", "member", "conflict"])
def test_people_with_a_tie_do_not_review(
    evaluating: Achievement, ada: Reader, chen_user: User, office_user: User, reviewers: list[User], tie: str
) -> None:
    if tie == "conflict":
        Conflict.objects.create(user=reviewers[0], organisation=evaluating.owner, reason="Spouse", declared_at=NOON)
    user = {"inventor": chen_user, "member": office_user, "conflict": reviewers[0]}[tie]
    with pytest.raises(Refused):
        achievements.assign_reviewer(evaluating, user, by=ada, at=NOON)
    assert user not in queries.possible_reviewers(evaluating, NOON)


def test_a_reviewer_declares_first_and_reads_for_thirty_days(
    evaluating: Achievement, ada: Reader, reviewers: list[User]
) -> None:
    eve = reviewers[0]
    achievements.assign_reviewer(evaluating, eve, by=ada, at=NOON)
    early = reader_of(eve, NOON)
    assert permissions.clearance(early, evaluating) == Secrecy.S3
    with pytest.raises(Invalid):
        achievements.hand_in_review(evaluating, scores=GOOD, recommendation="yes", comment="", by=early, at=NOON)
    late = reader_of(eve, NOON + timedelta(days=30))
    with pytest.raises(Absent):
        queries.get(evaluating.number, late)


def test_a_declared_conflict_ends_the_reading_and_does_not_count(
    evaluating: Achievement, ada: Reader, reviewers: list[User]
) -> None:
    eve = reviewers[0]
    achievements.assign_reviewer(evaluating, eve, by=ada, at=NOON)
    reader = reader_of(eve, NOON)
    achievements.declare_conflict(evaluating, eve.pk, note="We sell pumps", by=reader, at=NOON)
    with pytest.raises(Absent):
        queries.get(evaluating.number, reader)
    assert queries.facts(evaluating, NOON)["reviews_without_conflict"] == 0


def test_evaluation_is_concluded_by_two_sound_reviews_and_evidence(
    evaluating: Achievement, ada: Reader, reviewers: list[User]
) -> None:
    for user in reviewers:
        achievements.assign_reviewer(evaluating, user, by=ada, at=NOON)
    review(evaluating, reviewers[0])
    review(evaluating, reviewers[1])
    achievements.add_evidence(evaluating, level=4, evidence="Bench test", by=ada, at=NOON)
    achievements.declare_conflict(evaluating, reviewers[1].pk, note="Found out later", by=ada, at=NOON)
    with pytest.raises(Refused) as refused:
        achievements.conclude_evaluation(evaluating, by=ada, at=NOON)
    assert "Two reviewers" in refused.value.reason.en
    review(evaluating, reviewers[2])
    achievements.conclude_evaluation(evaluating, by=ada, at=NOON)
    assert evaluating.state == S.EVALUATED
    rows = Access.objects.unscoped("this test looks for reviewers' access").filter(part="reviewer")
    assert not rows.filter(subject_id=evaluating.pk).exists()


def test_a_second_evaluation_wants_new_reviews(evaluated: Achievement, ada: Reader, reviewers: list[User]) -> None:
    achievements.set_aside(evaluated, reason="Too early", by=ada, at=NOON)
    later = NOON + timedelta(days=200)
    achievements.reconsider(evaluated, reason="New results", by=ada, at=later)
    assert queries.facts(evaluated, later)["reviews_without_conflict"] == 0
    again = achievements.assign_reviewer(evaluated, reviewers[0], by=ada, at=later)
    assert again.submitted_at is None
    assert evaluated.decision == ""


def test_reviewers_read_each_other_only_after_their_own(
    evaluating: Achievement, ada: Reader, reviewers: list[User]
) -> None:
    for user in reviewers[:2]:
        achievements.assign_reviewer(evaluating, user, by=ada, at=NOON)
    review(evaluating, reviewers[0])
    finn = reader_of(reviewers[1], NOON)
    assert [line.review is not None for line in permissions.page(finn, evaluating).reviews] == [False, True]
    review(evaluating, reviewers[1])
    lines = permissions.page(finn, evaluating).reviews
    assert [line.review is not None for line in lines] == [True, True]
    assert [line.reviewer for line in lines] == ["", "Finn"]


def test_chen_reads_the_decision_and_its_reason_but_no_review(
    evaluated: Achievement, ada: Reader, chen: Reader, office: Reader
) -> None:
    achievements.take_in(evaluated, reason="Strong market, clean rights", by=ada, at=NOON)
    seen = permissions.page(chen, evaluated)
    assert seen.reviews == ()
    assert seen.fields["decision_reason"] == "Strong market, clean rights"
    assert [line.reviewer for line in permissions.page(office, evaluated).reviews] == ["", ""]
    assert [line.reviewer for line in permissions.page(ada, evaluated).reviews] == ["Eve", "Finn"]
    assert "Eve" not in str(seen.timeline)


@pytest.mark.parametrize(
    ("number", "stored"),
    [("202310123456.X", None), ("CN 85 1 00001.6", None), ("CN85100001.6", None), ("", "")],
)
def test_chinese_patent_numbers_are_proved(draft: Achievement, chen: Reader, number: str, stored: str | None) -> None:
    values = {"ip_type": IpType.INVENTION_PATENT, "status": PatentStatus.FILED, "number": number}
    if stored is None:
        with pytest.raises(Invalid):
            achievements.add_right(draft, by=chen, at=NOON, **values)
    else:
        assert achievements.add_right(draft, by=chen, at=NOON, **values).number == stored


def test_a_right_is_written_one_way_and_once(draft: Achievement, chen: Reader) -> None:
    values = {"ip_type": IpType.INVENTION_PATENT, "status": PatentStatus.FILED, "filed_on": date(2026, 1, 8)}
    right = achievements.add_right(draft, number="CN202610000001.9", by=chen, at=NOON, **values)
    assert right.number == "202610000001.9"
    with pytest.raises(Invalid):
        achievements.add_right(draft, number="202610000001.9", by=chen, at=NOON, **values)
    with pytest.raises(Invalid):
        achievements.amend_right(draft, right.pk, granted_on=date(2025, 1, 1), by=chen, at=NOON)
    granted = achievements.amend_right(
        draft, right.pk, status=PatentStatus.GRANTED, granted_on=date(2026, 9, 1), by=chen, at=NOON
    )
    assert granted.status == PatentStatus.GRANTED
    achievements.drop_right(draft, right.pk, by=chen, at=NOON)
    with pytest.raises(Absent):
        achievements.drop_right(draft, right.pk, by=chen, at=NOON)


def test_the_last_step_keeps_the_days_it_does_not_ask(draft: Achievement, chen: Reader) -> None:
    values = {"ip_type": IpType.INVENTION_PATENT, "status": PatentStatus.FILED, "number": "202610000001.9"}
    right = achievements.add_right(draft, annuity_due_on=date(2027, 1, 8), by=chen, at=NOON, **values)
    other = {"ip_type": IpType.SOFTWARE_COPYRIGHT, "status": PatentStatus.GRANTED, "number": "2026SR001"}
    achievements.state_rights(draft, [{**values, "status": PatentStatus.GRANTED}, other], by=chen, at=NOON)
    kept, added = queries.children(draft).rights
    assert (kept.pk, kept.status, kept.annuity_due_on) == (right.pk, PatentStatus.GRANTED, date(2027, 1, 8))
    achievements.state_rights(draft, [other], by=chen, at=NOON)
    assert [one.pk for one in queries.children(draft).rights] == [added.pk]
    with pytest.raises(Invalid):
        achievements.state_rights(draft, [other, other], by=chen, at=NOON)


def test_the_confidential_part_is_opened_by_a_journaled_click(
    evaluating: Achievement, ada: Reader, chen: Reader, reading: Callable
) -> None:
    with reading():
        closed = permissions.page(ada, evaluating)
    assert closed.is_sealed
    assert "abstract_confidential" not in closed.fields
    for _ in range(2):
        achievements.open_confidential(evaluating, by=ada, at=NOON)
    entries = Entry.objects.filter(verb="achievement.read_confidential", subject_id=evaluating.pk)
    assert entries.count() == 1
    assert permissions.page(ada, evaluating).fields["abstract_confidential"] == "Helmholtz chamber at the inlet."
    tomorrow = reader_of(User.objects.get(pk=ada.user_id), NOON + timedelta(days=1))
    assert permissions.page(tomorrow, evaluating).is_sealed
    achievements.open_confidential(evaluating, by=chen, at=NOON)
    assert entries.count() == 1
    assert "abstract_confidential" in permissions.page(chen, evaluating).fields


def test_an_outsider_neither_sees_nor_opens(evaluating: Achievement, dee: Reader, bo: Reader) -> None:
    for stranger in (dee, bo):
        with pytest.raises(Absent):
            queries.get(evaluating.number, stranger)
        with pytest.raises(Forbidden):
            achievements.open_confidential(evaluating, by=stranger, at=NOON)


def test_publication_needs_a_second_person_and_protection(
    evaluated: Achievement, ada: Reader, chen: Reader, office: Reader, dee: Reader
) -> None:
    with pytest.raises(Refused, match="library"):
        achievements.publish(evaluated, by=ada, at=NOON)
    achievements.take_in(evaluated, reason="Good", by=ada, at=NOON)
    with pytest.raises(Refused, match="transfer office"):
        achievements.publish(evaluated, by=chen, at=NOON)
    with pytest.raises(Refused, match="on file"):
        achievements.publish(evaluated, by=office, at=NOON)
    with pytest.raises(Absent):
        queries.get(evaluated.number, dee)
    achievements.publish(evaluated, waiver="A paper is out already", by=office, at=NOON)
    seen = permissions.page(dee, queries.get(evaluated.number, dee))
    assert seen.fields["title_en"] == "Quiet pump"
    assert not {"abstract_confidential", "decision_reason", "price_min"} & seen.fields.keys()
    achievements.set_aside(evaluated, reason="No buyer", by=office, at=NOON)
    assert evaluated.level == Level.ORGANISATION


def test_who_submitted_does_not_publish(
    chen_person: Person, office: Reader, ada: Reader, evaluated: Achievement
) -> None:
    achievements.take_in(evaluated, reason="Good", by=ada, at=NOON)
    own = achievements.disclose(title_en="Loud pump", owner=evaluated.owner, by=office, at=NOON)
    achievements.set_inventors(own, [Share(chen_person, HUNDRED)], by=office, at=NOON)
    achievements.confirm_on_paper(own, chen_person, reason="Paper", by=office, at=NOON)
    achievements.tell_publications(own, [], prior_publication="none", by=office, at=NOON)
    achievements.submit(own, by=office, at=NOON)
    Achievement.objects.unscoped("this test puts it into the library").filter(pk=own.pk).update(state=S.IN_LIBRARY)
    own.refresh_from_db()
    with pytest.raises(Refused, match="second person"):
        achievements.publish(own, waiver="Known", by=office, at=NOON)
    achievements.publish(own, waiver="Known", by=ada, at=NOON)
    assert own.level == Level.PUBLIC


def test_an_officer_in_conflict_with_the_owner_does_nothing(evaluated: Achievement, ada: Reader) -> None:
    user = User.objects.get(pk=ada.user_id)
    Conflict.objects.create(user=user, organisation=evaluated.owner, reason="Shares", declared_at=NOON)
    torn = reader_of(user, NOON)
    with pytest.raises(Absent):
        queries.get(evaluated.number, torn)
    with pytest.raises(Refused):
        achievements.take_in(evaluated, reason="Good", by=torn, at=NOON)


def test_a_page_is_read_in_a_bounded_number_of_questions(
    evaluated: Achievement, ada: Reader, chen: Reader, reading: Callable, queries: Callable
) -> None:
    for reader in (ada, chen):
        with reading(), queries(at_most=16):
            record = permissions.queries.get(evaluated.number, reader)
            seen = permissions.page(reader, record)
            permissions.offers(reader, record, seen.facts)


def test_the_list_and_the_work_lists_are_read_in_few_questions(
    submitted: Achievement, ada: Reader, chen: Reader, dee: Reader, reading: Callable, queries: Callable
) -> None:
    column = permissions.queries
    with reading(), queries(at_most=10):
        found = listing.page(column.LISTING, ada, Question.of(column.LISTING, {"q": "静音", "state": "submitted"}))
        (waiting,) = column.waiting(ada)
        (mine,) = column.mine(chen)
    assert [number for number, _ in found.rows] == [submitted.number]
    assert waiting.due_at is None
    assert mine.record == submitted
    assert not mine.is_to_confirm
    assert listing.page(column.LISTING, dee, Question()).rows == ()
    assert column.waiting(dee) == ()


def test_the_screening_clock_stands_still_while_information_is_wanted(
    submitted: Achievement, ada: Reader, chen: Reader
) -> None:
    achievements.screen(submitted, by=ada, at=NOON)
    (line,) = queries.waiting(ada)
    assert line.due_at is not None
    achievements.ask_more(submitted, reason="More", by=ada, at=NOON + timedelta(hours=1))
    (paused,) = queries.waiting(ada)
    assert paused.due_at is None
    achievements.supply(submitted, by=chen, at=NOON + timedelta(days=7))
    (resumed,) = queries.waiting(ada)
    assert (resumed.due_at - line.due_at).days == 6  # the day of resuming counts again


def test_the_hubs_holidays_move_what_is_due(submitted: Achievement, ada: Reader) -> None:
    achievements.screen(submitted, by=ada, at=NOON)
    (usual,) = queries.waiting(ada)
    lists.put_setting("calendar", {"holidays": [{"starts_on": "2026-11-19", "ends_on": "2026-11-20"}]})
    (later,) = queries.waiting(ada)
    assert (usual.due_at.date(), later.due_at.date()) == (date(2026, 11, 25), date(2026, 11, 27))


def test_archiving_waits_for_its_period(evaluated: Achievement, ada: Reader) -> None:
    achievements.withdraw(evaluated, reason="Sold elsewhere", by=ada, at=NOON)
    with pytest.raises(Refused):
        achievements.archive(evaluated, by=ada, at=NOON)
    then = reader_of(User.objects.get(pk=ada.user_id), NOON + timedelta(days=3660))
    achievements.archive(evaluated, by=then, at=then.at)
    assert evaluated.state == S.ARCHIVED
