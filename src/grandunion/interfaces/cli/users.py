"""Opens and closes accounts."""

import sys
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say, speech
from grandunion.interfaces.cli.waking import is_terminal, need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid


def add(
    email: Annotated[str, typer.Argument(help="The address to sign in with · 登录邮箱")],
    role: Annotated[str, typer.Option(help="officer, planner, bureau, administrator, university … · 角色")] = "",
    organisation: Annotated[str, typer.Option(help="The number of the organisation · 单位编号")] = "",
    area: Annotated[str, typer.Option(help="The code of the only area served · 片区代码")] = "",
    name_zh: Annotated[str, typer.Option(help="Name in Chinese · 中文姓名")] = "",
    name_en: Annotated[str, typer.Option(help="Name in English · 英文姓名")] = "",
    from_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin · 从标准输入读取密码")
    ] = False,
) -> None:
    """Open an account with a role · 开通账户"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.accounts import Account, add_user

    account = Account(email, name_zh, name_en, role, organisation, area)
    password = asked(from_stdin=from_stdin)
    at = now()
    user = add_user(account, password, by=house(at), at=at)
    say(f"{user.email} can sign in.", f"{user.email} 可以登录。")


def close(email: Annotated[str, typer.Argument(help="The account's address · 登录邮箱")]) -> None:
    """Close an account: its sessions and tokens end at once · 停用账户"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.parties.accounts import close_account
    from grandunion.work.queries.parties import user_by_email

    user, at = user_by_email(email), now()
    if user is None:
        raise Refused(Text(f"There is no account “{email}”.", f"没有账户“{email}”。"))
    close_account(user, by=house(at), at=at)
    say(f"{user.email} is closed.", f"{user.email} 已停用。")


def asked(*, from_stdin: bool) -> str:
    """The first password: one line of stdin, or typed twice without being shown."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not is_terminal():
        raise invalid("password", "Nobody to ask: pipe the password and add --password-stdin.",
                      "无法询问密码，请通过管道传入并加上 --password-stdin。")  # fmt: skip
    question, again = (speech.line(text) for text in (Text("Password", "密码"), Text("Once more", "再次输入")))
    return typer.prompt(question, hide_input=True, confirmation_prompt=again)


COMMANDS = {"add": add, "close": close}
