"""What every request passes through: its language, its reader, and the headers that keep it safe."""

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from grandunion.interfaces.kit import accounts, failing, switches
from grandunion.interfaces.kit.pages import refusal
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Refused
from grandunion.work.queries import parties

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def language(get_response: Answer) -> Answer:
    """The page's language: the address's own (`?lang=`), else the choice kept in a cookie, the browser's, the hub's."""

    def answer(request: HttpRequest) -> HttpResponse:
        wanted = switches.asked_language(request)
        chosen = wanted or request.COOKIES.get("language") or translation.get_language_from_request(request)
        translation.activate("zh-hans" if chosen.startswith("zh") else "en")
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if translation.get_language() != "en" else "en")
        if wanted and wanted != request.COOKIES.get("language"):
            switches.keep(response, request, "language", wanted)
        return response

    return answer


def reader(get_response: Answer) -> Answer:
    """Who is asking, worked out anew for every request: a right taken away is gone on the next click."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.reader = SimpleLazyObject(lambda: _found_reader(request))
        if stopped := accounts.second_factor_missing(request):
            return stopped
        return get_response(request)

    return answer


def _found_reader(request: HttpRequest) -> Reader:
    """Who asks, found at the first question; from then on no lazy shells stand around what every row is asked of."""
    request.user = get_user(request)
    request.reader = parties.reader_of(request.user, request.at)
    return request.reader


class _Safety:
    """Headers on every answer, and refusals said as pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.user.is_authenticated if hasattr(request, "user") else True:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refused = error if isinstance(error, Refused) else failing.understood(error)
        return refusal(request, refused) if refused else None


safety = _Safety
