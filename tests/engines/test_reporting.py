"""Numbers stand in running text as each language says them; typed ones are found; a seal tells what was changed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.engines.reporting import (
    Number,
    Value,
    approximated,
    change,
    digest,
    faults,
    habit,
    pieces,
    recounted,
    rendered,
    typed_numbers,
)
from grandunion.terms.plans import Qualifier
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.work_reports import BoundChange, Fault

NUMBERS = some.decimals(min_value=0, max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("value", "how", "measure", "zh", "en"),
    [
        ("846", "exactly", "家", "846家", "846"),
        ("10000", "nearly", "人", "近万人", "nearly 10,000"),
        ("100000000", "nearly", "元", "近亿元", "nearly 100 million"),
        ("12000", "nearly", "人", "近1.2万人", "nearly 12,000"),
        ("800", "over", "个", "800余个", "over 800"),
        ("30000", "over", "人", "超3万人", "over 30,000"),
        ("9", "exactly", "家", "9家", "nine"),
        ("10", "exactly", "家", "10家", "10"),
        ("3000000", "exactly", "平方米", "300万平方米", "3 million"),
        ("200000000000", "exactly", "元", "2000亿元", "200 billion"),
        ("7000", "exactly", "家", "7000家", "7,000"),
        ("60", "at_least", "个", "60个以上", "at least 60"),
        ("60", "at_least", "", "不少于60", "at least 60"),
        ("8.22", "exactly", "平方公里", "8.22平方公里", "8.22"),
    ],
)
def test_a_number_is_said_in_the_habit_of_each_language(value: str, how: str, measure: str, zh: str, en: str) -> None:
    assert habit(Decimal(value), how, Text("", measure)) == Text(en, zh)


@pytest.mark.parametrize(
    ("operator", "zh", "en"),
    [
        (">", "超过60个", "over 60"),
        (">=", "60个以上", "at least 60"),
        ("=", "60个", "60"),
        ("<=", "不超过60个", "at most 60"),
    ],
)
def test_what_is_wanted_is_said_by_its_operator(operator: str, zh: str, en: str) -> None:
    assert habit(Decimal(60), operator, Text("", "个"), is_aim=True) == Text(en, zh)


@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        (846, "over", (800, "over")),
        (9600, "nearly", (10000, "nearly")),
        (800, "over", (800, "exactly")),
        (610, "nearly", (610, "exactly")),
        (7, "over", (7, "exactly")),
        (846, "exactly", (846, "exactly")),
    ],
)
def test_a_count_is_rounded_only_where_that_is_true(value: int, how: str, said: tuple[int, str]) -> None:
    assert approximated(Decimal(value), how) == (Decimal(said[0]), said[1])


@given(NUMBERS, some.sampled_from(Qualifier))
def test_what_is_said_of_a_count_is_never_false(value: Decimal, how: Qualifier) -> None:
    number, word = approximated(value, how.value)
    truths = {"over": value > number, "nearly": number * Decimal("0.9") <= value < number}
    assert truths.get(word, value >= number if word == "at_least" else value == number)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "2023年新入驻846家，近万人，三家中心。", ["846", "万", "三"]),
        ("zh", "首批8家，增长12.5%，面积3000万平方米，百分之二十。", ["8", "12.5%", "3000万", "二十"]),
        ("zh", "第一家，2024年2月8日，2023-2025年，G60科创走廊，5G，十四五，一核两园一镇，打造一批。", []),
        ("zh", "全角８４６家。", ["８４６"]),
        ("en", "In 2023 the hub landed 846 companies; the first eight partners.", ["846", "eight"]),
        ("en", "On 8 February 2024, COVID-19, the 14th Five-Year Plan, one of the best, by 2035.", []),
        ("en", "Twenty-five projects on 2,000 m², 30% more; 2000 companies.", ["Twenty-five", "2,000", "30%", "2000"]),
        ("zh", "新入驻{enterprises}。", []),
    ],
)  # fmt: skip
def test_numbers_typed_by_hand_are_found_and_days_are_none(language: str, text: str, found: list[str]) -> None:
    assert [one.text for one in typed_numbers(text, language)] == found


def number(value: object, name: str = "n1", basis: str = "claim", words: Text = NOTHING) -> Number:
    bound = Value(None if value is None else Decimal(str(value)), "exactly", words)
    return Number(name, basis, bound, Text("", "家"))


def test_a_sentence_says_its_numbers_and_begins_with_a_capital() -> None:
    numbers = {"n1": number(9)}
    assert rendered("{n1} centres opened.", numbers, "en") == "Nine centres opened."
    assert rendered("设立{n1}，{n2}。", numbers, "zh") == "设立9家，［?］。"


def test_a_target_in_words_goes_on_within_the_sentence() -> None:
    wanted = number(None, basis="target", words=Text("Set up a district.", "设立集聚区。"))
    assert rendered("It will {n1}.", {"n1": wanted}, "en") == "It will set up a district."
    assert rendered("今后{n1}。", {"n1": wanted}, "zh") == "今后设立集聚区。"


def test_a_sentence_is_cut_at_its_numbers_without_losing_a_sign() -> None:
    found = pieces("新增{n1}，会议14场。", {"n1": number(9)}, "zh", {"14": "why"})
    assert [(one.text, one.name, one.is_typed, one.is_justified) for one in found] == [
        ("新增", "", False, False), ("9家", "n1", False, False), ("，会议", "", False, False),
        ("14", "", True, True), ("场。", "", False, False),
    ]  # fmt: skip


def test_a_value_kept_with_a_reason_is_asked_about_again_when_it_moves_on() -> None:
    was, now, later = (Value(Decimal(value)) for value in (846, 850, 851))
    assert change(was, was, None) is BoundChange.SAME
    assert change(was, now, None) is BoundChange.CHANGED
    assert change(was, now, now) is BoundChange.KEPT
    assert change(was, later, now) is BoundChange.CHANGED
    assert change(was, Value(), now) is BoundChange.GONE
    assert change(was, Value(Decimal(846), "over"), None) is BoundChange.CHANGED, "exactly is not over"


def test_the_two_languages_must_say_the_same_numbers() -> None:
    same = Text("{n1} came.", "新增{n1}。")
    assert faults(same, {"n1"}, {"n1": BoundChange.SAME}, ()) == ()
    assert faults(Text("Nobody came.", "新增{n1}。"), {"n1"}, {"n1": BoundChange.SAME}, ()) == (Fault.GAP,)
    assert faults(Text("", "新增。"), (), {}, ()) == (Fault.GAP,)
    assert faults(same, {"n1"}, {"n1": BoundChange.GONE}, ()) == (Fault.STALE,)


@given(some.dictionaries(some.text(max_size=5), some.integers() | some.text(max_size=5), max_size=4))
def test_the_seal_does_not_depend_on_the_order_of_keys(content: dict) -> None:
    assert digest(content) == digest(dict(reversed(content.items())))


def row(key: str, amount: str = "1") -> dict[str, str]:
    return {"number": key, "key": key, "amount": amount, "on": "2026-01-01"}


@pytest.mark.parametrize(
    ("statistic", "is_keyed", "records", "value"),
    [
        ("count", False, [row("a"), row("a")], "2"),
        ("count", True, [row("a"), row("a"), row("b")], "2"),
        ("sum", False, [row("a", "1.50"), row("b", "2.25")], "3.75"),
        ("mean", False, [row("a", "1"), row("b", "2")], "1.50"),
        ("median", False, [row("a", "1"), row("b", "2"), row("c", "9")], "2.00"),
        ("median", False, [], None),
    ],
)
def test_a_figure_is_counted_anew_from_its_records(
    statistic: str, is_keyed: bool, records: list, value: str | None
) -> None:
    proof = {"statistic": statistic, "is_keyed": is_keyed, "records": records, "hidden": 0}
    assert recounted(proof) == (None if value is None else Decimal(value))


def test_a_share_is_counted_anew_from_both_its_parts() -> None:
    part, whole = (
        {"statistic": "count", "is_keyed": False, "records": [row(str(n)) for n in range(many)], "hidden": 0}
        for many in (1, 3)
    )
    assert recounted({"statistic": "ratio", "is_per": False, "of": part, "to": whole}) == Decimal("33.3")
    assert recounted({"statistic": "ratio", "is_per": True, "of": whole, "to": part}) == Decimal("3.0")
