"""The list of matches: its columns, filters, and how words are looked for in both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from grandunion.adapters import index
from grandunion.records.matches import Match
from grandunion.terms.matches import DeclineReason, Market, MatchState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word, either
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.matches.rows import visible_to


class Waiting(Word):
    """For whom a match waits, as a filter."""

    US = "us", "For our answer", "待我方答复"
    BOTH = "introduction", "For the introduction", "待对接"
    MINE = "mine", "In my charge", "我经办的"


ASKED = (MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED)


def waiting(value: str, reader: Reader) -> Q:
    """Matches by whom they wait for."""
    ours = reader.organisation_ids
    known = {
        Waiting.US: Q(state__in=ASKED)
        & (Q(owner__in=ours, needing_accepted_at=None) | Q(offering__in=ours, offering_accepted_at=None)),
        Waiting.BOTH: Q(state=MatchState.INTERESTED) & ~Q(needing_accepted_at=None) & ~Q(offering_accepted_at=None),
        Waiting.MINE: Q(in_charge=reader.user_id),
    }
    if value not in known:
        codes = Waiting.codes()
        raise invalid(
            "waiting", f"“{value}” is not one of: {', '.join(codes)}.", f"“{value}”不在可选范围：{'、'.join(codes)}。"
        )
    return known[value]


def spoken_of(words: str) -> Q:
    """Matches of which either side speaks of the words, or whose number they are."""
    return (
        Q(number__iexact=words)
        | Q(need__in=index.found("need", words))
        | Q(achievement__in=index.found("achievement", words))
        | Q(offer__in=index.found("offer", words))
        | Q(opportunity__in=index.found("opportunity", words))
        | Q(capability__in=index.found("capability", words))
    )


@dataclass(frozen=True, slots=True)
class Either(Column):
    """What one side is by its name, of whatever kind: the first one that is there."""

    def value(self, raw: tuple) -> Text | None:
        """The first of the names that is there."""
        found = next(((zh, en) for zh, en in _named(raw) if zh or en), None)
        return either(found[1], found[0]) if found else None


def _named(raw: tuple) -> Iterator[tuple[str | None, str | None]]:
    """The names two by two: Chinese, English."""
    return zip(raw[::2], raw[1::2], strict=True)


ASKED_FOR = ("need__title_zh", "need__title_en", "opportunity__title_zh", "opportunity__title_en")
OFFERED = (
    "achievement__title_zh", "achievement__title_en", "offer__title_zh", "offer__title_en", "expert__name_zh",
    "expert__name_en", "capability__title_zh", "capability__title_en",
)  # fmt: skip
LISTING = Listing(
    code="matches",
    name=Text("Matches", "撮合"),
    record=Match,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Either("title", Text("Need or scenario", "需求或场景"), ASKED_FOR, "title"),
        Either("offer", Text("Offer", "供给"), OFFERED, "term"),
        Column("offering", Text("Offering side", "供给方"), ("offering__name_zh", "offering__name_en"), "term"),
        Column("owner", Text("Needing side", "需求方"), ("owner__name_zh", "owner__name_en"), "term"),
        Column("state", Text("State", "状态"), ("state",), "word", MatchState, ("state",)),
        Column("score", Text("Score", "匹配度"), ("score",), "share", sort=("score",)),
        Column("market", Text("Market", "类型"), ("market",), "word", Market, ("market",), is_shown=False),
        Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
        Column("reason", Text("Reason", "谢绝原因"), ("reason",), "word", DeclineReason, is_shown=False),
        Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", MatchState),
        Filter("market", Text("Market", "类型"), "market", Market),
        Filter("waiting", Text("Waiting", "待办"), "state", Waiting, condition=waiting),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("reason", Text("Reason to decline", "谢绝原因"), "reason", DeclineReason),
        Filter("owner", Text("Needing organisation's number", "提出单位编号"), "owner__number", kind="link"),
        Filter("offering", Text("Offering organisation's number", "供给单位编号"), "offering__number", kind="link"),
        Filter("need", Text("Need's number", "需求编号"), "need__number", kind="link"),
        Filter("opportunity", Text("Scenario's number", "场景机会编号"), "opportunity__number", kind="link"),
        Filter("capability", Text("Capability's number", "能力编号"), "capability__number", kind="link"),
        Filter("achievement", Text("Achievement's number", "成果编号"), "achievement__number", kind="link"),
    ),
    scope=visible_to,
    words=spoken_of,
)
