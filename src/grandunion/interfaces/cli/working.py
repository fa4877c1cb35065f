"""Runs the worker: what is due by the clock, messages, letters and webhooks; alone, or beside the server."""

import logging
import signal
import threading
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

IDLE, TROUBLED = 2.0, 30.0  # seconds
log = logging.getLogger(__name__)


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due now, then stop · 处理完当前到期事项后退出")
    ] = False,
) -> None:
    """Do what is due: reminders, messages, mail, webhooks · 运行后台任务（提醒、消息、邮件、推送）"""
    wake()
    need_tables()
    from grandunion.work.actions.messages.worker import alone

    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopping.set())
    with alone() as is_mine:
        if not is_mine:
            raise Refused(Text("A worker runs on this machine already.", "本机已有后台任务在运行。"))
        if not once:
            say("The worker runs. Stop with Ctrl-C.", "后台任务已启动，按 Ctrl-C 停止。")
        done = catch_up(stopping)
        while not (once or stopping.wait(IDLE)):
            done += catch_up(stopping)
    say(f"{done} things were done.", f"共处理 {done} 项。")


def catch_up(stopping: threading.Event) -> int:
    """Rounds until nothing is due; answers how much was done."""
    from grandunion.work.actions.messages.worker import work

    busy, done = set(), 0
    while not stopping.is_set() and (count := work(now(), busy)):
        done += count
    return done


def beside(stopping: threading.Event) -> None:
    """The worker beside the server, for as long as it is served; where another process is the worker, it waits."""
    from django.db import connection

    from grandunion.work.actions.messages.worker import alone

    pause = 0.5
    while not stopping.wait(pause):
        with alone() as is_mine:
            pause = TROUBLED
            while is_mine and not stopping.is_set():
                try:
                    catch_up(stopping)
                    pause = IDLE
                except OSError as error:  # the folder is gone for a moment: later again
                    log.warning("the worker waits: %s", error)
                stopping.wait(pause)
    connection.close()


COMMANDS = {"worker": worker}
