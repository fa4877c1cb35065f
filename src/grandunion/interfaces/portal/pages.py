"""The public pages' own surroundings: their menu, what they say to search engines, and who may keep a copy."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers

from grandunion.interfaces.kit.navigation import Item
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.switches import asked_language
from grandunion.terms.text import Text

MENU = (
    ("/technologies/", Text("Technologies", "可转化技术"), "flask-conical"),
    ("/offers/", Text("Offers", "供给"), "tag"),
    ("/needs/", Text("Needs", "公开需求"), "life-buoy"),
    ("/scenarios/", Text("Scenarios", "场景机会"), "map-pin"),
    ("/challenges/", Text("Challenges", "揭榜挂帅"), "send"),
    ("/events/", Text("Events", "活动"), "calendar"),
    ("/programmes/", Text("Programmes", "计划与政策"), "badge-check"),
    ("/partners/", Text("Partners", "合作伙伴"), "users"),
    ("/statistics/", Text("Statistics", "统计数据"), "chart"),
    ("/news/", Text("News", "动态与公示"), "megaphone"),
)


def show(
    request: HttpRequest, template: str, title: Text, *, about: Text | None = None, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the portal; `about` is the sentence that search engines and shared links show.

    Without a language in its address a page speaks the reader's; each language has an address of its own beside it.
    """
    plain = request.build_absolute_uri(request.path)
    response = page(
        request, f"portal/{template}", title, status=status, nav=_menu(request.path), about=about,
        canonical=f"{plain}?lang={asked}" if (asked := asked_language(request)) else plain, plain=plain,
        preview=request.build_absolute_uri(static("gu/preview.png")), **context,
    )  # fmt: skip
    patch_vary_headers(response, ["Accept-Language"])
    return response


def private(response: HttpResponse) -> HttpResponse:
    """A page that only the holder of a key opens: nobody keeps a copy, no search engine lists it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _menu(path: str) -> tuple[Item, ...]:
    return tuple(Item(url, text, icon, None, path.startswith(url)) for url, text, icon in MENU)
