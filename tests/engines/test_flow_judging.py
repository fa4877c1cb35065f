"""How a flow says no, what it offers, what a pack may change, and what its check finds."""

from dataclasses import replace

import pytest

from grandunion.engines.flows import NEED_FLOW, PROJECT_FLOW, Fact, Flow, Guard, Move, State, service_preset
from grandunion.engines.flows.pieces import is_filled
from grandunion.terms.clocks import Clock
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

ADA = frozenset({Part.OFFICER})
BO = frozenset({Part.OWNER})


def named(word):
    return Text(word.capitalize(), f"中文{word}")


def a_state(code, **marks):
    return State(code, named(code), named(code), **marks)


RIPE = Guard("ripe", Text("It is not ripe.", "尚未成熟。"), lambda facts: facts.get("is_ripe") is True, ("is_ripe",))
TREE = Flow(
    code="tree",
    name=Text("Tree", "树"),
    prefix="TRE",
    initial="seed",
    states=(
        a_state("seed"),
        a_state("sapling", is_optional=True, requires=("height",)),
        a_state("fruit", requires=("weight", "colour"), clock=Clock(working_days=3)),
        a_state("eaten", is_final=True),
    ),
    moves=(
        Move("sprout", named("sprout"), ("seed",), "sapling", ADA | BO),
        Move("bear", named("bear"), ("seed", "sapling"), "fruit", ADA, (RIPE,), asks=("colour",)),
        Move("eat", named("eat"), ("fruit", "sapling"), "eaten", BO, needs_reason=True),
    ),
    facts=(
        Fact("height", Text("height", "高度")),
        Fact("weight", Text("weight", "重量")),
        Fact("colour", Text("colour", "颜色")),
        Fact("is_ripe", Text("ripe", "是否成熟"), "bool"),
    ),
)
FULL = {"height": 1, "weight": 2, "colour": "red", "is_ripe": True, "reason": "hungry"}


def test_the_tree_of_these_tests_is_sound():
    assert TREE.check() == ()


def test_a_move_is_named_by_its_verb_or_by_where_it_leads():
    assert TREE.may_move("seed", "bear", FULL, ADA)
    assert TREE.may_move("seed", "fruit", FULL, ADA)


def test_a_refusal_says_where_one_is_and_what_is_possible_instead():
    reason = TREE.may_move("seed", "eaten", FULL, BO).reason
    assert reason.en == "“Eaten” does not follow “Seed”. From here one can: Sprout, Bear."
    assert reason.zh == "“中文seed”之后不能直接“中文eaten”。当前可以：中文sprout、中文bear。"
    assert TREE.may_move("eaten", "bear", FULL, ADA).reason.en.endswith("Nothing leads on from here.")


def test_a_refusal_names_those_who_may():
    assert TREE.may_move("seed", "bear", FULL, BO).reason.en == "Only these may do “Bear”: Any officer of the area."


def test_a_refusal_names_all_that_is_missing_at_once():
    reason = TREE.may_move("seed", "bear", {"colour": "  "}, ADA).reason
    assert reason.en == "“Bear” (to “Fruit”) has to wait. Fill in: weight, colour. It is not ripe."
    assert reason.zh == "暂不能“中文bear”（进入“中文fruit”）。请填写：重量、颜色。尚未成熟。"


def test_a_reason_is_asked_for_by_name():
    assert "the reason" in TREE.may_move("fruit", "eat", {}, BO).reason.en


def test_an_unknown_state_is_refused_and_not_ignored():
    with pytest.raises(Refused, match="trunk"):
        TREE.may_move("trunk", "eat", FULL, BO)
    with pytest.raises(Refused, match="grow"):
        TREE.move("grow")
    with pytest.raises(Refused, match="taste"):
        TREE.label("taste")


def test_a_word_that_is_neither_move_nor_state_is_refused_with_the_ways_on():
    assert "“fly” does not follow" in TREE.may_move("seed", "fly", FULL, ADA).reason.en


def test_offers_are_the_readers_own_moves_and_leave_open_what_the_form_will_ask():
    ((move, verdict),) = TREE.offers("fruit", {}, BO)
    assert (move.code, bool(verdict)) == ("eat", True)
    offers = {move.code: verdict for move, verdict in TREE.offers("seed", {"weight": 1, "is_ripe": True}, ADA)}
    assert bool(offers["bear"]) is True
    assert "height" in offers["sprout"].reason.en


def test_of_two_ways_to_one_state_the_allowed_one_counts():
    by_gift = Move("give", named("give"), ("fruit",), "eaten", ADA)
    flow = replace(TREE, moves=(*TREE.moves, by_gift))
    assert flow.may_move("fruit", "eaten", {}, ADA)
    assert flow.may_move("fruit", "eaten", {}, BO).reason.en.startswith("“Eat”")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, False), ("", False), (" ", False), ((), False), ([], False), (0, True), (False, True), ("a", True)],
)
def test_no_and_zero_are_answers_but_nothing_is_not(value, expected):
    assert is_filled(value) is expected


def test_a_pack_renames_sets_clocks_and_switches_optional_states_off():
    flow = TREE.with_preset(
        {
            "seed": {"name": {"en": "Stone", "zh": "果核"}, "clock": {"hours": 24}},
            "sapling": {"is_off": True},
            "fruit": {"clock": None, "public_name": {"en": "Apple", "zh": "苹果"}},
        }
    )
    assert flow.state("seed").name == Text("Stone", "果核")
    assert flow.state("seed").public_name == named("seed")
    assert flow.state("seed").clock == Clock(hours=24)
    assert flow.state("fruit").clock is None
    assert not flow.may_move("seed", "sprout", FULL, ADA)
    assert [move.code for move, _ in flow.offers("seed", FULL, ADA)] == ["bear"]
    assert TREE.state("seed").clock is None


def test_a_record_in_a_state_that_was_switched_off_still_has_its_moves_out():
    flow = TREE.with_preset({"sapling": {"is_off": True}})
    assert flow.may_move("sapling", "bear", FULL, ADA)


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"trunk": {}}, "no state “trunk”"),
        ({"seed": {"code": "pip"}}, "“code” cannot be set"),
        ({"seed": {"is_off": True}}, "Only an optional state"),
        ({"seed": {"name": {"en": "Pip"}}}, "both filled in"),
        ({"seed": {"name": {"en": "Pip", "zh": ""}}}, "both filled in"),
        ({"seed": {"clock": {"working_days": 0}}}, "one length above zero"),
        ({"seed": {"clock": {"working_days": 1, "hours": 3}}}, "one length above zero"),
        ({"seed": {"clock": {"working_days": True}}}, "one length above zero"),
        ({"seed": {"clock": {"working_days": 1, "on_correction": "stop"}}}, "one length above zero"),
        ({"seed": {"clock": {"working_days": 1, "pauses_in": ["trunk"]}}}, "one length above zero"),
    ],
)
def test_a_pack_cannot_change_what_others_rely_on(preset, words):
    with pytest.raises(Refused) as refusal:
        TREE.with_preset(preset)
    assert words in refusal.value.reason.en
    assert refusal.value.problems


def test_all_faults_of_a_preset_are_named_at_once():
    with pytest.raises(Refused) as refusal:
        TREE.with_preset({"seed": {"is_off": True, "colour": 1}, "trunk": {}})
    assert [problem.field for problem in refusal.value.problems] == ["seed.colour", "seed.is_off", "trunk"]


def test_a_presets_clock_may_pause_and_start_anew():
    flow = TREE.with_preset(
        {"fruit": {"clock": {"working_days": 2, "on_correction": "reset", "pauses_in": ["sapling"]}}}
    )
    assert flow.state("fruit").clock == Clock(working_days=2, on_correction="reset", pauses_in=("sapling",))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"initial": "pip"}, "“pip”"),
        ({"moves": (*TREE.moves, Move("fly", named("fly"), ("seed",), "sky", ADA))}, "“sky”"),
        ({"states": (*TREE.states, a_state("root", is_final=True))}, "No way leads here"),
        ({"moves": TREE.moves[:2]}, "never come to an end"),
        ({"moves": (*TREE.moves, Move("bear", named("bear"), ("seed",), "fruit", ADA))}, "two things"),
        ({"moves": (*TREE.moves, Move("seed", named("sow"), ("fruit",), "eaten", ADA))}, "two things"),
        ({"facts": TREE.facts[1:]}, "“height”"),
        ({"facts": (*TREE.facts, Fact("age", Text("age", "年龄")))}, "Nothing in the table uses"),
        ({"moves": (TREE.moves[0], replace(TREE.moves[1], sources=("sapling",)), TREE.moves[2])}, "way round"),
        ({"states": (*TREE.states[:3], a_state("eaten"))}, "never come to an end"),
        ({"states": (replace(TREE.states[0], clock=Clock(hours=1, pauses_in=("sky",))), *TREE.states[1:])}, "“sky”"),
    ],
)
def test_the_check_finds_what_is_wrong_with_a_table(fault, words):
    assert words in " ".join(problem.text.en for problem in replace(TREE, **fault).check())


def test_a_retired_state_is_not_entered_but_keeps_its_moves_out():
    states = tuple(replace(s, is_retired=s.code == "sapling") for s in TREE.states)
    flow = replace(TREE, states=states)
    assert flow.check() == ()
    assert not flow.may_move("seed", "sprout", FULL, ADA)
    assert flow.may_move("sapling", "bear", FULL, ADA)
    stuck = replace(flow, moves=(replace(TREE.moves[1], sources=("seed",)), replace(TREE.moves[2], sources=("fruit",))))
    assert any(problem.field == "state sapling" for problem in stuck.check())


def test_the_optional_states_of_a_project_can_all_be_switched_off():
    preset = {state.code: {"is_off": True} for state in PROJECT_FLOW.states if state.is_optional}
    flow = PROJECT_FLOW.with_preset(preset)
    assert "landed" in flow.reachable("lead")
    assert not set(preset) & flow.reachable("lead")


def test_an_sla_preset_changes_the_clocks_of_the_need_desk():
    flow = NEED_FLOW.with_preset({"received": {"clock": {"hours": 24}}, "dispatched": {"clock": {"working_days": 30}}})
    assert flow.state("received").clock == Clock(hours=24)
    assert flow.state("dispatched").clock == Clock(working_days=30)


@pytest.mark.parametrize(
    ("limits", "clocks"),
    [
        ([("dispatch", 24, "hours")], {"received": Clock(hours=24)}),
        (
            [("contact", 60, "minutes"), ("plan", 24, "hours"), ("solve", 7, "days")],
            {"received": Clock(working_minutes=60), "triage": Clock(hours=24), "dispatched": Clock(hours=168)},
        ),
        (
            [("verify", 1, "working_days"), ("solve", 15, "working_days"), ("solve_complex", 30, "working_days")],
            {"dispatched": Clock(working_days=15), "escalated": Clock(working_days=30)},
        ),
    ],
)
def test_a_service_level_sets_the_clocks_of_its_steps(limits, clocks):
    flow = NEED_FLOW.with_preset(service_preset(limits))
    for code, clock in clocks.items():
        assert flow.state(code).clock == clock


@pytest.mark.parametrize(
    "limits",
    [
        [("dance", 1, "hours")],
        [("solve", 1, "moons")],
        [("verify", 1, "hours"), ("dispatch", 2, "hours")],
    ],
)
def test_a_service_level_that_makes_no_sense_is_refused(limits):
    with pytest.raises(Refused, match=limits[-1][0]):
        service_preset(limits)


def test_a_guard_about_what_the_form_asks_is_judged_only_when_it_is_filled_in():
    offers = {move.code: verdict for move, verdict in NEED_FLOW.offers("closed_solved", {}, BO)}
    assert offers["reopen"]
    assert not NEED_FLOW.may_move("closed_solved", "reopen", {"reason": "It broke.", "satisfaction_score": 4}, BO)
    assert NEED_FLOW.may_move("closed_solved", "reopen", {"reason": "It broke.", "satisfaction_score": 1}, BO)
