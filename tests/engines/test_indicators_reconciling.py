"""Figures disagree only where they are taken for one and are not; the cause follows from what they are about."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.engines.indicators import About, Counted, Saying, differences, recorded, recorded_sentence, sentence
from grandunion.terms.claims import Cause, ClaimStage, Thing
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
LATER = (None, date(2025, 10, 22))
NAME = Text("Enterprises landed", "落地企业数")


def say(
    key: str, value: int, qualifier: str = "exactly", *, level: str = "city", area: str = "", **given_: object
) -> Saying:
    about = {name: given_.pop(name) for name in ("thing", "stage", "medium", "abroad", "whole") if name in given_}
    since, until = given_.pop("time", YEAR)
    is_flow = bool(given_.pop("is_flow", True))
    return Saying(
        key=key, indicator="landed", about=About("family", is_flow, **about), value=Decimal(value),
        qualifier=qualifier, level=level, area=area, since=since, until=until,
        said=Text(f"{value} things", f"{value}个"), by=Scope(level).text, when=Text("for 2023", "2023 年"),
        name=NAME, place=Text(area, area), **given_,
    )  # fmt: skip


def causes(*sayings: Saying) -> list[str]:
    return [found.cause.value for found in differences(sayings)]


@pytest.mark.parametrize(
    "sayings",
    [
        (say("a", 846), say("b", 846, level="press")),  # the same figure repeated by two sources
        (say("a", 846), say("b", 800, "over")),  # both can be true
        (say("a", 846), say("b", 900, time=(date(2024, 1, 1), date(2024, 12, 31)))),  # of another year
        (say("a", 30, is_flow=False, time=(None, date(2024, 2, 1))), say("b", 70, is_flow=False, time=LATER)),
        (say("a", 90, thing="university"), say("b", 120, thing="organisation")),  # nobody takes one for the other
        (say("a", 10, stage="recruited"), say("b", 30, stage="planned")),
        (say("a", 8, "over", area="shushan"), say("b", 28)),  # a part may well be less than the whole
        (say("a", 846), say("b", 100, is_wanted=True)),  # what is wanted is not what is
    ],
)
def test_what_agrees_or_cannot_be_compared_is_no_disagreement(sayings: tuple[Saying, ...]) -> None:
    assert causes(*sayings) == []


@pytest.mark.parametrize(
    ("one", "other", "cause"),
    [
        (say("a", 846, thing="enterprise"), say("b", 846, thing="project"), "enterprise_or_project"),
        (say("a", 10, thing="person"), say("b", 120, thing="organisation"), "person_or_organisation"),
        (say("a", 28, thing="partner"), say("b", 28, thing="unit"), "partner_or_unit"),
        (say("a", 3, medium="floor"), say("b", 8, medium="land"), "floor_or_land"),
        (say("a", 36, stage="recruited"), say("b", 28, stage="signed"), "recruited_or_signed"),
        (say("a", 30, stage="planned"), say("b", 15, stage="registered"), "planned_or_paid_in"),
        (say("a", 10), say("b", 30, is_flow=False, time=LATER), "flow_or_stock"),
        (say("a", 8, area="shushan"), say("b", 28), "scope"),
        (say("a", 10, "nearly"), say("b", 10, "over"), "qualifier"),
        (say("a", 10, is_flow=False), say("b", 30, is_flow=False, time=(None, date(2023, 6, 1))), "as_of"),
        (say("a", 846), say("b", 900), "unexplained"),
    ],
)
def test_each_cause_is_found_whichever_comes_first_and_said_in_both_languages(
    one: Saying, other: Saying, cause: str
) -> None:
    assert causes(one, other) == causes(other, one) == [cause]
    (found,) = differences((one, other))
    said = sentence(found)
    assert said.en.endswith(".")
    assert said.zh.endswith("。")
    assert f"{one.value} things" in said.en


def test_a_mistranslation_is_told_from_another_scope() -> None:
    english = say("en", 9, level="province", abroad="abroad", original="en")
    chinese = say("zh", 9, level="province", abroad="both", original="zh")
    city = say("city", 9, abroad="both", original="en")
    (found,) = differences((english, chinese, city))
    assert (found.cause, [one.key for one in found.sayings]) == (Cause.TRANSLATION, ["en", "zh", "city"])
    assert (
        causes(say("en", 9, level="press", abroad="abroad", original="en"), chinese) == []
    )  # another issuer, one number


def test_pairs_that_share_a_figure_are_one_disagreement() -> None:
    found = differences(
        [say(str(n), 10 + n, stage=stage) for n, stage in enumerate(("planned", "registered", "invested"))]
    )
    assert [len(one.sayings) for one in found] == [3]


@given(
    some.integers(1, 30),
    some.sampled_from(Qualifier),
    some.sampled_from(["", *Thing]),
    some.sampled_from(["", *ClaimStage]),
)
def test_nothing_disagrees_with_itself(value: int, qualifier: str, thing: str, stage: str) -> None:
    one, other = (say(key, value, qualifier, thing=thing, stage=stage) for key in ("a", "b"))
    assert causes(one, other) == []


def counted(now: int, then: int | None = None, **about: str) -> Counted:
    known_then = None if then is None else Decimal(then)
    return Counted("landed", NAME, About("family", True, **about), known_then, Decimal(now), since=YEAR[0])


@pytest.mark.parametrize(
    ("saying", "figure", "cause", "says"),
    [
        (say("a", 846), counted(3, 3), Cause.RECORDS, "never registered here"),
        (say("a", 846), counted(0), Cause.RECORDS, "Nothing is recorded here"),
        (say("a", 2), counted(3), Cause.RECORDS, "more than was published"),
        (say("a", 800, "over"), counted(800), Cause.QUALIFIER, "the qualifier says otherwise"),
        (say("a", 5), counted(4, 5), Cause.AS_OF, "the hub knew of 5"),
    ],
)
def test_a_published_figure_is_held_against_the_records(
    saying: Saying, figure: Counted, cause: Cause, says: str
) -> None:
    found = recorded(saying, [figure])
    assert found.cause is cause
    assert says in recorded_sentence(found).en
    assert NAME.zh in recorded_sentence(found).zh


def test_only_what_counts_the_same_is_held_against_a_figure() -> None:
    assert recorded(say("a", 846), [counted(846)]) is None
    assert recorded(say("a", 846, thing="project"), [counted(3, thing="enterprise")]) is None
    assert recorded(say("a", 846, time=(date(1900, 1, 1), date(2023, 12, 31))), [counted(3)]) is None  # since the start
    assert recorded(say("a", 800, "over"), [counted(3, thing="unit"), counted(900)]) is None
