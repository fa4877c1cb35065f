"""The command with all its words; what is heavy is imported by the word that needs it."""

import typer

from grandunion.interfaces.cli import (
    checking,
    docs,
    exporting,
    importing,
    keeping,
    matching,
    meaning,
    opendata,
    packs,
    plans,
    posting,
    reporting,
    rounds,
    serving,
    ties,
    users,
    waking,
    work_reports,
    working,
)
from grandunion.interfaces.cli import (
    figures as counted,
)
from grandunion.interfaces.cli.saying import spoken

WORDS = dict(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
app = typer.Typer(help="Grand Union, the service platform of an innovation hub · 科创服务平台", **WORDS)
pack = typer.Typer(help="Packs: everything particular to one hub · 包：一个中心的全部本地内容", **WORDS)

meant = typer.Typer(help="The index of what texts mean · 语义索引", **WORDS)
match = typer.Typer(
    cls=matching.ByNumber, help="Who may meet a record: grandunion match NUMBER · 撮合：查找候选", **WORDS
)
round_ = typer.Typer(help="Rounds: many meet many · 专场撮合", **WORDS)
ties_ = typer.Typer(help="Ties between organisations and persons · 关联关系", **WORDS)
figures = typer.Typer(help="Figures · 指标", **WORDS)
mail = typer.Typer(help="Letters that come in · 收件", **WORDS)
plan = typer.Typer(help="Plans and published figures · 规划目标与已发布数据", **WORDS)
report = typer.Typer(help="Work reports · 工作报告", **WORDS)
user = typer.Typer(help="Accounts · 账户", **WORDS)
return_ = typer.Typer(help="Periodic returns · 定期报表", **WORDS)


def _add(to: typer.Typer, words: dict) -> None:
    for name, deed in words.items():
        to.command(name)(spoken(deed))


for room in (serving, working, waking, importing, exporting, checking, keeping, docs):
    _add(app, room.COMMANDS)
_add(meant, meaning.COMMANDS)
_add(match, matching.COMMANDS)
_add(pack, packs.COMMANDS)
_add(round_, rounds.COMMANDS)
_add(ties_, ties.COMMANDS)
_add(user, users.COMMANDS)
_add(return_, reporting.COMMANDS)
_add(mail, posting.COMMANDS)
_add(figures, counted.COMMANDS | opendata.COMMANDS)
_add(plan, plans.COMMANDS)
_add(report, work_reports.COMMANDS)
match.add_typer(meant, name="index")
app.add_typer(match, name="match")
app.add_typer(meant, name="meaning")
app.add_typer(pack, name="pack")
app.add_typer(round_, name="round")
app.add_typer(ties_, name="ties")
app.add_typer(mail, name="mail")
app.add_typer(figures, name="figures")
app.add_typer(plan, name="plan")
app.add_typer(report, name="report")
app.add_typer(user, name="user")
app.add_typer(return_, name="returns")


def main() -> None:
    """Run what was typed."""
    app(prog_name="grandunion")
