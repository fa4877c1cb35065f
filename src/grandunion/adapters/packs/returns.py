"""The section of a pack for periodic returns: who reports what, when it opens and falls due, and who is reminded."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.desk import Desk
from grandunion.adapters.packs.facts import (
    Clock,
    Plain,
    Several,
    code,
    day,
    flag,
    number,
    one_of,
    pair,
    refers,
    rows,
    verified,
    whole,
)
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.plans import IndicatorKind
from grandunion.terms.returns import FieldType, FieldUse, Reporter, ReturnPeriod, span_of
from grandunion.terms.text import Text

FIGURES = (FieldType.NUMBER, FieldType.MONEY)
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class ReturnField:
    """One thing a form asks; `change_at_most` is the percentage from which a change is to be explained."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    unit: Annotated[Text | None, pair(required=False)]
    type: Annotated[FieldType, one_of(FieldType)]
    places: Annotated[int, whole(empty=0)]
    least: Annotated[Decimal | None, number()]
    most: Annotated[Decimal | None, number()]
    is_required: Annotated[bool, flag(empty=True)]
    indicator: Annotated[str, refers("indicators", required=False)]
    use: Annotated[FieldUse | None, one_of(FieldUse, required=False)]
    change_at_most: Annotated[Decimal | None, number()]
    help: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """A form with its schedule, in working days after the last day of a period; `since` is the first day it asks of."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    reporter: Annotated[Reporter, one_of(Reporter)]
    period: Annotated[ReturnPeriod, one_of(ReturnPeriod)]
    since: Annotated[date, day(required=True)]
    until: Annotated[date | None, day()]
    opens_after: Annotated[int, whole(empty=0)]
    due_after: Annotated[int, whole(required=True)]
    due_by: Annotated[time | None, Clock(is_required=False)]
    instructions: Annotated[Text, pair()]
    fields: Annotated[tuple[ReturnField, ...], rows(ReturnField, required=True)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Returns:
    """All forms, and how those who have not reported are reminded; every number counts working days."""

    remind_before: Annotated[tuple[int, ...], Several(of=Plain(type=int))]
    remind_every: Annotated[int, whole(required=True)]
    escalate_after: Annotated[int, whole(required=True)]
    correct_within: Annotated[int, whole(required=True)]
    forms: Annotated[tuple[ReturnForm, ...], rows(ReturnForm, required=True, section="returns")]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, day()]


def check_returns(returns: Returns, kinds: dict[str, IndicatorKind], desk: Desk) -> None:
    """What the forms say must make sense together; `kinds` has the indicators of the pack by code."""
    top = Node({}, "returns.yaml", 1)
    for name in ("remind_every", "escalate_after", "correct_within"):
        if getattr(returns, name) < 1:
            desk.complain(top, f"{name}: write at least 1.", f"{name}：至少填 1。")
    if any(days < 1 for days in returns.remind_before):
        desk.complain(top, "remind_before: write working days from 1 on.", "remind_before：请填写不小于 1 的工作日数。")
    for form in returns.forms:
        place = desk.codes["returns"][form.code]
        _check_schedule(form, place, desk)
        codes = [field.code for field in form.fields]
        for twice in sorted({found for found in codes if codes.count(found) > 1}):
            desk.complain(place, f"The field “{twice}” stands twice.", f"字段“{twice}”重复。")
        for field in form.fields:
            _check_field(field, kinds, place, desk)


def _check_schedule(form: ReturnForm, place: Node, desk: Desk) -> None:
    if form.due_after <= form.opens_after:
        desk.complain(
            place,
            f"due_after ({form.due_after}) is not later than opens_after ({form.opens_after}).",
            f"due_after（{form.due_after}）应大于 opens_after（{form.opens_after}）。",
        )
    first = span_of(form.period, form.since).starts_on
    if first != form.since:
        desk.complain(
            place,
            f"since: {form.since} does not begin a period of this form. Write {first}.",
            f"since：{form.since} 不是该周期的第一天，请写 {first}。",
        )
    if form.until is not None and form.until <= form.since:
        desk.complain(place, "until lies before since. Exchange the two.", "until 早于 since，请对调。")


def _check_field(field: ReturnField, kinds: dict[str, IndicatorKind], place: Node, desk: Desk) -> None:
    def wrong(en: str, zh: str) -> None:
        desk.complain(place, f"{field.code}: {en}", f"{field.code}：{zh}")

    is_figure = field.type in FIGURES
    if not is_figure and any((field.least, field.most, field.places, field.change_at_most, field.indicator)):
        wrong("only a number or an amount has limits, places, a change or an indicator.",
              "只有数值或金额才能填写上下限、小数位、变动幅度或指标。")  # fmt: skip
    if field.least is not None and field.most is not None and field.most < field.least:
        wrong("most lies below least. Exchange the two.", "most 小于 least，请对调。")
    if not 0 <= field.places <= MOST_PLACES:
        wrong(f"places: write 0 to {MOST_PLACES}.", f"places：请填 0 至 {MOST_PLACES}。")
    if bool(field.indicator) != (field.use is not None):
        wrong("write `indicator` and `use` together, or neither.", "indicator 与 use 应同时填写或都不填写。")
    if field.indicator and kinds[field.indicator] is IndicatorKind.TEXT:
        wrong(f"the indicator “{field.indicator}” is in words.", f"指标“{field.indicator}”为定性指标。")
    if is_figure and field.unit is None:
        wrong("write its unit: unit_zh and unit_en.", "请填写单位 unit_zh 与 unit_en。")
