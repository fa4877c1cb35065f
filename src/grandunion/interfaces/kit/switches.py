"""The two switches every page has: language and theme, kept in cookies; a language also has an address of its own."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600
LANGUAGES = ("zh", "en")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language."""
    return _kept(request, "language", LANGUAGES)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme; empty follows the device."""
    return _kept(request, "theme", ("light", "dark", ""))


def _kept(request: HttpRequest, name: str, choices: tuple[str, ...]) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(_without_language(back) if name == "language" else back)
    chosen = request.POST.get(name, "")
    if chosen in choices:
        keep(response, request, name, chosen)
    return response


def keep(response: HttpResponse, request: HttpRequest, name: str, chosen: str) -> None:
    """Remember a choice on this device."""
    response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for, `?lang=zh` or `?lang=en`; empty for any other."""
    if "lang=" not in request.META.get("QUERY_STRING", ""):
        return ""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else ""


def _without_language(address: str) -> str:
    """The same address without the language it asks for: the switch that was pressed counts."""
    parts = urlsplit(address)
    kept = "&".join(one for one in parts.query.split("&") if not one.startswith("lang="))
    return urlunsplit(parts._replace(query=kept))
