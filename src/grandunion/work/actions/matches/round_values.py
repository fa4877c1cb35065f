"""What came in for a round and for a seat in it, cleaned: words, loads, times."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from grandunion.records.matches import Round
from grandunion.terms.matches import Market
from grandunion.terms.rounds import FairTo, Objective
from grandunion.terms.text import Word
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries import lists

TEXTS = {"title_zh": 300, "title_en": 300, "place": 200, "note": None}
WORDS: Mapping[str, type[Word]] = {"market": Market, "objective": Objective, "fair_to": FairTo}
LOADS = ("needing_min", "needing_max", "offering_min", "offering_max")
MOST_LOAD, MOST_SLOTS = 1000, 200


def cleaned_round(given: Mapping[str, object], round_: Round | None = None) -> dict[str, object]:
    """The given values as columns of a round."""
    values = {name: _value(name, value) for name, value in given.items()}
    loads = {name: getattr(round_, name) if round_ else Round._meta.get_field(name).default for name in LOADS}
    loads |= {name: value for name, value in values.items() if name in LOADS}
    for side in ("needing", "offering"):
        if loads[f"{side}_max"] < loads[f"{side}_min"]:
            raise invalid(f"{side}_max", "The upper end is not below the lower one.", "上限不能低于下限。")
    return values


def _value(name: str, value: object) -> object:
    if name in TEXTS:
        return sound(name, str(value or "").strip(), TEXTS[name])
    if name in WORDS:
        return _coded(name, str(value))
    if name in LOADS:
        return _load(name, value)
    if name == "tables":
        return None if value in (None, "") else _load(name, value)
    if name == "area":
        return lists.term("areas", str(value or ""), name)
    if name == "slots":
        return _slots(value)
    raise invalid(name, f"“{name}” is not a field of a round.", f"专场没有“{name}”这一项。")


def _coded(name: str, code: str) -> str:
    words = WORDS[name]
    if not words.has(code):
        codes = words.codes()
        raise invalid(
            name, f"“{code}” is not one of: {', '.join(codes)}.", f"“{code}”不在可选范围：{'、'.join(codes)}。"
        )
    return code


def _load(name: str, value: object) -> int:
    try:
        load = int(str(value))
    except ValueError:
        load = -1
    if not 0 <= load <= MOST_LOAD:
        raise invalid(name, f"Write a number from 0 to {MOST_LOAD}.", f"请填写 0 至 {MOST_LOAD} 的整数。")
    return load


def _slots(value: object) -> list[dict[str, object]]:
    """The times of a round in their order, none twice: a code, and from when to when where that is known."""
    rows = list(value or ())[:MOST_SLOTS]
    found = [_slot(row) for row in rows]
    if len({row["code"] for row in found}) < len(found):
        raise invalid("slots", "A time stands there twice.", "时段编码重复。")
    return sorted(found, key=lambda row: row.get("starts_at", ""))


def _slot(row: object) -> dict[str, object]:
    if not isinstance(row, Mapping) or not str(row.get("code", "")).strip():
        raise invalid("slots", "Each time has a code.", "每个时段须有编码。")
    found: dict[str, object] = {"code": sound("slots", str(row["code"]).strip(), 40)}
    for end in ("starts_at", "ends_at"):
        if row.get(end):
            found[end] = _moment(row[end])
    if "starts_at" in found and found.get("ends_at", "") <= found["starts_at"]:
        raise invalid("slots", "A time ends after it starts.", "时段的结束时间须晚于开始时间。")
    if row.get("tables") is not None:
        found["tables"] = _load("slots", row["tables"])
    return found


def _moment(value: object) -> str:
    try:
        return (value if isinstance(value, datetime) else datetime.fromisoformat(str(value))).isoformat()
    except ValueError as error:
        raise invalid("slots", f"“{value}” is not a moment.", f"“{value}”不是有效的时间。") from error


def timed_slots(starts_at: datetime, minutes: int, pause: int, count: int, tables: int | None) -> list[dict]:
    """Times one after the other: each so many minutes long, with a pause between them; coded t1, t2 and so on."""
    if minutes < 1 or not 0 < count <= MOST_SLOTS or pause < 0:
        raise invalid("count", f"At least one time of a minute, at most {MOST_SLOTS}.",
                      f"至少一个时段，每段至少一分钟，最多 {MOST_SLOTS} 个时段。")  # fmt: skip
    found = []
    for number in range(count):
        start = starts_at + timedelta(minutes=number * (minutes + pause))
        one = {"code": f"t{number + 1}", "starts_at": start.isoformat(),
               "ends_at": (start + timedelta(minutes=minutes)).isoformat()}  # fmt: skip
        found.append(one if tables is None else {**one, "tables": tables})
    return found


def cleaned_seat(given: Mapping[str, object], round_: Round) -> dict[str, object]:
    """A participant's own loads, and the times at which they are not free."""
    known = {row["code"] for row in round_.slots}
    found: dict[str, object] = {}
    for name, value in given.items():
        if name in ("min_load", "max_load"):
            found[name] = None if value in (None, "") else _load(name, value)
        elif name == "not_free":
            codes = [str(code) for code in value or ()]
            if unknown := [code for code in codes if code not in known]:
                raise invalid(name, f"There is no time “{unknown[0]}”.", f"没有时段“{unknown[0]}”。")
            found[name] = codes
        else:
            raise invalid(name, f"“{name}” is not a field of a seat.", f"参与安排没有“{name}”这一项。")
    low, high = found.get("min_load"), found.get("max_load")
    if low is not None and high is not None and high < low:
        raise invalid("max_load", "The upper end is not below the lower one.", "上限不能低于下限。")
    return found
