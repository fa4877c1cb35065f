"""Who may pass a door at all: signed-in people for the workspace."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.work.queries.base import reading_once

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let only signed-in people pass; others sign in first and come back."""

    @wraps(view)
    def passed(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if not request.reader.is_signed_in:
            return redirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **named)
        with reading_once():
            return view(request, *args, **named)

    return passed
