"""The report on what came of matches through the API: counts, shares and days, and the rows behind each."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.terms.reports import Cut, Stage
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.permissions.matches.success import may_compare_managers, may_read_success
from grandunion.work.queries.matches import figures, success

NAMES = ("since", "as_of", "by", "market", "manager", "field", "area")
BEHIND = frozenset({*NAMES, "stage", "group"})


class GroupOut(Schema):
    """One group: `counts` by step (null: too small to be told), `shares` of the step before in %, median days."""

    key: str
    name: Bilingual
    counts: dict[Stage, int | None]
    shares: dict[Stage, Decimal | None]
    days_to_introduction: Decimal | None
    days_to_success: Decimal | None


class ReportOut(Schema):
    """The matches suggested from `since` to `as_of`, as they stood at the end of that day."""

    since: date
    as_of: date
    by: Cut
    groups: list[GroupOut]
    whole: GroupOut
    too_expensive: int | None
    is_masked: bool


class RowsOut(Schema):
    """The matches behind a number that the caller may open, and how many more there are (null: not told)."""

    items: list[dict]
    next: str | None
    hidden: int | None


ASKED = (
    described.parameter("by", Text(f"One of {', '.join(Cut.codes())}.", f"分组：{'、'.join(Cut.codes())}。")),
    described.parameter("since", Text("Suggested from this day on.", "推荐起始日。"), described.DAY),
    described.parameter("as_of", Text("As it was at the end of this day; else today.", "截止日，缺省为今天。"),
                        described.DAY),
    described.parameter("market", Text("A code of the word Market.", "撮合类型代码。")),
    described.parameter("manager", Text("The key of a group by manager.", "按技术经理人分组时的键。")),
    described.parameter("field", Text("A code of GET /lists/fields.", "领域代码。")),
    described.parameter("area", Text("A code of GET /lists/areas.", "片区代码。")),
)  # fmt: skip
OF_ROWS = (
    described.parameter("stage", Text(f"One of {', '.join(Stage.codes())}.", f"环节：{'、'.join(Stage.codes())}。")),
    described.parameter("group", Text("The key of a group; else all.", "分组的键，缺省为全部。")),
    *described.paging(),
)


def _asked(request: HttpRequest, known: frozenset[str]) -> success.Asked:
    require(may_read_success(request.reader), Forbidden)
    given = request.GET.dict()
    if strange := sorted(given.keys() - known):
        raise answers.unknown(strange[0], sorted(known))
    asked = success.asked_of(given, timezone.localtime(request.at).date())
    if asked.manager is not None or asked.cut is Cut.MANAGER:
        require(may_compare_managers(request.reader), Forbidden)
    return asked


def _report(request: HttpRequest) -> HttpResponse:
    found = figures.report(_asked(request, frozenset(NAMES)), request.reader)
    asked = found.asked
    return answers.answer({
        "since": asked.since, "as_of": asked.as_of, "by": asked.cut, "groups": [_group(one) for one in found.groups],
        "whole": _group(found.whole), "too_expensive": found.expensive, "is_masked": found.is_masked,
    })  # fmt: skip


def _group(group: figures.Group) -> dict[str, object]:
    steps = zip(success.LADDER[1:], success.LADDER, strict=False)
    return {
        "key": group.key, "name": group.name,
        "counts": {stage.value: count for stage, count in group.counts.items()},
        "shares": {stage.value: group.part(stage, before) for stage, before in steps},
        "days_to_introduction": group.days_to_introduction, "days_to_success": group.days_to_success,
    }  # fmt: skip


def _rows(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, BEHIND | {"cursor", "limit", "columns"})
    stage = success.stage_of(request.GET.get("stage", ""))
    opened = figures.behind(asked, request.reader, stage, request.GET.get("group"))
    return answers.listed(request, opened.listing, also=BEHIND, hidden=opened.hidden)


router = Router(tags=["Reports · 报表"])
router.get(
    "/matches", operation_id="report_of_matches", summary="What came of matches · 撮合成效", response=ReportOut,
    openapi_extra=described.beside(described.READ_ERRORS, *ASKED),
)(_report)  # fmt: skip
router.get(
    "/matches/rows", operation_id="rows_of_match_report", summary="The matches behind a number · 数字背后的撮合",
    response=RowsOut, openapi_extra=described.beside(described.READ_ERRORS, *ASKED, *OF_ROWS),
)(_rows)  # fmt: skip
