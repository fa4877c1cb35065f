"""Calls webhooks: signed after Standard Webhooks 1.0.0, never an address inside, never followed elsewhere."""

import base64
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from grandunion.terms.verdicts import Refused, invalid

PATIENCE = 15.0  # seconds for one reading or writing
DEADLINE = 25.0  # seconds for the whole call, however slowly the other side drips
LONGEST = 500
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: the other side's status, or why there is none."""

    status: int | None
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def secret(seed: str) -> str:
    """The secret of a webhook, as the other side keeps it: worked out from the hub's key, so that no table holds it."""
    key = sha256(b"grandunion.webhooks" + settings.SECRET_KEY.encode()).digest()
    return f"whsec_{base64.b64encode(hmac.new(key, seed.encode(), sha256).digest()).decode()}"


def signature(secrets: Sequence[str], delivery_id: str, timestamp: int, body: bytes) -> str:
    """The header webhook-signature: one signature for each secret in force, by a space."""
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    keys = (base64.b64decode(one.removeprefix("whsec_")) for one in secrets)
    return " ".join(f"v1,{base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()}" for key in keys)


def checked(url: str) -> str:
    """The address of a webhook, if it may be called at all; Invalid with the sentence for who typed it."""
    parts = _parts(url.strip())
    try:
        _addresses(parts)
    except _Inside as inside:
        raise invalid(
            "url", "This address lies inside a private network. Webhooks go to public addresses.",
            "该地址位于内部网络，Webhook 只能发往公网地址。",
        ) from inside  # fmt: skip
    except OSError as error:
        raise invalid(
            "url", f"The name “{parts.hostname}” cannot be found.", f"无法解析域名“{parts.hostname}”。"
        ) from error
    return url.strip()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise invalid("url", "This is not an address.", "地址格式不正确。") from error
    is_plain = parts.scheme == "http" and _is_let_in(parts.hostname, port or 80)
    has_more = parts.username or parts.password or parts.fragment
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or not parts.hostname or has_more:
        raise invalid("url", "Write the whole address, without a name or password in it.",
                      "请填写完整地址，且不得包含用户名或密码。")  # fmt: skip
    if parts.scheme != "https" and not is_plain:
        raise invalid("url", "The address begins with https://.", "地址须以 https:// 开头。")
    return parts


class _Inside(Exception):
    """The address is not one of the public internet."""


def _is_let_in(host: str | None, port: int) -> bool:
    return f"{host}:{port}" in settings.WEBHOOKS_INSIDE


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _addresses(parts: SplitResult) -> list[tuple[int, tuple]]:
    """Where the name leads, as (family, address); if any of it is inside, none is called."""
    found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    if not _is_let_in(parts.hostname, _port(parts)):
        for *_, address in found:
            if not _is_public(address[0]):
                raise _Inside
    return [(family, address) for family, _, _, _, address in found]


def _is_public(address: str) -> bool:
    one = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    if getattr(one, "teredo", None) or one in ipaddress.ip_network("64:ff9b::/96") if one.version == 6 else False:
        return False
    return (inner or one).is_global and not (inner or one).is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, whatever the name leads to by now."""

    def __init__(self, parts: SplitResult, addresses: Sequence[tuple[int, tuple]]) -> None:
        super().__init__(parts.hostname, _port(parts), timeout=PATIENCE)
        self.addresses, self.is_tls = addresses, parts.scheme == "https"

    def connect(self) -> None:
        """To the first of the addresses that answers; TLS proves that it is the name's."""
        family, address = self.addresses[0]
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(PATIENCE)
            plain.connect(address)
            self.sock = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self.is_tls else plain
            )
        except BaseException:
            plain.close()
            raise
        self.sock = plain


def call(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST the body; what the other side writes is not read beyond its head, and it is not followed elsewhere."""
    try:
        parts = _parts(url)
        connection = _Pinned(parts, _addresses(parts))
    except _Inside:
        return Answer(None, "the name leads into a private network")
    except Refused as refused:
        return Answer(None, refused.reason.en)
    except OSError as error:
        return Answer(None, f"the name cannot be found: {error}"[:300])
    watch = threading.Timer(DEADLINE, _cut, [connection])
    watch.start()
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    told = {"Content-Type": "application/json", "User-Agent": "GrandUnion-Webhooks/1", **headers}
    try:
        connection.request("POST", path, body, told)
        return Answer(connection.getresponse().status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:300])
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a call that takes too long."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
