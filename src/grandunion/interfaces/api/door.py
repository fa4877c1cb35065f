"""Who asks through the API: a token's user, within the token's scopes, worked out anew for every call."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Scope
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden
from grandunion.work.queries import parties


class Bearer(HttpBearer):
    """A token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        """The reader whose token this is, None for a token that does not work; refuses what its scopes lack."""
        reader = parties.reader_of_token(token, request.at)
        if reader is None:
            return None
        request.reader = reader
        wanted = Scope.READ if request.method == "GET" else Scope.WRITE
        if wanted not in reader.scopes:
            raise Forbidden(
                Text(
                    f"This token lacks the scope “{wanted}”. Issue one that has it.",
                    f"该令牌缺少“{wanted.text.zh}”（{wanted}）权限范围，请重新签发令牌。",
                )
            )
        return reader
