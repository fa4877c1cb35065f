"""Ties between parties as the desk reads them, and those somebody declared for their own side."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from grandunion.records.matches import Tie
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import TieKind, TieState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.queries import parties
from grandunion.work.queries.base.rows import one

Party = Organisation | Person
SHOWN = 100
CLOSED = Text("(not open to you)", "（您无权查看）")
HELD = {TieState.WAITING: None, TieState.STANDS: True, TieState.DENIED: False}
DRAWN = ("organisation", "person", "other_organisation", "other_person", "declared_by", "settled_by")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a tie: what it is called and where its record is, as far as both are open to the reader."""

    name: Text
    url: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A tie with both its ends as the reader may read them."""

    tie: Tie
    one: End
    other: End

    @property
    def state(self) -> TieState:
        """What is known of it."""
        return state_of(self.tie)


def party(number: str, reader: Reader) -> Party:
    """The organisation or person of this number, if the reader may see it."""
    if number.upper().startswith("PER-"):
        return parties.person(number, reader)
    return parties.organisation(number, reader)


def party_called(written: str, reader: Reader) -> Party | None:
    """The party of this number, or the only one of this full name, that the reader may see."""
    called = Q(number__iexact=written) | Q(name_zh=written) | Q(name_en__iexact=written)
    found = [
        party
        for rows in (parties.organisations(reader), parties.persons(reader))
        for party in rows.filter(called).order_by("pk")[:2]
    ]
    return found[0] if len(found) == 1 else None


def state_of(tie: Tie) -> TieState:
    """What is known of a tie."""
    if tie.ended_at is not None:
        return TieState.ENDED
    return next(state for state, held in HELD.items() if held == tie.is_confirmed)


def ties_of(party: Party, reader: Reader) -> tuple[Told, ...]:
    """The ties of a party: all of them for the desk; others read those they declared themselves."""
    return _told(_rows(reader).filter(_with(party)), reader)


def waiting_ties(reader: Reader) -> tuple[Told, ...]:
    """The ties that nobody has looked into, the oldest first; for the desk."""
    if not reader.is_officer:
        return ()
    return _told(_rows(reader).filter(_in(TieState.WAITING)).order_by("declared_at", "pk"), reader)


def page_of_ties(
    reader: Reader, party: Party | None = None, state: TieState | None = None, after: str = "", size: int = SHOWN
) -> tuple[tuple[Told, ...], str]:
    """So many of the ties the reader may read, the latest first, after that number; and the number to go on after."""
    rows = _rows(reader).order_by("-pk")
    if party is not None:
        rows = rows.filter(_with(party))
    if state is not None:
        rows = rows.filter(_in(state))
    if after:
        rows = rows.filter(pk__lt=_place(after, reader))
    found = _told(rows, reader, size + 1)
    return found[:size], found[size - 1].tie.number if len(found) > size else ""


def _place(number: str, reader: Reader) -> int:
    row = _rows(reader).filter(number=number).first() if number.isprintable() else None
    if row is None:
        raise invalid(
            "cursor",
            "This is not a cursor of this list. Leave it out to start from the beginning.",
            "这不是本列表的游标，请去掉该参数从头开始。",
        )
    return row.pk


def get_tie(number: str, reader: Reader) -> Tie:
    """One tie, for the desk and for whoever declared it."""
    return one(_rows(reader), number=number)


def known_tie(one: Party, other: Party, tie_kind: TieKind, reader: Reader) -> Tie | None:
    """The tie of this kind between two that the reader knows of and that has neither ended nor been denied."""
    rows = ties_open_to(reader).filter(tie_kind=tie_kind, ended_at=None).exclude(is_confirmed=False)
    both = ({**_column("", here), **_column("other_", there)} for here, there in ((one, other), (other, one)))
    return rows.filter(Q(**next(both)) | Q(**next(both))).order_by("pk").first()


def _column(prefix: str, party: Party) -> dict[str, Party]:
    return {f"{prefix}{party.kind}": party}


def told_tie(tie: Tie, reader: Reader) -> Told:
    """The tie with its ends, as far as they are open to the reader."""
    return _said([tie], reader)[0]


def _with(party: Party) -> Q:
    return Q(**{party.kind: party}) | Q(**{f"other_{party.kind}": party})


def _in(state: TieState) -> Q:
    return Q(ended_at=None, is_confirmed=HELD[state]) if state in HELD else Q(ended_at__isnull=False)


def ties_open_to(reader: Reader) -> QuerySet[Tie]:
    """The ties the reader may read: all of them for the desk, for others those they declared themselves."""
    rows = Tie.objects.unscoped("ties are read by the desk, and by whoever declared them")
    return rows if reader.is_officer else rows.filter(declared_by=reader.user_id or 0)


def _rows(reader: Reader) -> QuerySet[Tie]:
    return ties_open_to(reader).select_related(*DRAWN).order_by("ended_at", "-declared_at", "-pk")


def _told(rows: QuerySet[Tie], reader: Reader, most: int = SHOWN) -> tuple[Told, ...]:
    return _said(list(rows[:most]), reader)


def _said(ties: list[Tie], reader: Reader) -> tuple[Told, ...]:
    ends = [end for tie in ties for end in (_one(tie), _other(tie))]
    seen = {("organisation", pk) for pk in _seen(parties.organisations(reader), ends, "organisation")} | {
        ("person", pk) for pk in _seen(parties.persons(reader), ends, "person")
    }
    return tuple(Told(tie, _end(_one(tie), seen), _end(_other(tie), seen)) for tie in ties)


def _one(tie: Tie) -> Party:
    return tie.organisation or tie.person


def _other(tie: Tie) -> Party:
    return tie.other_organisation or tie.other_person


def _seen(rows: QuerySet, ends: list[Party], kind: str) -> list[int]:
    ids = {end.pk for end in ends if end.kind == kind}
    return list(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else []


def _end(end: Party, seen: set[tuple[str, int]]) -> End:
    if (end.kind, end.pk) not in seen:
        return End(CLOSED, "")
    return End(end.name, f"/w/{end.kind}s/{end.number}/", end.number)
