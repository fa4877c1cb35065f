"""Serves the hub: the web server of a real hub, and the demonstration."""

import logging
import threading
from typing import Annotated

import typer

from grandunion.interfaces.cli import working
from grandunion.interfaces.cli.counting import counting
from grandunion.interfaces.cli.saying import err, say, table
from grandunion.interfaces.cli.waking import bring_tables, need_tables, now, wake
from grandunion.terms.roles import Role
from grandunion.terms.text import Text

Host = Annotated[str, typer.Option(help="The address to listen on · 监听地址")]
Port = Annotated[int, typer.Option(help="The port to listen on · 监听端口", min=0, max=65535)]
Worker = Annotated[bool, typer.Option("--worker/--no-worker", help="Run the worker beside it · 同时运行后台任务")]
PACK = "hefei"
Threads = Annotated[int, typer.Option(help="How many requests at once · 同时处理的请求数", min=1, max=64)]


def serve(host: Host = "127.0.0.1", port: Port = 8000, threads: Threads = 8, has_worker: Worker = True) -> None:
    """Serve the hub to browsers · 启动网站服务"""
    wake()
    need_tables()
    listen(host, port, threads, has_worker=has_worker)


def listen(host: str, port: int, threads: int, *, has_worker: bool = True) -> None:
    """Answer requests until somebody presses Ctrl-C."""
    from django.conf import settings
    from waitress.server import create_server

    from grandunion.interfaces.kit.opening import opened

    # Behind TLS a proxy on this machine says who came and how; from nobody else is that believed.
    said_by_proxy = "x-forwarded-for x-forwarded-proto"
    proxy = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": said_by_proxy} if settings.BEHIND_TLS else {}
    try:
        server = create_server(
            opened(), host=host, port=port, threads=threads, ident=None,
            max_request_body_size=settings.UPLOAD_LIMIT + 1024 * 1024, **proxy,
        )  # fmt: skip
    except OSError as error:
        say(
            f"Port {port} is taken: {error}. Choose another with --port.",
            f"端口 {port} 已被占用，请用 --port 另选一个。",
        )
        raise typer.Exit(2) from error
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - only compared
    bound = getattr(server, "effective_port", port)
    say(
        f"Serving on http://{shown}:{bound}/  Stop with Ctrl-C.",
        f"服务地址：http://{shown}:{bound}/ ，按 Ctrl-C 停止。",
    )
    stopping = threading.Event()
    for name, beside in (("meaning", _read_along), *([("worker", working.beside)] if has_worker else [])):
        threading.Thread(target=beside, args=[stopping], name=name, daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:
        err.print()
    finally:
        stopping.set()
        server.close()


def _read_along(stopping: threading.Event) -> None:
    """Read what new texts mean, soon after they were saved and a few at a time, for as long as the hub is served."""
    from django.db import DatabaseError, connection

    from grandunion.work.actions.upkeep.meaning import read

    pause = 1.0
    while not stopping.wait(pause):
        try:
            pause = 0.2 if read() else 2.0
        except (DatabaseError, OSError) as error:  # a full disk, a database that restarts: later again
            logging.getLogger(__name__).warning("texts wait to be read: %s", error)
            connection.close()
            pause = 30.0


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    threads: Threads = 8,
    is_served: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve it when it is ready · 完成后启动服务")
    ] = True,
    has_worker: Worker = True,
) -> None:
    """A living hub with demonstration data, and how to sign in · 演示平台"""
    wake(is_demo=True)
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.demo import load_demo
    from grandunion.work.actions.upkeep.packs import load_pack
    from grandunion.work.queries.upkeep import packs

    bring_tables()
    at = now()
    if not packs.is_demo():
        packs.need_an_empty_hub()
        say("Loading the pack and the demonstration set …", "正在加载包和演示数据……")
        load_pack(packs.opened(PACK), by=house(at), at=at)
        with counting(Text("Demonstration", "演示数据")) as progress:
            load_demo(packs.demo_of(PACK), by=house(at), at=at, progress=progress)
    table(
        (Text("role", "角色"), Text("name", "姓名"), Text("e-mail", "邮箱"), Text("password", "密码")),
        ((Role(one["role"]).text, Text(one["name_en"], one["name_zh"]), one["email"], one["password"])
         for one in packs.demo_accounts()),
    )  # fmt: skip
    if is_served:
        listen(host, port, threads, has_worker=has_worker)


COMMANDS = {"demo": demo, "serve": serve}
