"""A real mail server and a real web server on this machine, which keep what they are sent and can be told to fail."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings


class Postbox:
    """What the mail server has taken; while `answers` has something in it, that is its reply to the next letter."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.answers: list[str] = []
        self.port = 0
        self.when_taken: Callable[[int], None] = lambda count: None  # before its sender hears of it

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        self.when_taken(len(self.letters))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address."""
        return [letter for whom, letter in self.letters if address in whom]


def free_port() -> int:
    """A port of this machine at which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A web server of this machine, by its host and port; told to stop, it does within a hundredth of a second."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def postbox(settings: LazySettings) -> Iterator[Postbox]:
    """A mail server to which the hub sends."""
    box = Postbox()
    box.port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    server.stop()


class Listener:
    """What the web server was sent, as (headers, body); `statuses` are its next answers, then 204."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.url = ""
        self.when_taken: Callable[[int], None] = lambda count: None


@pytest.fixture
def listener(settings: LazySettings) -> Iterator[Listener]:
    """A web server inside, that webhooks may call in this test."""
    kept = Listener()

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            kept.when_taken(len(kept.calls))
            status = kept.statuses.pop(0) if kept.statuses else 204
            with suppress(OSError):  # who asked may be dead by now
                self.send_response(status)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", kept.url)
                self.end_headers()

        def log_message(self, *words: object) -> None:
            """Nothing on the screen."""

    with serving(Keeps) as place:
        kept.url = f"http://{place}/hook"
        settings.WEBHOOKS_INSIDE = frozenset({place})
        yield kept
