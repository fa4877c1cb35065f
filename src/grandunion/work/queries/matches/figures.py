"""The report on what came of matches: counts of each step by group, conversion, median days, and their rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

from grandunion.engines.indicators import LEAST, masked
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.parties import User
from grandunion.terms.matches import DeclineReason, FailReason, Market, MatchState
from grandunion.terms.readers import Reader
from grandunion.terms.reports import Cut, Stage
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, Listing
from grandunion.work.queries.matches import success
from grandunion.work.queries.matches.listing import ASKED_FOR, Either
from grandunion.work.queries.matches.rows import visible_to
from grandunion.work.queries.matches.success import CAME_TO_NOTHING, ENDED, ENDINGS, LADDER, Asked
from grandunion.work.queries.matches.tally import Tally, tallies

EXPENSIVE = (
    (MatchState.DECLINED.value, DeclineReason.PRICE_TOO_HIGH.value), (MatchState.FAILED.value, FailReason.PRICE.value),
)  # fmt: skip
DAY = 24 * 3600
NOBODY, NONE = Text("Nobody in charge", "暂无经办人"), Text("No field recorded", "未填写领域")
Counts = Mapping[Stage, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the report: how many came to each step, and how long it took them.

    A count is None where this reader may not know it, and so is every figure that would tell it. `days_to_introduction`
    are days from the suggestion, `days_to_success` from the introduction, in the median.
    """

    key: str
    name: Text
    counts: Mapping[Stage, int | None]
    days_to_introduction: Decimal | None
    days_to_success: Decimal | None

    def part(self, stage: Stage, of: Stage = Stage.SUGGESTED) -> Decimal | None:
        """The share of those at one step that came to another, in per cent; None where it is not known."""
        some, every = self.counts[stage], self.counts[of]
        if some is None or not every:
            return None
        return (Decimal(100) * some / every).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Report:
    """All lines of the report and their sum; `expensive` is how often the price was named, None if not told."""

    asked: Asked
    groups: tuple[Group, ...]
    whole: Group
    expensive: int | None
    is_masked: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows behind a number, and how many more the reader may not open (None: that is not told)."""

    listing: Listing
    count: int | None
    hidden: int | None


def report(asked: Asked, reader: Reader) -> Report:
    """The matches of the period by what they are cut by, the largest group first, months in their order."""
    found = tallies(asked)
    keyed: dict[str, list[Tally]] = {}
    for one in found:  # by reason, only those that came to nothing are in a group
        if asked.cut is not Cut.REASON or one.stood_in in CAME_TO_NOTHING:
            keyed.setdefault(one.part, []).append(one)
    names, sizes = _names(asked.cut, keyed), {key: _sum(some) for key, some in keyed.items()}
    order = sorted(keyed, key=lambda key: key if asked.cut is Cut.MONTH else (-sizes[key], key))
    counts = [_counted(keyed[key]) for key in order]
    is_masked = not reader.reads_rows
    shown = _masked(counts) if is_masked else counts
    groups = tuple(_group(key, names[key], kept, keyed[key]) for key, kept in zip(order, shown, strict=True))
    whole = _counted(found)
    sum_ = _group("", Text("All matches", "全部撮合"), _masked([whole])[0] if is_masked else whole, found)
    dear = _sum(one for one in found if (one.stood_in, one.why) in EXPENSIVE)
    return Report(asked, groups, sum_, None if is_masked and 0 < dear < LEAST else dear, is_masked)


def _sum(found: Iterable[Tally]) -> int:
    return sum(one.count for one in found)


def _names(cut: Cut, keys: Iterable[str]) -> dict[str, Text]:
    """What each group is called; people and fields are asked for at once."""
    keys = list(keys)
    if cut in (Cut.MANAGER, Cut.FIELD):
        ids, rows = [int(key) for key in keys if key], User if cut is Cut.MANAGER else Term
        known = {str(one.pk): one.name for one in rows.objects.filter(pk__in=ids)}
        return {"": NOBODY if cut is Cut.MANAGER else NONE, **known}
    names: dict[Cut, Callable[[str], Text]] = {
        Cut.MARKET: lambda key: Market(key).text, Cut.REASON: _reason, Cut.MONTH: lambda key: Text(key, key),
    }  # fmt: skip
    return {key: names[cut](key) for key in keys}


def _reason(key: str) -> Text:
    state, _, why = key.partition(".")
    words = DeclineReason if state == MatchState.DECLINED else FailReason
    said = words(why).text if words.has(why) else Text("no reason given", "未说明原因")
    return Text("{state}: {said}", "{state}：{said}").fill(state=MatchState(state).text, said=said)


def _counted(found: Sequence[Tally]) -> dict[Stage, int]:
    at, stood = Counter(), Counter()
    for one in found:
        at[one.height] += one.count
        stood[one.stood_in] += one.count
    climbed = {
        stage: sum(at[height] for height in range(place, len(LADDER))) for place, stage in enumerate(LADDER[:-1])
    }
    ended = {stage: stood[state] for stage, state in ENDED.items()}
    return {**climbed, **ended, Stage.OPEN: stood.total() - sum(ended.values())}


def _masked(counts: Sequence[Counts]) -> list[dict[Stage, int | None]]:
    """The counts without the small ones, nor those by which a small one could be worked out from a sum.

    The sums are those of a column, of the endings of a line, and of two steps that follow each other: who stopped
    between them is a small number too.
    """
    hidden: set[tuple[int, Stage]] = set()
    for stage in Stage:
        hidden |= {(place, stage) for place in masked([line[stage] for line in counts])}
    for place, line in enumerate(counts):
        hidden |= {(place, ENDINGS[at]) for at in masked([line[stage] for stage in ENDINGS])}
        for above, below in pairwise(LADDER):
            if 0 < line[above] - line[below] < LEAST:
                hidden.add((place, below))
    return [
        {stage: None if (place, stage) in hidden else count for stage, count in line.items()}
        for place, line in enumerate(counts)
    ]


def _group(key: str, name: Text, counts: Mapping[Stage, int | None], found: Sequence[Tally]) -> Group:
    return Group(
        key, name, counts,
        None if counts[Stage.INTRODUCED] is None else _days([(one.to_introduction, one.count) for one in found]),
        None if counts[Stage.SUCCESS] is None else _days([(one.to_success, one.count) for one in found]),
    )  # fmt: skip


def _days(spans: Sequence[tuple[int | None, int]]) -> Decimal | None:
    """The median in days, to a tenth, of seconds that each came so many times; None without any."""
    every = [seconds for seconds, count in spans if seconds is not None for _ in range(count)]
    return Decimal(str(median(every) / DAY)).quantize(Decimal("0.1")) if every else None


def behind(asked: Asked, reader: Reader, stage: Stage, key: str | None = None) -> Opened:
    """The matches behind a number of the report, as far as the reader may open them; `key` is of a group."""
    counted = _counted_rows(asked, stage, key)

    def scope(asking: Reader) -> object:
        return counted.filter(pk__in=visible_to(asking).values("pk"))

    listing = Listing(
        code="matches", name=Text("Matches", "撮合"), record=Match, columns=COLUMNS, order=("-created_at", "-pk"),
        scope=scope,
    )  # fmt: skip
    if not reader.reads_rows:
        return Opened(listing, None, None)
    count = counted.count()
    return Opened(listing, count, count - listing.rows(reader).count())


def _counted_rows(asked: Asked, stage: Stage, key: str | None) -> object:
    rows = success.at_stage(success.rows(asked), stage)
    if key is None:
        return rows
    return success.in_group(rows, asked.cut, key)


FIELDS = ("need__field__name_zh", "need__field__name_en", "opportunity__field__name_zh", "opportunity__field__name_en")
COLUMNS = (
    Either("title", Text("Need or scenario", "需求或场景"), ASKED_FOR, "title"),
    Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
    Column("market", Text("Market", "类型"), ("market",), "word", Market, ("market",)),
    Column("stood_in", Text("State on the day", "当日状态"), ("stood_in",), "word", MatchState),
    Column("state", Text("State today", "当前状态"), ("state",), "word", MatchState, ("state",)),
    Column("suggested", Text("Suggested on", "推荐日期"), ("created_at",), "moment", sort=("created_at",)),
    Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
    Either("field", Text("Field", "领域"), FIELDS, "term"),
)


def managers(asked: Asked) -> list[User]:
    """Who was in charge of matches of the period, by name."""
    rows = Match.objects.unscoped("the choices of a report name who was in charge")
    within = rows.filter(created_at__gte=success.start_of(asked.since)).order_by().values("in_charge")
    return sorted(User.objects.filter(pk__in=within), key=lambda one: (one.name.zh, one.pk))
