"""Offers and needs brought together: candidates with reasons, consent of both sides, contacts only after it."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grandunion.adapters import index
from grandunion.engines.matching import value_of
from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.parties import Conflict, Membership
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import DeclineReason, FailReason, Market, MatchState, Side, SuccessKind
from grandunion.terms.needs import Category
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Refused, Stale
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.permissions import base as policy
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import journal, matches
from tests.cast import LONG_AGO, NOON, make_user

pytestmark = pytest.mark.django_db

COIL = {
    "contact_name": "Secret Bo",
    "contact_phone": "0551-7654321",
    "contact_email": "bo-private@company.example",
    "category": Category.TECHNOLOGY.value,
    "title_zh": "高温超导磁体线圈",
    "text_zh": "需要用于聚变装置的高温超导磁体线圈绕制工艺。",
    "trl_wanted": 5,
}


def make_achievement(title, owner, **values):
    """An achievement straight into its table, with its words in the index."""
    count = Achievement.objects.unscoped("tests number their achievements").count() + 1
    given = {"level": Level.MEMBERS, "state": AchievementState.IN_LIBRARY, "number": f"ACH-2026-{count:04d}", **values}
    made = Achievement.objects.create(
        title_zh=title, owner=owner, state_at=NOON, created_at=NOON, updated_at=NOON, **given
    )
    base.index_words(made)
    return made


@pytest.fixture
def need(bo):
    return need_actions.register(COIL, by=bo, at=NOON)


@pytest.fixture
def coil(university):
    """What Chen's university has to offer."""
    university.contact_name, university.contact_phone = "Secret Office", "0551-1112223"
    university.save(update_fields=["contact_name", "contact_phone"])
    return make_achievement("超导磁体线圈绕制工艺", university, trl=5, abstract_public_zh="高温超导带材绕制磁体线圈。")


@pytest.mark.parametrize("is_sent", [False, True])
@pytest.mark.parametrize("against", ["", "coil", "need"])
def test_a_match_opens_to_those_among_whose_matches_it_is(need, coil, ada_user, as_reader, is_sent, against, request):
    ada, bo, office, dee, operator = map(request.getfixturevalue, ("ada", "bo", "office", "dee", "operator"))
    match = actions.suggest(need, coil, by=ada, at=NOON)
    if is_sent:
        match = actions.send(match, by=ada, at=NOON)
    if against:
        owner = coil.owner if against == "coil" else need.owner
        Conflict.objects.create(user=ada_user, organisation=owner, reason="a cousin", declared_at=NOON)
    opens = set()
    for reader in (as_reader(ada_user), bo, office, dee, operator, visitor(NOON), as_reader(ada_user)):
        if matches.visible_to(reader).filter(pk=match.pk).exists():
            opens.add(reader.name)
            assert matches.get(match.number, reader).pk == match.pk
        else:
            with pytest.raises(Absent):
                matches.get(match.number, reader)
    assert (ada.name in opens) is not bool(against)
    assert ({bo.name, office.name} <= opens) is is_sent
    assert dee.name not in opens


@pytest.fixture
def sent(need, coil, ada):
    """The pair, sent to both sides."""
    return actions.send(actions.suggest(need, coil, by=ada, at=NOON), by=ada, at=NOON)


def test_a_pair_goes_from_suggestion_to_success(need, coil, ada, bo, office):
    match = actions.suggest(need, coil, by=ada, at=NOON)
    actions.send(match, by=ada, at=NOON)
    actions.accept(matches.get(match.number, office), Side.OFFERING, by=office, at=NOON)
    match = matches.get(match.number, bo)
    assert match.state == MatchState.INTERESTED
    actions.accept(match, Side.NEEDING, by=bo, at=NOON)
    match = matches.get(match.number, ada)
    actions.introduce(match, by=ada, at=NOON)
    actions.meet(match, held_at=NOON, place="Core Area", by=ada, at=NOON)
    actions.meet(match, held_at=NOON, by=bo, at=NOON)
    actions.negotiate(match, by=bo, at=NOON)
    actions.succeed(match, SuccessKind.CONTRACT, by=ada, at=NOON)
    assert (match.state, match.outcome) == (MatchState.SUCCESS, "contract")
    assert len(matches.meetings(match)) == 2


BO_SECRETS = ("Secret Bo", "0551-7654321", "bo-private@company.example")
OFFICE_SECRETS = ("Secret Office", "0551-1112223")


def shown_to(reader, number):
    """Everything a match's page and time line tell the reader, as one text."""
    match = matches.get(number, reader)
    found = matches.page(match, reader, permissions.parts_of(reader, match))
    lines = matches.veiled(
        journal.timeline(match, policy.clearance(reader, match)), match, reader, is_desk=found.is_desk
    )
    return json.dumps([repr(found), repr(lines)], ensure_ascii=False)


def tells(text, secrets):
    return [secret for secret in secrets if secret in text]


def test_neither_side_learns_the_others_contact_before_the_introduction(sent, ada, bo, office):
    number = sent.number
    assert not tells(shown_to(bo, number), OFFICE_SECRETS)
    assert not tells(shown_to(office, number), BO_SECRETS)
    actions.view(matches.get(number, bo), by=bo, at=NOON)
    actions.accept(matches.get(number, bo), Side.NEEDING, by=bo, at=NOON)
    assert not tells(shown_to(office, number), BO_SECRETS)
    actions.accept(matches.get(number, office), Side.OFFERING, by=office, at=NOON)
    assert not tells(shown_to(bo, number), OFFICE_SECRETS)  # both agree, but nobody has introduced them
    assert not tells(shown_to(office, number), BO_SECRETS)
    actions.introduce(matches.get(number, ada), by=ada, at=NOON)
    assert tells(shown_to(bo, number), OFFICE_SECRETS) == list(OFFICE_SECRETS)
    assert tells(shown_to(office, number), BO_SECRETS) == list(BO_SECRETS)


def test_before_the_introduction_the_time_line_names_nobody_of_the_other_side(sent, bo, office):
    actions.accept(matches.get(sent.number, office), Side.OFFERING, by=office, at=NOON)
    assert "Office" not in shown_to(bo, sent.number).replace("Secret Office", "")
    assert "Office" in shown_to(office, sent.number)


@pytest.mark.parametrize("consents", [(), (Side.OFFERING,), (Side.NEEDING,)])
def test_nobody_is_introduced_without_both_consents(sent, ada, consents):
    for side in consents:
        actions.accept(sent, side, by=ada, at=NOON, note="by phone on Tuesday")
    with pytest.raises(Refused):
        actions.introduce(sent, by=ada, at=NOON)


def test_a_row_forced_into_introduced_without_consent_still_tells_nothing(sent, bo):
    Match.objects.unscoped("a test forges a row").filter(pk=sent.pk).update(state=MatchState.INTRODUCED)
    assert not tells(shown_to(bo, sent.number), OFFICE_SECRETS)


def test_after_failure_and_revival_the_contacts_are_closed_again(sent, ada, bo):
    for side in Side:
        actions.accept(sent, side, by=ada, at=NOON, note="by phone")
    actions.introduce(sent, by=ada, at=NOON)
    actions.fail(sent, FailReason.PRICE, by=ada, at=NOON)
    actions.revive(sent, reason="a new price", by=ada, at=NOON)
    with pytest.raises(Absent):
        matches.get(sent.number, bo)  # a suggestion is the desk's own
    actions.send(sent, by=ada, at=NOON)
    assert not tells(shown_to(bo, sent.number), OFFICE_SECRETS)


@pytest.mark.parametrize(
    ("who", "side", "note", "may"),
    [
        ("bo", Side.NEEDING, "", True),
        ("bo", Side.OFFERING, "they would", False),
        ("office", Side.OFFERING, "", True),
        ("office", Side.NEEDING, "they would", False),
        ("ada", Side.NEEDING, "Mr Bo by phone", True),
        ("ada", Side.NEEDING, "", False),
        ("dee", Side.NEEDING, "x", False),
    ],
)
def test_each_side_consents_for_itself_and_the_desk_only_on_its_word(request, sent, who, side, note, may):
    reader = request.getfixturevalue(who)
    assert bool(permissions.may_accept(reader, sent, side, note)) is may
    if not may:
        with pytest.raises(Forbidden):
            actions.accept(sent, side, by=reader, at=NOON, note=note)


def test_somebody_on_both_sides_consents_for_one_only(sent, bo_company, university, as_reader):
    both = make_user("both@example.org", Role.ENTERPRISE, bo_company)
    Membership.objects.create(user=both, organisation=university, role=Role.UNIVERSITY, starts_on=LONG_AGO)
    reader = as_reader(both)
    actions.accept(sent, Side.NEEDING, by=reader, at=NOON)
    with pytest.raises(Forbidden):
        actions.accept(sent, Side.OFFERING, by=reader, at=NOON)


def test_a_consent_is_given_once(sent, bo):
    actions.accept(sent, Side.NEEDING, by=bo, at=NOON)
    with pytest.raises(Refused, match="accepted already"):
        actions.accept(sent, Side.NEEDING, by=bo, at=NOON)


@pytest.mark.parametrize("who", ["bo", "office", "dee", "chen"])
def test_a_suggestion_is_seen_by_the_desk_alone(request, need, coil, ada, who):
    match = actions.suggest(need, coil, by=ada, at=NOON)
    assert matches.get(match.number, ada).pk == match.pk
    with pytest.raises(Absent):
        matches.get(match.number, request.getfixturevalue(who))


@pytest.mark.parametrize(("who", "sees"), [("bo", True), ("office", True), ("ada", True), ("dee", False)])
def test_what_is_sent_is_seen_by_both_sides_and_the_desk(request, sent, who, sees):
    assert matches.visible_to(request.getfixturevalue(who)).filter(pk=sent.pk).exists() is sees


def test_a_conflict_of_interest_closes_the_match_to_an_officer(sent, ada_user, university, as_reader):
    Conflict.objects.create(user=ada_user, organisation=university, reason="spouse", declared_at=NOON)
    with pytest.raises(Absent):
        matches.get(sent.number, as_reader(ada_user))


def test_the_officer_in_charges_conflict_stops_sending(need, coil, ada, ada_user, university):
    match = actions.suggest(need, coil, by=ada, at=NOON)
    Conflict.objects.create(user=ada_user, organisation=university, reason="spouse", declared_at=NOON)
    with pytest.raises(Refused, match="conflict of interest"):
        actions.send(match, by=ada, at=NOON)


def test_candidates_come_with_reasons_the_best_first(need, coil, university, ada, reading, queries):
    make_achievement("校园导航小程序", university)
    make_achievement("超导电缆接头", university, trl=2)
    make_achievement("超导磁体线圈绕制工艺（草稿）", university, state=AchievementState.DRAFT)
    with reading(), queries(14):
        found = matches.candidates(need, ada)
    assert [one.achievement.title.zh for one in found.offers] == ["超导磁体线圈绕制工艺", "超导电缆接头"]
    assert "高温超导" in found.offers[0].sentence.zh
    assert found.offers[0].score.parts[0].code == "text"


def test_the_same_field_is_found_without_a_word_in_common(need, university, ada):
    parent = Term.objects.create(list="fields", code="fusion", name_zh="聚变能源", name_en="Fusion")
    child = Term.objects.create(list="fields", code="magnets", name_zh="磁体", name_en="Magnets", parent=parent)
    need_actions.edit(need, {"field": "magnets"}, by=ada, at=NOON)
    same = make_achievement("低温恒温器", university, field=child)
    near = make_achievement("等离子体诊断", university, field=parent)
    assert [one.achievement for one in matches.candidates(need, ada).offers] == [same, near]


def test_an_outsider_finds_only_what_is_open_and_reads_no_price(need, coil, university, ada, bo):
    Achievement.objects.unscoped("a test sets a price").filter(pk=coil.pk).update(price_min=Decimal(10))
    need_actions.edit(need, {"budget": "100"}, by=ada, at=NOON)
    make_achievement("高温超导磁体线圈秘方", university, level=Level.ORGANISATION)
    assert len(matches.candidates(need, ada).offers) == 2
    for reader, knows in ((ada, True), (bo, False)):
        one = next(c for c in matches.candidates(need, reader).offers if c.achievement.pk == coil.pk)
        part = next(part for part in one.score.parts if part.code == "budget")
        assert (part.value is not None) is knows
    assert [c.achievement.pk for c in matches.candidates(need, bo).offers] == [coil.pk]


def test_a_match_keeps_reasons_that_both_sides_may_read(need, coil, ada):
    Achievement.objects.unscoped("a test sets a price").filter(pk=coil.pk).update(price_min=Decimal(10))
    need_actions.edit(need, {"budget": "100"}, by=ada, at=NOON)
    match = actions.suggest(need, coil, by=ada, at=NOON)
    kept = matches.kept_score(matches.get(match.number, ada))
    assert value_of(kept.parts) == kept.value == match.score
    assert next(part for part in kept.parts if part.code == "budget").value is None


def test_excluded_offers_say_why_to_the_desk_and_are_not_shown_to_the_applicant(need, coil, bo_company, ada, bo):
    rows = Achievement.objects.unscoped("a test excludes a partner")
    rows.filter(pk=coil.pk).update(partners_excluded="不与博机器人有限公司合作")
    found = matches.candidates(need, ada)
    assert (found.offers, len(found.excluded)) == ((), 1)
    assert "leave this partner out" in found.excluded[0].sentence.en
    assert matches.candidates(need, bo).excluded == ()
    with pytest.raises(Refused, match="leave this partner out"):
        actions.suggest(need, rows.get(pk=coil.pk), by=ada, at=NOON)


def test_an_organisation_is_not_matched_with_itself(need, bo_company, ada):
    own = make_achievement("高温超导磁体线圈", bo_company)
    assert matches.candidates(need, ada).excluded[0].achievement == own
    with pytest.raises(Refused, match="same organisation"):
        actions.suggest(need, own, by=ada, at=NOON)


def test_what_was_declined_is_left_out_with_its_reason_and_can_be_revived(sent, coil, need, ada, office):
    actions.decline(matches.get(sent.number, office), DeclineReason.NO_CAPACITY, by=office, at=NOON, note="busy")
    found = matches.candidates(need, ada)
    assert found.excluded[0].sentence.en == f"Tried before ({sent.number}): No capacity now."
    with pytest.raises(Refused, match="tried before"):
        actions.suggest(need, coil, by=ada, at=NOON)
    match = matches.get(sent.number, ada)
    assert (match.reason, match.declined_by) == ("no_capacity", "offering")
    actions.revive(match, reason="they have people again", by=ada, at=NOON)
    assert (match.state, match.reason, match.declined_by) == (MatchState.SUGGESTED, "", "")


def test_the_note_beside_a_refusal_is_not_told_to_the_other_side(sent, ada, bo, office):
    actions.decline(matches.get(sent.number, office), DeclineReason.OTHER, by=office, at=NOON, note="we dislike them")
    assert "we dislike them" not in shown_to(bo, sent.number)
    for reader, tells_note in ((ada, True), (office, True), (bo, False)):
        match = matches.get(sent.number, reader)
        assert matches.page(match, reader, permissions.parts_of(reader, match)).tells_note is tells_note


def test_reasons_to_decline_are_counted_by_market(sent, ada, office, dee):
    actions.decline(matches.get(sent.number, office), DeclineReason.TOO_FAR, by=office, at=NOON)
    assert matches.declined_counts(ada) == [(Market.TECHNOLOGY, DeclineReason.TOO_FAR, 1)]
    assert matches.declined_counts(dee) == []


def test_a_pair_stands_once(need, coil, ada):
    first = actions.suggest(need, coil, by=ada, at=NOON)
    assert actions.suggest(need, coil, by=ada, at=NOON).pk == first.pk
    assert matches.candidates(need, ada).offers == ()


def test_one_need_with_two_offers_and_one_offer_for_two_needs_are_pairs_of_their_own(need, coil, university, ada, bo):
    other = make_achievement("磁体线圈检测", university, trl=5)
    pairs = [(need, coil), (need, other), (need_actions.register(COIL, by=bo, at=NOON), coil)]
    made = [actions.suggest(*pair, by=ada, at=NOON).pk for pair in pairs]
    assert len(set(made)) == 3
    assert [actions.suggest(*pair, by=ada, at=NOON).pk for pair in reversed(pairs)] == made[::-1]


def test_an_applicant_asks_for_an_achievement_and_its_owner_answers(need, coil, bo, office):
    match = actions.ask_for(need, coil, by=bo, at=NOON)
    assert (match.state, match.needing_accepted_at) == (MatchState.INTERESTED, NOON)
    theirs = matches.get(match.number, office)
    assert {move.code for move, verdict in permissions.offers(office, theirs) if verdict} == {"accept", "decline"}
    assert "Bo" not in shown_to(office, match.number).replace("Bo Robotics", "")
    actions.accept(theirs, Side.OFFERING, by=office, at=NOON)
    assert {move.code for move, _ in permissions.offers(office, theirs)} == {"decline"}


def test_a_researcher_without_an_organisation_stands_on_the_needing_side(chen, coil, ada):
    need = need_actions.register(COIL, by=chen, at=NOON)
    match = actions.propose(need, coil, by=ada, at=NOON)
    assert permissions.open_sides(chen, matches.get(match.number, chen)) == (Side.NEEDING,)


@pytest.mark.parametrize("who", ["bo", "office", "chen", "dee"])
def test_only_the_desk_suggests(request, need, coil, who):
    with pytest.raises(Forbidden):
        actions.suggest(need, coil, by=request.getfixturevalue(who), at=NOON)


def test_a_meeting_follows_the_introduction(sent, ada):
    with pytest.raises(Forbidden):
        actions.meet(sent, held_at=NOON, by=ada, at=NOON)


def test_a_stale_decision_is_refused(sent, bo, office):
    mine = matches.get(sent.number, bo)
    actions.view(matches.get(sent.number, office), by=office, at=NOON)
    with pytest.raises(Stale):
        actions.accept(mine, Side.NEEDING, by=bo, at=NOON, version=mine.version)


def test_an_organisation_or_an_expert_is_offered_too(need, ada, chen_person, chen, university, as_reader):
    match = actions.propose(need, chen_person, by=ada, at=NOON)
    assert permissions.open_sides(chen, matches.get(match.number, chen)) == (Side.OFFERING,)
    other = actions.propose(need, university, by=ada, at=NOON)
    assert (other.offering, other.score) == (university, None)


@given(words=st.lists(st.sampled_from(["超导", "线圈", "coil", "的", "工艺", "x1"]), max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_counted_as_a_slow_reader_would(need, coil, words):
    text = " ".join(words)
    kept = set(index.words_of(getattr(coil, name) for name in coil.searched).split())
    shared = len(set(index.telling(text)) & kept)
    assert dict(index.any_of("achievement", text)).get(coil.pk, 0) == shared


def _hidden(record, depth):
    """A value for each text, number and choice of a record that lies deeper than its reader reads."""
    for field in record._meta.concrete_fields:
        if record.secrecy[field.name] > depth and not field.is_relation and field.name != "partners_excluded":
            kind = field.get_internal_type()
            yield field.name, {"DecimalField": Decimal(7), "PositiveSmallIntegerField": 3, "JSONField": {"a": 1},
                               "BooleanField": True}.get(kind, "超导磁体线圈绕制")  # fmt: skip


@pytest.mark.parametrize(("who", "depth"), [("ada", Secrecy.S2), ("bo", Secrecy.S1)])
def test_the_ranking_does_not_change_when_only_a_hidden_field_changes(request, need, coil, university, who, depth):
    reader = request.getfixturevalue(who)
    rows = Achievement.objects.unscoped("a test changes what its reader cannot see")
    make_achievement("超导电缆接头", university, trl=2)
    make_achievement("校园导航小程序", university)

    def said():
        found = matches.candidates(need, reader)
        return [(one.number, one.score, one.sentence) for one in (*found.offers, *found.excluded)], found.compared

    before, changed = said(), 0
    assert before[1] == 2
    for name, value in _hidden(coil, depth):
        prior = rows.values_list(name, flat=True).get(pk=coil.pk)
        text = value[: coil._meta.get_field(name).max_length] if isinstance(value, str) else value
        if name == "prior_publication":
            text = "done"
        rows.filter(pk=coil.pk).update(**{name: text})
        assert said() == before, name
        rows.filter(pk=coil.pk).update(**{name: prior})
        changed += 1
    assert changed > 4


@pytest.mark.parametrize(
    "text", ["needs 300 square metres", "需要三百平方米", "12 kg", "40 m2", "五十公里", "80 cubic metres"]
)
def test_units_are_no_words_that_two_texts_share(text):
    other = "a hall of 9 square metres or cubic metres, 7 m2, 5 kg, 九平方米、九公里"
    assert not set(index.telling(text)) & set(index.telling(other))
    assert set(index.telling("方舱医院 square wave")) & set(index.telling("方舱 sine wave"))
