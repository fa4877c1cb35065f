"""Looks after the index of meaning: where it stands, what waits, its files and its centres."""

import typer

from grandunion.interfaces.cli.checking import are_sound
from grandunion.interfaces.cli.counting import counting
from grandunion.interfaces.cli.saying import REFUSED, err, say, speech, table
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text


def show() -> None:
    """What was read, what waits, and by which model · 语义索引概况"""
    wake()
    need_tables()
    from grandunion.work.queries.upkeep.meaning import standing

    found = standing()
    table(
        (Text("kind", "类别"), Text("read", "已读"), Text("waiting", "待读")),
        ((kind, str(read), str(waiting)) for kind, (read, waiting) in found.counts.items()),
    )
    model = found.model or speech.line(Text("none yet", "尚无"))
    fit = found.fit or speech.line(Text("none", "无"))
    say(f"Model: {model}. Centres: {fit}.", f"模型：{model}；中心化参数：{fit}。")
    if found.missing:
        say(found.missing.en, found.missing.zh)


def read() -> None:
    """Read every text that waits, now · 立即处理全部待读文本"""
    wake()
    need_tables()
    from grandunion.work.actions.upkeep.meaning import read_all

    with counting(Text("Texts read", "已读文本")) as progress:
        count = read_all(progress)
    say(f"{count} records were read.", f"已读取 {count} 条记录。")


def refill() -> None:
    """Let every record wait whose text the index does not have · 补齐缺失或过期的索引文本"""
    wake()
    need_tables()
    from grandunion.work.actions.upkeep.meaning import refill as put_right

    count = put_right()
    say(f"{count} records differed and wait to be read.", f"有 {count} 条记录不一致，已列入待读。")


def mend() -> None:
    """Make the files anew from the database; no text is read again · 由数据库重建索引文件"""
    wake()
    need_tables()
    from grandunion.work.actions.upkeep.meaning import mend as make_anew

    wrong = make_anew()
    for text in wrong:
        err.print(f"  {speech.line(text)}", style="bold red")
    if wrong:
        raise typer.Exit(REFUSED)
    say("The files were made anew.", "索引文件已重建。")


def fit() -> None:
    """Centre each language anew on the hub's own texts · 用本平台文本重新拟合各语言中心"""
    wake()
    need_tables()
    from grandunion.work.actions.upkeep.meaning import refit

    for language, (count, is_fitted) in refit(now()).items():
        if is_fitted:
            say(f"{language}: fitted on {count} passages.", f"{language}：已用 {count} 段文本拟合。")
        else:
            say(
                f"{language}: {count} passages are too few, the centre stays.",
                f"{language}：仅 {count} 段文本，数量不足，沿用原中心。",
            )


def prove() -> None:
    """Prove that the index is the database, text by text and file by file · 校验语义索引与数据库一致"""
    wake()
    need_tables()
    from grandunion.terms.verdicts import no, require
    from grandunion.work.queries.upkeep.checks import meant
    from grandunion.work.queries.upkeep.meaning import is_on

    require(is_on() or no(
        "Search by meaning is switched off (GRANDUNION_MEANING=off).", "语义检索已关闭（GRANDUNION_MEANING=off）。",
    ))  # fmt: skip
    if not are_sound(meant()):
        raise typer.Exit(REFUSED)
    say("The index is what the database says.", "语义索引与数据库一致。")


COMMANDS = {"show": show, "read": read, "refill": refill, "mend": mend, "fit": fit, "prove": prove}
