"""Who asks through the API: a token's user, within the token's scopes, worked out anew for every call."""

from dataclasses import replace

from django.http import HttpRequest
from ninja.security import HttpBearer

from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden
from grandunion.work.queries import parties

READ, WRITE = "read", "write"


class Bearer(HttpBearer):
    """A token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        held = parties.token_of(token, request.at)
        if held is None:
            return None
        request.reader = replace(parties.reader_of(held.user, request.at), scopes=frozenset(held.scopes))
        wanted = READ if request.method in ("GET", "HEAD") else WRITE
        if wanted not in held.scopes:
            raise Forbidden(
                Text(
                    f"This token lacks the scope “{wanted}”. Issue one that has it.",
                    f"该令牌缺少“{wanted}”权限范围，请重新生成令牌。",
                )
            )
        return request.reader
