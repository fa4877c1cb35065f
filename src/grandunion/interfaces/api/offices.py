"""The watch-list of offices through the API: figures, thresholds, and what each has open."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.reports import router
from grandunion.terms.needs import WatchMeasure
from grandunion.work.queries import needs


class ThresholdOut(Schema):
    """From this value on (satisfaction: from it downwards) an office with at least `minimum` cases is watched."""

    code: str
    measure: WatchMeasure
    value: Decimal
    minimum: int


class OfficeOut(Schema):
    """What an office did in the period; `crosses` names the thresholds it crosses, `too_few` those that say nothing."""

    number: str
    name: Bilingual
    is_watched: bool
    asked: int
    late: int
    expired: int
    passed_on: int
    ratings: int
    crosses: list[str]
    too_few: list[str]


class BasketOut(Schema):
    """What an answerer of the routing rules has open, of how much it takes at once (null: any number)."""

    number: str
    name: Bilingual
    open: int
    capacity: int | None


class OfficesOut(Schema):
    """The offices the caller may see: all for the hub's staff, for others their own."""

    days: int
    published_on: date | None
    thresholds: list[ThresholdOut]
    offices: list[OfficeOut]
    baskets: list[BasketOut]
    waiting: int


def _offices(request: HttpRequest) -> HttpResponse:
    found = needs.watch_list(request.reader)
    baskets, waiting = needs.baskets(request.reader) if request.reader.reads_rows else ((), 0)
    return answers.answer({
        "days": found.rules.days, "published_on": found.rules.published_on or None,
        "thresholds": [
            {"code": one.code, "measure": one.measure, "value": one.value, "minimum": one.minimum}
            for one in found.rules.thresholds
        ],
        "offices": [_office(one) for one in found.offices],
        "baskets": [{"number": one.number, "name": one.name, "open": one.load, "capacity": one.capacity}
                    for one in baskets],
        "waiting": waiting,
    })  # fmt: skip


def _office(one: needs.WatchedOffice) -> dict[str, object]:
    figures = one.figures
    return {
        "number": one.number, "name": one.name, "is_watched": one.is_watched, "asked": figures.asked,
        "late": figures.late, "expired": figures.expired, "passed_on": figures.passed_on,
        "ratings": len(figures.scores),
        "crosses": [found.threshold.code for found in one.crossings if found.is_crossed],
        "too_few": [found.threshold.code for found in one.crossings if found.is_crossed is None],
    }  # fmt: skip


router.get(
    "/offices", operation_id="report_of_offices", summary="Offices watched · 承办单位观察名单", response=OfficesOut,
    openapi_extra=described.beside(described.READ_ERRORS),
)(_offices)  # fmt: skip
