"""Ties between parties, declared and settled."""

from datetime import datetime

from grandunion.records.matches import Tie
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import TieKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches import asking
from grandunion.work.queries.matches.ties import known_tie

Party = Organisation | Person
SUPPOSED = "发明人记录 · inventors on record"  # where a tie is known from that nobody declared


@atomic
def declare_tie(
    one: Party, other: Party, tie_kind: TieKind, *, source: str, by: Reader, at: datetime,
    is_confirmed: bool | None = None,
) -> Tie:  # fmt: skip
    """Keep that two parties are tied; a declaration of one's own stands, what is only heard waits to be confirmed."""
    if one.kind == other.kind and one.pk == other.pk:
        raise invalid("other", "Nobody is tied to itself.", "关联双方不能相同。")
    said = sound("source", source.strip(), 300)
    if not said:
        raise invalid("source", "Say where this is known from.", "请填写信息来源。")
    both = (one, other)
    organisations = frozenset(party.pk for party in both if party.kind == "organisation")
    persons = frozenset(party.pk for party in both if party.kind == "person")
    require(permissions.may_tie(by, organisations, persons), Forbidden)
    if (known := known_tie(one, other, TieKind(tie_kind), by)) is not None:
        raise Refused(Text(f"This is declared already: {known.number}.", f"已申报过该关联关系：{known.number}。"))
    is_sure = True if not by.is_officer else is_confirmed
    number = lists.next_numbers("TIE", at.year)[0]
    tie = Tie.objects.create(
        number=number, tie_kind=TieKind(tie_kind).value, source=said, is_confirmed=is_sure, declared_at=at,
        declared_by_id=by.user_id, settled_at=at if is_sure is not None else None,
        settled_by_id=by.user_id if is_sure is not None else None, **_column("", one), **_column("other_", other),
    )  # fmt: skip
    journal.note("tie.declared", tie, by=by, at=at, changes={"tie_kind": ("", tie.tie_kind)})
    return tie


def _column(prefix: str, party: Party) -> dict[str, Party]:
    return {f"{prefix}{party.kind}": party}


@atomic
def settle_tie(tie: Tie, *, stands: bool, reason: str, by: Reader, at: datetime, version: int | None = None) -> Tie:
    """Say, having looked, whether a tie stands and why; one that does not keeps nobody apart any more."""
    require(permissions.may_settle_tie(by), Forbidden)
    changes = base.change(
        tie, at=at, version=version, is_confirmed=stands, settled_at=at, settled_by_id=by.user_id,
        settled_why=_why(reason),
    )  # fmt: skip
    journal.note("tie.settled", tie, by=by, at=at, changes=changes)
    return tie


@atomic
def answer_question(
    one: Party, other: Party, tie_kind: TieKind, *, stands: bool, reason: str, by: Reader, at: datetime
) -> Tie:
    """Say whether two are tied, where a record lets it be supposed; what was found is kept as a tie between them."""
    require(permissions.may_settle_tie(by), Forbidden)
    if (known := asking.open_tie(one, other, tie_kind)) is not None:
        return settle_tie(known, stands=stands, reason=reason, by=by, at=at)
    why = _why(reason)
    made = declare_tie(one, other, tie_kind, source=SUPPOSED, by=by, at=at)
    return settle_tie(made, stands=stands, reason=why, by=by, at=at)


def _why(reason: str) -> str:
    said = sound("reason", reason.strip(), 300)
    if not said:
        raise invalid("reason", "Say in a few words what you found.", "请简要说明核实情况。")
    return said


@atomic
def end_tie(tie: Tie, *, by: Reader, at: datetime, version: int | None = None) -> Tie:
    """Say that a tie has ended."""
    require(permissions.may_settle_tie(by), Forbidden)
    if tie.ended_at is not None:
        raise Refused(Text("This tie has ended already.", "该关联关系已终止。"))
    journal.note("tie.ended", tie, by=by, at=at, changes=base.change(tie, at=at, version=version, ended_at=at))
    return tie
