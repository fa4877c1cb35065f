"""A client for the sweeps, which ask ten thousand pages: Django's own without what it notes beside each answer."""

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from django.test.client import conditional_content_removal


class Asker(Client):
    """Asks through the whole house, and gives its answer as it is: a fault of the house is answered with 500."""

    def request(self, **told: object) -> HttpResponse:
        """The answer, without the templates drawn for it; no request is told to have begun or ended."""
        if self.handler._middleware_chain is None:
            self.handler.load_middleware()
        request = WSGIRequest(self._base_environ(**told))
        request._dont_enforce_csrf_checks = True
        answer = conditional_content_removal(request, self.handler.get_response(request))
        self.cookies.update(answer.cookies)
        return answer
