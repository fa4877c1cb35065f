"""Takes letters in: a small mail server for replies, or one letter from standard input."""

import asyncio
import signal
import sys
from email import message_from_bytes
from email.utils import getaddresses
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid

NOT_OURS = "550 5.1.1 There is no such address here"
LATER = "451 4.3.0 Not now, please try again later"
TAKEN = "250 2.0.0 Filed"
ADDRESSED = ("Delivered-To", "X-Original-To", "To", "Cc")


class Door:
    """What the mail server asks: is this address ours, and what becomes of this letter."""

    async def handle_RCPT(self, server: object, session: object, envelope: object, address: str, options: list) -> str:
        """Refuse every address the hub has not given out, while the sender's server is on the line."""
        answer = await asyncio.to_thread(_known, address)
        if answer == "250 OK":
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        """File the letter; only what is filed is taken."""
        return await asyncio.to_thread(_filed, envelope.content, list(envelope.rcpt_tos))


def _known(address: str) -> str:
    from django.db import Error, connections

    from grandunion.work.actions.messages.arriving import whose

    try:
        whose(address, now())
    except Refused:
        return NOT_OURS
    except (Error, OSError):
        return LATER
    finally:
        connections.close_all()  # this thread's own; the next letter may come in another
    return "250 OK"


def _filed(raw: bytes, to: list[str]) -> str:
    from django.db import Error, connections

    from grandunion.work.actions.messages.arriving import arrive

    try:
        arrive(raw, to, at=now())
    except Refused as refused:
        return f"550 5.7.1 {refused.reason.en.encode('ascii', 'replace').decode()[:400]}"
    except (Error, OSError):
        return LATER
    finally:
        connections.close_all()  # this thread's own; the next letter may come in another
    return TAKEN


def receive(
    listen: Annotated[str, typer.Option(help="host:port; else GRANDUNION_MAIL_LISTEN · 监听地址")] = "",
) -> None:
    """Take in replies by mail, refusing every other letter · 接收邮件回复"""
    wake()
    need_tables()
    from aiosmtpd.controller import Controller
    from django.conf import settings

    host, _, port = (listen or settings.MAIL_LISTEN or "127.0.0.1:8025").rpartition(":")
    if not port.isascii() or not port.isdigit():
        raise invalid(
            "listen", "Write host:port, for example 127.0.0.1:8025.", "请写成 主机:端口，例如 127.0.0.1:8025。"
        )
    server = Controller(
        Door(), hostname=host or "127.0.0.1", port=int(port), ident="Grand Union", enable_SMTPUTF8=True,
        data_size_limit=settings.UPLOAD_LIMIT + 5 * 1024 * 1024,
    )  # fmt: skip
    server.start()
    say(f"Letters are taken in at {host}:{port}. Stop with Ctrl-C.", f"正在 {host}:{port} 接收邮件，按 Ctrl-C 停止。")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        server.stop()


def file(
    to: Annotated[
        list[str] | None, typer.Option("--to", help="The address it came to; else those in its head · 收件地址")
    ] = None,
) -> None:
    """File one letter from standard input, as a mail server hands it on · 归档一封邮件（标准输入）"""
    wake()
    need_tables()
    from grandunion.work.actions.messages.arriving import arrive

    raw = sys.stdin.buffer.read()
    arrived = arrive(raw, to or _addressed(raw), at=now())
    if arrived.is_held:
        say("A machine wrote this letter, or it came from another address: it is held apart on its need.",
            "该邮件为自动邮件或来自其他邮箱，已在需求中单独留存。")  # fmt: skip
        return
    numbers = Text(", ".join(arrived.numbers), "、".join(arrived.numbers))
    say(f"Filed on {numbers.en}.", f"已归档至 {numbers.zh}。")


def _addressed(raw: bytes) -> list[str]:
    """Those addresses in the letter's head that are written as the hub writes its own."""
    from grandunion.work.queries.messages.replies import read

    message = message_from_bytes(raw)
    named = [address for name in ADDRESSED for _, address in getaddresses(message.get_all(name, []))]
    ours = [address for address in named if read(address)]
    if not ours:
        raise Refused(Text("None of its addresses is one of the hub's.", "收件地址不属于本平台。"))
    return ours


COMMANDS = {"receive": receive, "file": file}
