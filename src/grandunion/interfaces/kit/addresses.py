"""The addresses a list leads to: itself with something changed."""

from urllib.parse import urlencode

from django.http import HttpRequest


def address(request: HttpRequest, **changes: object) -> str:
    """This list's address with some parameters changed (None takes one away); the page starts over."""
    given = {**request.GET.dict(), **changes}
    if "page" not in changes:
        given.pop("page", None)
    kept = {key: value for key, value in given.items() if value not in (None, "")}
    return f"?{urlencode(kept)}"
