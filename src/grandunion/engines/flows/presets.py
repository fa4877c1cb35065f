"""What a pack may change in a flow: what people see, how long things take, which optional states are used."""

from collections.abc import Mapping
from dataclasses import replace

from grandunion.engines.flows.pieces import State
from grandunion.terms.clocks import Clock
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem, Refused

NAMES = ("name", "public_name")
LENGTHS = ("working_days", "working_minutes", "hours")
KEYS = frozenset({*NAMES, "clock", "is_off"})
CLOCK_KEYS = frozenset({*LENGTHS, "on_correction", "pauses_in"})
CLOCK_HINT = (
    "Write one length above zero (working_days, working_minutes or hours); "
    "on_correction is continue or reset; pauses_in lists states of this flow.",
    "请填写一个大于零的时长（working_days、working_minutes 或 hours）；"
    "on_correction 为 continue 或 reset；pauses_in 为本流程的状态。",
)


def apply(states: tuple[State, ...], preset: Mapping[str, Mapping[str, object]]) -> tuple[State, ...]:
    """The states as a pack wants them; refuses, with every problem named, what a pack may not change.

    `preset` maps a state's code to any of `name` and `public_name` (each `{"en": …, "zh": …}`), `clock` (one
    of `working_days`, `working_minutes`, `hours`, and optionally `on_correction`, `pauses_in`; None for no
    clock) and `is_off` (optional states only). States that are not named stay as they are; none can be
    removed or given another code.
    """
    known = {state.code: state for state in states}
    problems = [
        problem
        for code, changes in preset.items()
        for problem in (_wrong(known[code], changes, known) if code in known else (_stranger(code, known),))
    ]
    if problems:
        raise Refused(problems[0].text, tuple(problems))
    return tuple(_changed(state, preset.get(state.code, {})) for state in states)


def _wrong(state: State, changes: Mapping[str, object], known: Mapping[str, State]) -> list[Problem]:
    found = [
        _problem(
            state,
            key,
            f"“{key}” cannot be set here: write one of {', '.join(sorted(KEYS))}.",
            f"此处不能设置“{key}”，可设置：{'、'.join(sorted(KEYS))}。",
        )
        for key in changes
        if key not in KEYS
    ]
    found += [_no_name(state, key) for key in NAMES if key in changes and not _is_name(changes[key])]
    if changes.get("is_off") and not state.is_optional:
        found.append(_problem(state, "is_off", "Only an optional state can be switched off.", "只有可选状态可以关闭。"))
    if changes.get("clock") is not None and not _is_clock(changes["clock"], known):
        found.append(_problem(state, "clock", *CLOCK_HINT))
    return found


def _is_name(value: object) -> bool:
    return isinstance(value, Mapping) and set(value) == {"en", "zh"} and all(value.values())


def _is_clock(value: object, known: Mapping[str, State]) -> bool:
    if not isinstance(value, Mapping) or not set(value) <= CLOCK_KEYS:
        return False
    lengths = [value[key] for key in LENGTHS if key in value]
    return (
        len(lengths) == 1
        and type(lengths[0]) is int
        and lengths[0] > 0
        and value.get("on_correction", "continue") in ("continue", "reset")
        and all(code in known for code in value.get("pauses_in", ()))
    )


def _changed(state: State, changes: Mapping[str, object]) -> State:
    fresh: dict[str, object] = {key: Text(**changes[key]) for key in NAMES if key in changes}
    if "is_off" in changes:
        fresh["is_off"] = bool(changes["is_off"])
    if "clock" in changes:
        fresh["clock"] = _clock(changes["clock"])
    return replace(state, **fresh)


def _clock(value: object) -> Clock | None:
    if not isinstance(value, Mapping):
        return None
    return Clock(**{**value, "pauses_in": tuple(value.get("pauses_in", ()))})


def _stranger(code: str, known: Mapping[str, State]) -> Problem:
    return Problem(
        code,
        Text(
            f"There is no state “{code}” in this flow: write one of {', '.join(known)}.",
            f"该流程没有状态“{code}”，可填写：{'、'.join(known)}。",
        ),
    )


def _no_name(state: State, key: str) -> Problem:
    return _problem(state, key, "A name has just “en” and “zh”, both filled in.", "名称须同时填写“en”和“zh”。")


def _problem(state: State, key: str, en: str, zh: str) -> Problem:
    return Problem(f"{state.code}.{key}", Text(f"State “{state.code}”: {en}", f"状态“{state.code}”：{zh}"))
