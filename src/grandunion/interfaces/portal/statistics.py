"""The hub's public statistics: figures in charts, what was published beside them, and all of it as open data."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from grandunion.interfaces.kit import figures as fresh
from grandunion.interfaces.kit import seen
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.pages import show
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text
from grandunion.work.queries.plans import opendata, opentables
from grandunion.work.queries.plans import seen as figures
from grandunion.work.queries.plans.behind import NOT_RECORDED
from grandunion.work.queries.plans.claims import claims, said_by, said_when
from grandunion.work.queries.plans.figures import rule_in_full
from grandunion.work.queries.plans.views import find_public_dashboard

HOME = "/statistics/"
TITLE = Text("Statistics", "统计数据")
FILE = "open-data.zip"
NONE = Text("No figures are public yet.", "暂无公开数据。")


def index(request: HttpRequest) -> HttpResponse:
    """The public dashboard as of today, as anybody sees it, whoever is signed in."""
    found, as_of = find_public_dashboard(), timezone.localtime(request.at).date()
    if found is None:
        return show(request, "statistics.html", TITLE, about=NONE, subtitle=NONE, blocks=())
    fresh.kept(request)
    told = figures.seen(found, as_of=as_of, reader=visitor(request.at))
    doors = seen.Doors(records=_place, indicator=lambda code: f"#{code}")
    return show(
        request, "statistics.html", TITLE, about=found.summary, subtitle=found.summary, as_of=as_of,
        blocks=seen.drawn(told, doors), indicators=[_defined(one) for one in _figures(told)],
        licence=opendata.licence(), file=f"{HOME}{FILE}",
        address=request.build_absolute_uri(HOME), download=request.build_absolute_uri(f"{HOME}{FILE}"),
    )  # fmt: skip


def _place(code: str, **narrowed: object) -> str:
    """An area's bar leads to the area's page; the public opens no records."""
    area = narrowed.get("area")
    return f"/areas/{area}/" if area and area != NOT_RECORDED else f"#{code}"


def _figures(told: figures.Seen) -> list[object]:
    """Every figure of the page once."""
    return list({one.indicator.code: one for block in told.blocks for one in block.figures}.values())


def _defined(figure: object) -> dict:
    """A figure with its definition, its rule, and everything that was published of it."""
    published = [(one, said_by(one.claim.level, one.claim.area), said_when(one.claim))
                 for one in claims(figure.indicator)]  # fmt: skip
    return {"figure": figure, "one": figure.indicator, "published": published, "rule": rule_in_full(figure)}


def download(request: HttpRequest) -> HttpResponse:
    """The open data as one file."""
    guarding.count_reading(request, "open_data")
    as_of = timezone.localtime(request.at).date()
    name = f"figures-{as_of}.zip"
    return HttpResponse(
        opentables.package(request.at), content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "public, max-age=3600"},
    )  # fmt: skip
