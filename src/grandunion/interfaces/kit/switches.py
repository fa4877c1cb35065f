"""The two switches every page has: language and theme, kept in cookies."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language."""
    return _kept(request, "language", ("zh", "en"))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme; empty follows the device."""
    return _kept(request, "theme", ("light", "dark", ""))


def _kept(request: HttpRequest, name: str, choices: tuple[str, ...]) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get(name, "")
    if chosen in choices:
        response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response
