"""Figures as they were reported: added up over accepted returns, and never mixed with what the hub has counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max

from grandunion.engines.indicators import LEAST, masked, written
from grandunion.engines.indicators.returns import Field, number_of
from grandunion.records.lists import Term
from grandunion.records.plans import Indicator, Return, ReturnForm
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, WAITING, FieldType, FieldUse, Reporter, ReturnPeriod, ReturnState, Span
from grandunion.terms.text import Text
from grandunion.work.queries.plans.returns.forms import fields_of, forms

MOST_SPANS = 12
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reported:
    """An indicator as it was reported for a period: the sum, over how many reporters, hidden where they are few."""

    indicator: Indicator
    span: Span
    value: Decimal | None
    reporters: int | None
    is_hidden: bool
    returns: tuple[str, ...]  # the numbers of the returns it adds up, for whoever may read rows


@dataclass(frozen=True, slots=True)
class Sum:
    """One field of a form over all accepted returns of a period."""

    field: Field
    value: Decimal | None
    reporters: int | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """One period of a form: how its returns stand, and what the accepted ones come to."""

    form: ReturnForm
    span: Span
    asked: int
    waiting: int  # with the hub
    accepted: int
    open: int  # with their reporters
    overdue: int
    sums: tuple[Sum, ...]


def reported(indicator: Indicator, span: Span, *, reader: Reader, area: Term | None = None) -> Reported:
    """What was reported for an indicator about a period, by every form that feeds it; one question."""
    is_masked = not reader.reads_rows
    rows = _accepted(span.starts_on, None if is_masked else area).filter(form__period=span.period)
    values, numbers = [], []
    parties: dict[int | None, set[int]] = defaultdict(set)
    for row in rows.select_related("form").order_by("pk"):
        for field in fields_of(row.form):
            number = number_of(row.values.get(field.code))
            if not _feeds(field, indicator) or number is None:
                continue
            if row.owner_id is not None:
                parties[row.area_id].add(row.owner_id)
            if area is None or row.area_id == area.pk:
                values.append(number)
                numbers.append(row.number)
    # An area is the hub's own: only organisations are few enough to be told apart.
    is_hidden = is_masked and _is_few({place: len(owners) for place, owners in parties.items()}, area)
    if is_hidden or not values:
        return Reported(indicator, span, None, None if is_hidden else 0, is_hidden, ())
    shown = tuple(numbers) if reader.reads_rows else ()
    return Reported(indicator, span, sum(values, Decimal()), len(values), False, shown)


def _is_few(parties: Mapping[int | None, int], area: Term | None) -> bool:
    """Whether few organisations stand behind a sum, by their numbers in each area; or behind what the sum of the hub
    less this area's would tell of another."""
    if area is None:
        return 0 < sum(parties.values()) < LEAST
    places = sorted(parties, key=lambda place: (place is None, place))
    return area.pk in {places[at] for at in masked([parties[place] for place in places])}


def lately(indicator: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> tuple[Reported, ...]:
    """What was reported last for an indicator by a day, once for each length of period; nothing if no form feeds it."""
    feeding = [form.code for form in forms() if any(_feeds(field, indicator) for field in fields_of(form))]
    if not feeding:
        return ()
    rows = Return.objects.unscoped("which periods were asked for is no secret of anybody").filter(
        form_code__in=feeding, ends_on__lte=as_of + DAY, state=ReturnState.ACCEPTED
    )
    last = rows.order_by("form__period").values_list("form__period").annotate(day=Max("starts_on"))
    found = [Span(ReturnPeriod(period), day) for period, day in last]
    return tuple(reported(indicator, span, reader=reader, area=area) for span in found)


def _feeds(field: Field, indicator: Indicator) -> bool:
    return field.indicator == indicator.code and field.use is FieldUse.FEEDS


def spans(form: ReturnForm) -> tuple[Span, ...]:
    """The periods of which this form has returns, the newest first."""
    rows = Return.objects.unscoped("which periods were asked for is no secret of anybody")
    days = rows.filter(form_code=form.code).order_by("-starts_on").values_list("starts_on", flat=True).distinct()
    return tuple(Span(ReturnPeriod(form.period), day) for day in days[:MOST_SPANS])


def summary(form: ReturnForm, span: Span, *, reader: Reader, area: Term | None = None) -> Summary:
    """How the returns of a form for a period stand, and the sums of the accepted ones, in two questions."""
    every = _all(span.starts_on, area).filter(form_code=form.code)
    states = Counter(every.values_list("state", flat=True))
    late = every.filter(state__in=OPEN).exclude(overdue_at=None).count()
    is_told = reader.reads_rows or form.reporter == Reporter.AREA
    rows = _accepted(span.starts_on, area if is_told else None).filter(form_code=form.code)
    accepted = list(rows.values_list("area", "values"))
    return Summary(
        form=form, span=span, asked=states.total() - states[ReturnState.WAIVED],
        waiting=sum(states[state] for state in WAITING), accepted=states[ReturnState.ACCEPTED],
        open=sum(states[state] for state in OPEN), overdue=late,
        sums=_sums(fields_of(form), accepted, area, is_told=is_told),
    )  # fmt: skip


def _sums(
    fields: Iterable[Field], accepted: Sequence[tuple[int | None, Mapping]], area: Term | None, *, is_told: bool
) -> tuple[Sum, ...]:
    """The sums of one area, or of all; to whoever is not told small ones, `accepted` has the returns of all areas."""
    wanted = [field for field in fields if field.type is not FieldType.TEXT]
    mine = [row for place, row in accepted if area is None or place == area.pk]
    given = [[row[field.code] for row in mine if field.code in row] for field in wanted]
    hidden = frozenset() if is_told else masked([len(values) for values in given])
    if not is_told and area is not None:
        hidden |= {
            at for at, field in enumerate(wanted)
            if _is_few(Counter(place for place, row in accepted if field.code in row), area)
        }  # fmt: skip
    return tuple(
        Sum(field, None, None, True) if place in hidden else Sum(field, _total(field, values), len(values), False)
        for place, (field, values) in enumerate(zip(wanted, given, strict=True))
    )


def _total(field: Field, values: Sequence[object]) -> Decimal | None:
    """The sum of a figure; of yes and no, how many say yes."""
    if not values:
        return None
    if field.type is FieldType.YES_NO:
        return Decimal(sum(1 for value in values if value))
    return sum((number for number in map(number_of, values) if number is not None), Decimal())


def said(one: Sum) -> Text:
    """A sum as a table shows it."""
    if one.is_hidden:
        return Text(f"fewer than {LEAST} reporters", f"填报单位不足 {LEAST} 家")
    return Text("–", "–") if one.value is None else written(one.value)


def _all(starts_on: date, area: Term | None) -> object:
    rows = Return.objects.unscoped(
        "accepted returns are added up; who may not read them is told sums of five reporters and more"
    ).filter(starts_on=starts_on)
    return rows if area is None else rows.filter(area=area)


def _accepted(starts_on: date, area: Term | None) -> object:
    return _all(starts_on, area).filter(state=ReturnState.ACCEPTED)
