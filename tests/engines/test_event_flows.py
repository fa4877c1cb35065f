"""The life of events, registrations and promises as tables: who may, when, and what still stops it."""

import pytest

from grandunion.engines.flows import ACTION_FLOW, EVENT_FLOW, REGISTRATION_FLOW
from grandunion.terms.events import ActionState, EventState, RegistrationState
from grandunion.terms.roles import Part

DESK, GUEST, NOBODY = frozenset({Part.OFFICER}), frozenset({Part.OWNER}), frozenset()
READY = {
    "place": "Hall", "retain_until": "2027-01-01", "has_begun": True, "statements": 3, "is_second_person": True,
    "loose_difficulties": 0, "loose_commitments": 0, "open_actions": 0, "open_needs": 0,
}  # fmt: skip
HERE = {"name": "Bo", "has_place": True, "has_begun": True, "is_door_open": True}


@pytest.mark.parametrize(
    ("flow", "words"),
    [(EVENT_FLOW, EventState), (REGISTRATION_FLOW, RegistrationState), (ACTION_FLOW, ActionState)],
)
def test_every_word_for_a_state_stands_in_its_table_and_no_other(flow, words):
    assert tuple(state.code for state in flow.states) == words.codes()


@pytest.mark.parametrize(
    ("source", "move", "lacking", "said"),
    [
        ("planned", "open", {"place": ""}, "place"),
        ("planned", "open", {"retain_until": None}, "personal details"),
        ("closed", "hold", {"has_begun": False}, "not begun"),
        ("held", "draft", {"statements": 0}, "statement"),
        ("minutes_draft", "confirm", {"is_second_person": False}, "second person"),
        ("minutes_confirmed", "track", {"loose_difficulties": 1}, "need"),
        ("minutes_confirmed", "track", {"loose_commitments": 1}, "action"),
        ("actions_tracked", "finish", {"open_actions": 1}, "actions are still open"),
        ("actions_tracked", "finish", {"open_needs": 2}, "needs it raised"),
    ],
)
def test_what_is_missing_stops_the_move_and_is_said(source, move, lacking, said):
    assert EVENT_FLOW.may_move(source, move, READY, DESK)
    stopped = EVENT_FLOW.may_move(source, move, {**READY, **lacking}, DESK)
    assert not stopped
    assert said in stopped.reason.en
    unknown = {name: value for name, value in READY.items() if name not in lacking}
    assert not EVENT_FLOW.may_move(source, move, unknown, DESK), "what is unknown is refused"


@pytest.mark.parametrize("source", ["held", "minutes_draft", "minutes_confirmed", "actions_tracked", "done"])
def test_what_was_held_is_not_called_off(source):
    assert not EVENT_FLOW.may_move(source, "cancel", {**READY, "reason": "Rain"}, DESK)


@pytest.mark.parametrize("move", EVENT_FLOW.moves, ids=lambda move: move.code)
def test_guests_make_no_move_of_an_event(move):
    assert not EVENT_FLOW.may_move(move.sources[0], move.code, {**READY, "reason": "x"}, GUEST)


@pytest.mark.parametrize(
    ("source", "move", "parts", "facts", "may"),
    [
        ("pending", "approve", DESK, {}, True),
        ("pending", "approve", GUEST, {}, False),
        ("waitlisted", "approve", DESK, {"has_place": False}, False),
        ("pending", "invite", DESK, {"has_place": False}, False),
        ("invited", "accept", GUEST, {}, True),
        ("invited", "accept", GUEST, {"name": ""}, False),
        ("invited", "accept", NOBODY, {}, False),
        ("complete", "withdraw", GUEST, {}, True),
        ("attended", "withdraw", GUEST, {}, False),
        ("rejected", "attend", DESK, {}, False),
        ("no_show", "attend", DESK, {}, True),
        ("complete", "attend", DESK, {"is_door_open": False}, False),
        ("complete", "attend", GUEST, {}, False),
        ("complete", "miss", DESK, {"has_begun": False}, False),
        ("attended", "undo_attend", DESK, {}, True),
    ],
)
def test_who_does_what_to_a_registration(source, move, parts, facts, may):
    assert bool(REGISTRATION_FLOW.may_move(source, move, {**HERE, **facts}, parts)) is may


@pytest.mark.parametrize(
    ("source", "move", "parts", "facts", "may"),
    [
        ("open", "finish", GUEST, {"result": "Done"}, True),
        ("open", "finish", GUEST, {"result": " "}, False),
        ("open", "drop", GUEST, {"reason": "No"}, False),
        ("open", "drop", DESK, {"reason": "No"}, True),
        ("open", "drop", DESK, {"reason": ""}, False),
        ("done", "take_up", DESK, {"reason": "It stopped"}, True),
        ("done", "take_up", GUEST, {"reason": "It stopped"}, False),
    ],
)
def test_who_does_what_about_a_promise(source, move, parts, facts, may):
    assert bool(ACTION_FLOW.may_move(source, move, facts, parts)) is may
