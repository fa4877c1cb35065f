"""Prepared replies: who writes them, what they do in one go, and one deed on many needs."""

from dataclasses import replace

import pytest

from grandunion.records.needs import Assignment, Macro, Need, Note
from grandunion.terms.needs import REPLY_MOVES, REPLY_PLACES, NeedState, NoteKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs.macros import MOVES
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries import journal
from grandunion.work.queries.needs import macros as queries
from tests.cast import NOON, make_organisation, make_user
from tests.packs import hefei_pack

pytestmark = pytest.mark.django_db
WHO = {"at": NOON}
REPLY = {"code": "hello", "name_zh": "问候", "name_en": "Hello", "note_kind": "to_applicant",
         "text_en": "Dear {contact}, {number} is with {office}. {officer}"}  # fmt: skip


@pytest.fixture
def ada(as_reader):
    return as_reader(make_user("ada@hub.example", Role.OFFICER))


@pytest.fixture
def planner(as_reader):
    return as_reader(make_user("pia@hub.example", Role.PLANNER))


@pytest.fixture
def office(db):
    return make_organisation("Park Services", name_zh="园区服务公司")


def register(ada, title="Ten flats", **more):
    given = {"contact_name": "Bo", "contact_email": "bo@x.example", "category": "other", "title_en": title,
             "text_en": "Flats.", **more}  # fmt: skip
    return actions.register(given, by=ada, at=NOON)


@pytest.fixture
def need(ada):
    return register(ada)


def prepared(planner, **more):
    return actions.save_macro({**REPLY, **more}, by=planner, at=NOON)


def texts(need):
    return [note.text for note in Note.objects.unscoped("tests look at what was made").filter(need=need)]


def test_a_reply_fills_its_places_and_writes_in_the_language_of_the_need(need, ada, planner, office):
    macro = prepared(planner, text_zh="{contact}您好，{number}由{office}办理。", assignee=office.number)
    actions.use_macro(need, macro, by=ada, at=NOON)
    assert texts(need) == [f"Dear Bo, {need.number} is with Park Services. Ada"]
    chinese = register(ada, "", title_zh="十套公寓", text_zh="公寓。")
    actions.use_macro(chinese, macro, by=ada, at=NOON)
    assert texts(chinese) == [f"Bo您好，{chinese.number}由园区服务公司办理。"]
    assert need.state == NeedState.DISPATCHED
    assert "need.macro_used" in [line.verb for line in journal.timeline(need, 4)]


def test_a_reply_of_which_one_part_is_refused_does_nothing(need, ada, planner):
    macro = prepared(planner, sets={"urgency": "high"}, move="close_explained")
    with pytest.raises(Refused):
        actions.use_macro(need, macro, by=ada, at=NOON)
    assert texts(need) == []
    assert Need.objects.unscoped("tests look at what was made").get(pk=need.pk).urgency == "normal"


def test_a_reply_sets_takes_and_answers(need, ada, planner):
    sets = {"urgency": "high", "take": True}
    actions.use_macro(need, prepared(planner, sets=sets, note_kind="", move="answer"), by=ada, at=NOON)
    assert (need.urgency, need.in_charge_id, need.state) == ("high", ada.user_id, NeedState.ANSWERED)
    (row,) = Assignment.objects.unscoped("tests look at what was made").filter(need=need)
    assert row.answer.startswith("Dear Bo")


def test_the_words_may_be_changed_before_they_are_sent(need, ada, planner):
    actions.use_macro(need, prepared(planner), by=ada, at=NOON, text="Other words.")
    assert texts(need) == ["Other words."]


def test_a_reply_for_another_category_or_retired_is_refused(need, ada, planner):
    macro = prepared(planner, category="policy")
    with pytest.raises(Refused, match="for"):
        actions.use_macro(need, macro, by=ada, at=NOON)
    other = prepared(planner, code="second")
    actions.retire_macro(other, by=planner, at=NOON)
    with pytest.raises(Refused, match="retired"):
        actions.use_macro(need, other, by=ada, at=NOON)
    assert [one.code for one in queries.macros_for(["other"])] == []
    actions.retire_macro(other, by=planner, at=NOON)
    assert [one.code for one in queries.macros_for(["other"])] == ["second"]
    assert [one.code for one in queries.macros_for(["other", "policy"])] == ["second"]


def test_only_planners_and_administrators_write_replies_and_only_the_desk_uses_them(need, ada, planner, as_reader):
    admin = as_reader(make_user("al@hub.example", Role.ADMINISTRATOR))
    macro = actions.save_macro(REPLY, by=admin, at=NOON)
    for reader in (ada, visitor(NOON)):
        with pytest.raises(Forbidden):
            actions.save_macro({**REPLY, "code": "x1"}, by=reader, at=NOON)
        with pytest.raises(Forbidden):
            actions.retire_macro(macro, by=reader, at=NOON)
    for reader in (planner, visitor(NOON)):
        with pytest.raises(Forbidden):
            actions.use_macro(need, macro, by=reader, at=NOON)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"code": "Bad Code"}, "code"), ({"name_zh": ""}, "name_zh"), ({"text_en": "{secret}"}, "text_zh"),
     ({"sets": {"state": "closed"}}, "sets"), ({"sets": {"urgency": "very"}}, "sets"), ({"move": "merge"}, "move"),
     ({"note_kind": "from_applicant"}, "note_kind"), ({"assignee": "Nobody"}, "assignee"), ({"text_en": ""}, "text_zh"),
     ({"note_kind": "", "text_en": ""}, "move"), ({"category": "strange"}, "category")],
)  # fmt: skip
def test_a_reply_that_makes_no_sense_is_refused_at_its_field(planner, more, field):
    with pytest.raises(Invalid) as refused:
        prepared(planner, **more)
    assert field in [problem.field for problem in refused.value.problems]


def test_a_reply_is_changed_under_its_version_and_a_packs_only_in_the_pack(planner):
    macro = prepared(planner)
    actions.save_macro({**REPLY, "name_en": "Good day"}, by=planner, at=NOON, macro=macro, version=1)
    with pytest.raises(Stale):
        actions.save_macro(REPLY, by=planner, at=NOON, macro=macro, version=1)
    with pytest.raises(Invalid, match="taken"):
        prepared(planner)
    Macro.objects.update(is_of_pack=True)
    with pytest.raises(Forbidden, match="pack"):
        actions.save_macro(REPLY, by=planner, at=NOON, macro=Macro.objects.get())


def test_the_packs_replies_come_in_once_and_make_moves_that_there_are(operator):
    pack = hefei_pack()
    load_pack(pack, by=operator, at=NOON)
    first = list(Macro.objects.order_by("code").values())
    assert len(first) == len(pack.desk.macros) >= 5
    assert load_pack(pack, by=operator, at=NOON).changes == 0
    assert frozenset(MOVES) == REPLY_MOVES
    assert frozenset(queries.PLACES) == REPLY_PLACES


def test_of_many_needs_each_is_done_or_refused_alone_and_the_preview_changes_nothing(ada, planner, office):
    good, spam = register(ada), register(ada, "Buy now")
    actions.move(spam, "mark_as_spam", by=ada, at=NOON)
    do = actions.to_ask(office.number, by=ada, at=NOON)
    numbers = [good.number, spam.number, "NED-2020-0001", good.number]
    before = journal.first_broken(), Assignment.objects.unscoped("tests count").count()
    tried = actions.do_to_many(numbers, do, by=ada, is_trial=True)
    assert (journal.first_broken(), Assignment.objects.unscoped("tests count").count()) == before == (None, 0)
    done = actions.do_to_many(numbers, do, by=ada)
    assert [(one.number, one.is_done) for one in done] == [(one.number, one.is_done) for one in tried] == [
        (good.number, True), (spam.number, False), ("NED-2020-0001", False),
    ]  # fmt: skip
    assert all(one.reason.zh for one in done if not one.is_done)
    assert journal.first_broken() is None


def test_merging_spamming_handing_over_and_replies_work_in_bulk(ada, planner, as_reader):
    one, two, three = (register(ada, title) for title in ("One", "Two", "Three"))
    lin = make_user("lin@hub.example", Role.OFFICER)
    prepared(planner)
    found = [
        actions.do_to_many([two.number], actions.to_merge(one.number, by=ada, at=NOON), by=ada),
        actions.do_to_many([one.number, three.number], actions.to_hand_over(lin.pk, by=ada, at=NOON), by=ada),
        actions.do_to_many([one.number, three.number], actions.to_use("hello", by=ada, at=NOON), by=ada),
        actions.do_to_many([three.number], actions.to_set_aside(by=ada, at=NOON), by=ada),
    ]
    assert all(each.is_done for outcome in found for each in outcome)
    kept = {row.number: row for row in Need.objects.unscoped("tests look at what was made")}
    assert (kept[two.number].state, kept[three.number].state) == (NeedState.MERGED, NeedState.SPAM)
    assert kept[one.number].in_charge_id == lin.pk


def test_what_is_not_ones_own_is_not_told_apart_from_what_is_not_there(ada, as_reader, need):
    dee = as_reader(make_user("dee@x.example", Role.ENTERPRISE, make_organisation("X")))
    found = actions.do_to_many([need.number, "NED-2020-0001"], actions.to_set_aside(by=dee, at=NOON), by=dee)
    assert {(one.is_done, one.reason, one.title) for one in found} == {(False, Absent().reason, found[0].title)}


def test_none_and_too_many_are_refused(ada):
    for numbers in ([], [" "], [f"NED-2026-{n:04d}" for n in range(101)]):
        with pytest.raises(Invalid):
            actions.do_to_many(numbers, actions.to_set_aside(by=ada, at=NOON), by=ada)


def test_an_internal_reply_is_kept_among_the_desk(need, ada, planner):
    macro = prepared(planner, note_kind="internal")
    actions.use_macro(need, macro, by=replace(ada), at=NOON)
    (note,) = Note.objects.unscoped("tests look at what was made").filter(need=need)
    assert note.note_kind == NoteKind.INTERNAL
