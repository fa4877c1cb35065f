"""The pages of the hub's areas."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import page
from grandunion.terms.text import Text, either
from grandunion.work.queries import spaces

TITLE = Text("Areas", "片区")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All areas with their district, land and organisations."""
    return page(
        request, "web/areas/list.html", TITLE, section="areas", rows=spaces.areas(request.reader),
        adds_up=spaces.adds_up(request.reader), at=request.at,
    )  # fmt: skip


@signed_in
def record(request: HttpRequest, code: str) -> HttpResponse:
    """One area with its organisations by kind and industry."""
    found = spaces.area_page(code, request.reader)
    state = None
    if found.row.area:
        state = Text("Open", "已启用") if found.row.area.is_open else Text("Planned", "规划中")
    return page(
        request, "web/areas/record.html", found.row.term.name, section="areas", found=found, at=request.at,
        crumbs=[(TITLE, "/w/areas/"), (found.row.term.name, "")], adds_up=spaces.adds_up(request.reader), state=state,
        tone="good" if found.row.area and found.row.area.is_open else "neutral", summary=_summary(found.row.area),
        facts=[(None, _facts(found.row))],
    )  # fmt: skip


def _summary(area: object) -> Text | None:
    return either(area.summary_en, area.summary_zh) if area and (area.summary_en or area.summary_zh) else None


def _facts(row: object) -> list[tuple[Text, object]]:
    area = row.area
    return [
        (Text("District", "所属行政区"), row.district),
        (Text("Land, km²", "面积（平方公里）"), area and area.land_km2),
        (Text("Organisations", "单位数"), row.organisations.said),
        (Text("Source", "来源"), area and area.source),
    ]


urlpatterns = [path("", index), path("<str:code>/", record)]
