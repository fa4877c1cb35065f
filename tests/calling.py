"""A program that calls the API for a user, with a token issued for the test."""

import json
from datetime import datetime

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from grandunion.records.parties import User
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.queries.parties import reader_of

ROOT = "/api/v1/"


class Caller:
    """Somebody's program: `get`, `post`, `patch` … an address below /api/v1/."""

    def __init__(self, user: User, *scopes: str, at: datetime | None = None, days: int = 30) -> None:
        now = at or timezone.now()
        self.token, self.key = issue_token(
            user, "a program", scopes or ("read", "write"), days, by=reader_of(user, now), at=now
        )
        self.client = Client()

    def call(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Any method, a body as JSON (bytes as they are), headers with underscores for hyphens."""
        given = {"Authorization": f"Bearer {self.key}", "Accept-Language": "en"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = given.pop("Content-Type", "application/json")
        return self.client.generic(method, f"{ROOT}{path}", sent, content_type=kind, headers=given)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.call("PATCH", path, body, **headers)

    def put(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.call("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.call("DELETE", path, **headers)

    def made(self, path: str, body: object = None, **headers: str) -> dict:
        """What a POST answers, which must succeed."""
        answer = self.post(path, body, **headers)
        assert answer.status_code in (200, 201), answer.content.decode()
        return answer.json()
