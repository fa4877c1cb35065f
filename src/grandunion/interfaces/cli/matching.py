"""Says who may meet a record, best first and explained: `grandunion match NUMBER`."""

import json
from collections.abc import Iterable
from typing import Annotated

import typer
from typer.core import TyperGroup

from grandunion.interfaces.cli.saying import out, say, speech, table, tell
from grandunion.interfaces.cli.waking import need_tables, now, reader_named, wake
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent, Refused, invalid

FOR = "for"
KINDS = {"NED": "need", "ACH": "achievement", "OFR": "offer", "PER": "person", "SCO": "opportunity",
         "SCP": "capability"}  # fmt: skip
SCENES = ("opportunity", "capability")
MOST_STRENGTHS = 3


class ByNumber(TyperGroup):
    """A group whose first word may be a record's number: it then stands for the word `for`."""

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> tuple:
        """The word's command; a number is handed to `for`."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = [FOR, *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """An option before the number belongs to `for` too: `grandunion match --json NED-2026-0001`."""
        if args and args[0].startswith("-") and args[0] != "--help":
            args = [FOR, *args]
        return super().parse_args(ctx, args)


def match(
    number: Annotated[
        str, typer.Argument(help="NED- ACH- OFR- PER- SCO- SCP-… · 需求、成果、供给、人员、场景、能力编号")
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many · 条数")] = 10,
    market: Annotated[str, typer.Option(help="Of several markets, which · 撮合类型")] = "",
    weights: Annotated[str, typer.Option(help="text:40,maturity:20 for this answer · 仅用于本次的权重")] = "",
    as_: Annotated[str, typer.Option("--as", help="Whose eyes: an account's e-mail; else the hub's · 以谁的身份")] = "",
    is_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON on stdout · 输出 JSON")] = False,
) -> None:
    """Who may meet this record, best first, with the reasons · 查找候选并说明理由"""
    wake()
    need_tables()
    from grandunion.work.permissions import matches as permissions
    from grandunion.work.queries.matches import bench, explained, scenes

    reader = _reader(as_)
    record = _record(number.strip().upper(), reader, permissions)
    given = explained.weights_from(weights)
    chosen = explained.market_from(market, record)
    if record.kind in SCENES:
        found = scenes.scene_bench(record, reader, given, limit)
    else:
        found = bench.bench(record, reader, chosen, given, limit)
    told = explained.explained(record, found, given)
    if is_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1, default=_plain))
    else:
        _say(record, found, told["weights"])


def _plain(value: object) -> object:
    """What JSON has no kind for: sayings in both languages, exact figures as text."""
    return {"en": value.en, "zh": value.zh} if isinstance(value, Text) else str(value)


def _reader(email: str) -> object:
    """The hub itself, or the account named."""
    from grandunion.terms.readers import house

    return reader_named(email) if email else house(now())


def _record(number: str, reader: object, permissions: object) -> object:
    """The record in the middle, if the reader may look for who meets it."""
    from grandunion.terms.verdicts import Forbidden, require
    from grandunion.work.queries import scenarios
    from grandunion.work.queries.matches import bench

    kind = KINDS.get(number.partition("-")[0])
    if kind is None:
        raise invalid(
            "NUMBER", f"“{number}” is no number of what is matched: NED-, ACH-, OFR-, PER-, SCO-, SCP-….",
            f"“{number}”不是可撮合记录的编号（NED-、ACH-、OFR-、PER-、SCO-、SCP- 开头）。",
        )  # fmt: skip
    try:
        record = getattr(scenarios, kind)(number, reader) if kind in SCENES else bench.middle(kind, number, reader)
    except Absent as absent:
        raise Refused(Text(f"There is no “{number}” on offer or in need here.",
                           f"未找到可撮合的“{number}”。")) from absent  # fmt: skip
    judges = {"need": permissions.may_search, **dict.fromkeys(SCENES, permissions.may_find_fitting)}
    require(judges.get(kind, permissions.may_find_needs)(reader, record), Forbidden)
    return record


def _say(record: object, found: object, weights: dict) -> None:
    """The candidates as a table with what speaks for each, then who was left out, then what was not compared."""
    tell(Text("{number} {title}", "{number} {title}").fill(number=record.number, title=_title(record)), style="bold")
    said = listed(_weighed(code, weight) for code, weight in weights.items() if float(weight))
    market = Text("{market}; weights: {weights}", "{market}；权重：{weights}")
    tell(market.fill(market=found.market.text, weights=said))
    for note in found.missing:
        tell(note, style="yellow")
    if found.lines:
        table(_HEADS, (_row(one, is_changed=found.is_changed) for one in found.lines))
    else:
        say("Nothing here may meet it.", "暂无候选。")
    if found.excluded:
        tell(Text(f"Left out: {len(found.excluded)}", f"已排除：{len(found.excluded)}"), style="bold")
        for one in found.excluded:
            asks = f" → {speech.line(one.score.asks)}" if one.score.asks else ""
            out.print(f"  {one.number}  {speech.line(one.score.excluded)}{asks}")
    say(f"{found.compared} compared.", f"共比较 {found.compared} 项。")


def _weighed(code: str, weight: str) -> Text:
    """A reason with its weight in hundredths."""
    from grandunion.work.queries.matches.bench import part_name

    return Text("{name} {weight}", "{name} {weight}").fill(name=part_name(code), weight=f"{float(weight) * 100:g}")


_HEADS = (Text("#", "#"), Text("score", "匹配度"), Text("sure", "可信度"), Text("number", "编号"), Text("what", "名称"),
          Text("why", "理由"))  # fmt: skip


def _row(one: object, *, is_changed: bool) -> Iterable[object]:
    place = f"{one.place} ({one.was})" if is_changed and one.was != one.place else str(one.place)
    return place, one.percent, f"{one.confidence} %", one.number, one.title, _why(one)


def _why(one: object) -> Text:
    """What weighs most for it, with the evidence."""
    known = [part for part in one.score.parts if part.value]
    best = sorted(known, key=lambda part: -part.weight * part.value)[:MOST_STRENGTHS]
    return Text("; ".join(part.evidence.en for part in best), "；".join(part.evidence.zh for part in best))


def _title(record: object) -> Text:
    return record.title if hasattr(record, "title") else record.name


def topics(
    is_learning: Annotated[bool, typer.Option("--learn", help="Learn them anew, now · 立即重新学习")] = False,
) -> None:
    """The topics by which experts are compared, learnt from texts open to members · 专家比较所用的主题"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.matches.topics import learn_topics
    from grandunion.work.queries.matches.topics import sets

    if is_learning:
        made = learn_topics(by=house(now()), at=now())
        say(
            f"Learnt from {made.texts} texts open to members: {made.number}.",
            f"已从 {made.texts} 条对会员开放的文本学习：{made.number}。",
        )
        return
    rows = [(one.number, str(one.texts)) for one in sets()]
    if not rows:
        say("No topics yet: experts are compared by words and meaning.", "尚无主题：专家按词语与语义比较。")
        return
    table((Text("topics, the first in force", "主题（首行为当前使用）"), Text("texts", "文本数")), rows)


COMMANDS = {FOR: match, "topics": topics}
