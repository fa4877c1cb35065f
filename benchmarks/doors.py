"""Calls the hub and the plain views in this process as a web server would: a WSGI environ in, the whole answer out."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.test.utils import override_settings

from benchmarks import plain
from grandunion.records.parties import User
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.queries.parties import reader_of


class WrongAnswer(RuntimeError):
    """An answer that is not the one measured: a redirection, a refusal, an error."""


@dataclass(frozen=True)
class Door:
    """One way in, with what names the caller; answers are read to their end and closed, as a server does."""

    handler: Callable
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> bytes:
        return self.call("GET", address, b"", 200)

    def post(self, address: str, body: bytes) -> bytes:
        return self.call("POST", address, body, 201)

    def call(self, method: str, address: str, body: bytes, wanted: int) -> bytes:
        """The body of the answer; raises WrongAnswer unless its status is the one wanted."""
        said: list[str] = []
        answer = self.handler(self._environ(method, address, body), lambda status, headers, *more: said.append(status))
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        if not said[0].startswith(str(wanted)):
            raise WrongAnswer(f"{method} {address}: {said[0]}\n{content[:600].decode('utf-8', 'replace')}")
        return content

    def _environ(self, method: str, address: str, body: bytes) -> dict[str, object]:
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000", "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
            "CONTENT_TYPE": "application/json" if body else "", "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False, **self.headers,
        }  # fmt: skip


# What a Django project starts with, where the hub has ways of its own.
PLAIN_SESSIONS = "django.contrib.sessions.backends.db"
PLAIN_ACCOUNTS = "django.contrib.auth.backends.ModelBackend"


class PlainHandler(WSGIHandler):
    """Django's own handler over the addresses of the plain views alone."""

    def resolve_request(self, request: HttpRequest) -> object:
        request.urlconf = "benchmarks.plain"
        return super().resolve_request(request)


@dataclass(frozen=True)
class Doors:
    """The three ways in: the plain views and our pages by a session, our API by a token."""

    plain: Door
    page: Door
    api: Door


def open_doors(user: User, at: datetime) -> Doors:
    """Real sign-ins of an officer: a session with a second factor set up, and a token."""
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "of the benchmark"}}
    )
    _, token = issue_token(user, "benchmark", ["read", "write"], 30, by=reader_of(user, at), at=at)
    ours = WSGIHandler()
    own = settings.AUTHENTICATION_BACKENDS[0]
    override_settings(AUTHENTICATION_BACKENDS=[own, PLAIN_ACCOUNTS]).enable()  # asked at every request, so for good
    with override_settings(MIDDLEWARE=plain.MIDDLEWARE, SESSION_ENGINE=PLAIN_SESSIONS):
        theirs = PlainHandler()
    return Doors(
        plain=Door(theirs, _signed_in(user, PLAIN_ACCOUNTS)),
        page=Door(ours, _signed_in(user, own)),
        api=Door(ours, {"HTTP_AUTHORIZATION": f"Bearer {token}"}),
    )


def _signed_in(user: User, accounts: str) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = accounts
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}
