"""Wakes the house before a command that needs it: settings, tables known, and a complete database."""

import os
import sys
from datetime import datetime

from grandunion.interfaces.cli.saying import say
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused


def wake(*, is_demo: bool = False) -> None:
    """Django with the hub's settings; a demonstration says so before the settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
    if is_demo:
        os.environ["GRANDUNION_DEMO"] = "1"
    import django

    django.setup()


def now() -> datetime:
    """The moment of the command."""
    from django.utils import timezone

    return timezone.now()


def missing_migrations() -> list[str]:
    """The migrations that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def need_tables() -> None:
    """Refuse to go on before the database has all its tables."""
    missing = missing_migrations()
    if missing:
        raise Refused(
            Text(
                f"The database lacks {len(missing)} migrations. Run: grandunion migrate",
                f"数据库还有 {len(missing)} 个迁移未执行，请先运行：grandunion migrate",
            )
        )


def reader_named(email: str) -> object:
    """The reader that an account is, in a house that is awake; refused where there is none of this address."""
    wake()
    need_tables()
    from grandunion.work.queries.parties import reader_of, user_by_email

    user = user_by_email(email)
    if user is None:
        raise Refused(Text(f"There is no account “{email}”.", f"没有账户“{email}”。"))
    return reader_of(user, now())


def bring_tables() -> int:
    """Create or change the tables the house needs; answers how many steps that took."""
    from django.conf import settings
    from django.core.management import call_command

    settings.HOME.mkdir(parents=True, exist_ok=True)
    count = len(missing_migrations())
    if count:
        call_command("migrate", verbosity=0, interactive=False)
    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)
    return count


def migrate() -> None:
    """Create or change the tables · 创建或升级数据表"""
    wake()
    count = bring_tables()
    if count:
        say(f"{count} migrations were made.", f"已执行 {count} 个迁移。")
    else:
        say("The database is up to date.", "数据库已是最新。")


def is_terminal() -> bool:
    """Whether a person sits at the other end and can be asked."""
    return sys.stdin.isatty()


COMMANDS = {"migrate": migrate}
