"""Ties between the two sides of a pair: declared ones, posts held, and inventions made together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from grandunion.engines.matching import Bond
from grandunion.records.achievements import Inventor
from grandunion.records.matches import OptOut, Tie
from grandunion.records.parties import Organisation, Person, Position
from grandunion.terms.matches import Market, TieKind
from grandunion.terms.text import Text
from grandunion.work.queries.matches.sight import Among, values_of

POST, INVENTED = Text("post on record", "任职记录"), Text("inventors on record", "发明人记录")
ONE_HOUSE = (TieKind.CONTROL.value, TieKind.SAME_ORGANISATION.value)
ALONG = ("organisation", "person", "other_organisation", "other_person")
Key = tuple[str, int]  # ("organisation" | "person", id)
Tied = tuple[Key, Key, Bond]  # who of the one side, who of the other, and by what


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands on one side: organisations and persons, by id."""

    organisations: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.organisations or self.persons)

    def has(self, kind: str, pk: int) -> bool:
        """Whether an organisation or a person stands on this side."""
        return pk in (self.organisations if kind == "organisation" else self.persons)

    def asked(self, suffix: str) -> Q:
        """The rows that name one of them in the columns with this prefix."""
        return Q(**{f"{suffix}organisation__in": self.organisations}) | Q(**{f"{suffix}person__in": self.persons})


def parties_of(organisations: Iterable[int | None], persons: Iterable[int | None] = ()) -> Parties:
    """A side out of ids, of which some may be missing."""
    return Parties(frozenset(filter(None, organisations)), frozenset(filter(None, persons)))


def bonds(mine: Parties, theirs: Parties, on: date) -> tuple[Tied, ...]:
    """The ties between anybody of `mine` and anybody of `theirs`."""
    if not mine or not theirs:
        return ()
    held = declared(mine)
    near = (*_declared(held, mine, theirs), *_posts(mine, theirs, on), *_invented(held, mine, theirs))
    return (*near, *_grouped(held, mine, theirs))


def declared(mine: Parties) -> tuple[Tie, ...]:
    """The declared ties of anybody of `mine` that hold or wait to be looked into, and those that were denied."""
    # The side asked about has few ties; to name the many others to the database costs more than to read these.
    ids = [pk for (pk,) in values_of(_of_side, mine.organisations, mine.persons)]
    if not ids:  # as mostly: then nothing is drawn
        return ()
    return tuple(_ties().filter(pk__in=ids).select_related(*ALONG).order_by("pk"))


def _ties() -> QuerySet:
    return Tie.objects.unscoped("ties keep apart whom the desk must not bring together").filter(ended_at=None)


def _of_side(organisations: Iterable[int], persons: Iterable[int]) -> QuerySet:
    """The ids of the ties that name one of them at either end."""
    named = [
        Q(Among(ids, f"{side}{column}"))
        for side in ("", "other_")
        for column, ids in (("organisation", organisations), ("person", persons))
    ]
    return _ties().filter(reduce(or_, named)).values_list("pk")


def _declared(held: Iterable[Tie], mine: Parties, theirs: Parties) -> Iterable[Tied]:
    for row in held:
        here, there = ends(row)
        said = Text("{one} – {other}", "{one}与{other}").fill(one=here.name, other=there.name)
        bond = Bond(TieKind(row.tie_kind), said, row.source, row.is_confirmed)
        for one, other in ((here, there), (there, here)):
            if mine.has(one.kind, one.pk) and theirs.has(other.kind, other.pk):
                yield (one.kind, one.pk), (other.kind, other.pk), bond


def ends(tie: Tie) -> tuple[Organisation | Person, Organisation | Person]:
    """The two that a tie stands between."""
    return tie.organisation or tie.person, tie.other_organisation or tie.other_person


def _drawn(rows: QuerySet, *along: str) -> QuerySet | tuple:
    """The rows with their relations; mostly there are none, and then nothing is drawn."""
    return rows.select_related(*along).order_by("pk") if rows.exists() else ()


def _grouped(held: Iterable[Tie], mine: Parties, theirs: Parties) -> Iterable[Tied]:
    """Organisations of one group over more than one step of control; certain once every step is."""
    between = [tie for tie in held if tie.tie_kind in ONE_HOUSE and tie.organisation_id and tie.other_organisation_id]
    looked_into = {frozenset((tie.organisation_id, tie.other_organisation_id)) for tie in between}
    seen = {(pk, pk): () for pk in mine.organisations}
    fresh, ties = dict(seen), [tie for tie in between if _is_step(tie)]
    while ties:  # one question for each further step, and none where nobody of this side is in a group
        fresh = {
            (origin, far.pk): (*way, tie)
            for (origin, pk), way in fresh.items() for tie in ties
            for near, far in (ends(tie), ends(tie)[::-1])
            if near.pk == pk and (origin, far.pk) not in seen
        }  # fmt: skip
        seen |= fresh
        ties = [tie for tie in declared(parties_of(pk for _, pk in fresh)) if _is_step(tie)] if fresh else []
    for (origin, pk), way in seen.items():
        if len(way) > 1 and pk in theirs.organisations and frozenset((origin, pk)) not in looked_into:
            yield ("organisation", origin), ("organisation", pk), _chained(origin, way)


def _is_step(tie: Tie) -> bool:
    are_organisations = tie.organisation_id is not None and tie.other_organisation_id is not None
    return tie.tie_kind in ONE_HOUSE and tie.is_confirmed is not False and are_organisations


def _chained(origin: int, way: tuple[Tie, ...]) -> Bond:
    """The bond between the two ends of a chain, which names everybody on the way."""
    names, at = [], origin
    for tie in way:
        near, far = ends(tie) if tie.organisation_id == at else ends(tie)[::-1]
        names, at = [*(names or [near.name]), far.name], far.pk
    said = Text(" – ".join(name.en for name in names), "—".join(name.zh for name in names))
    is_sure = True if all(tie.is_confirmed for tie in way) else None
    return Bond(TieKind.CONTROL, said, "; ".join(tie.source for tie in way), is_sure)


def _posts(mine: Parties, theirs: Parties, on: date) -> Iterable[Tied]:
    """Somebody of one side holds a post with the other."""
    if not mine.persons and not theirs.persons:
        return
    rows = Position.objects.unscoped("a post with the other side makes the two one side").filter(starts_on__lte=on)
    held = rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)).filter(
        Q(person__in=theirs.persons, organisation__in=mine.organisations) | Q(person__in=mine.persons)
    )
    for row in _drawn(held, "person", "organisation"):
        said = Text("{one} – {other}", "{one}与{other}").fill(one=row.person.name, other=row.organisation.name)
        bond = Bond(TieKind.SAME_ORGANISATION, said, POST)
        person, organisation = ("person", row.person_id), ("organisation", row.organisation_id)
        if theirs.has(*person) and mine.has(*organisation):
            yield organisation, person, bond
        if mine.has(*person) and theirs.has(*organisation):
            yield person, organisation, bond


def _invented(held: Iterable[Tie], mine: Parties, theirs: Parties) -> Iterable[Tied]:
    """Two persons have invented something together; certain once both have confirmed their shares."""
    for me, you, is_sure in inventions(held, mine, theirs):
        said = Text("{one} – {other}", "{one}与{other}").fill(one=me.name, other=you.name)
        bond = Bond(TieKind.CO_AUTHOR, said, INVENTED, True if is_sure else None)
        yield ("person", me.pk), ("person", you.pk), bond


def inventions(held: Iterable[Tie], mine: Parties, theirs: Parties) -> Iterable[tuple[Person, Person, bool]]:
    """Who of the two sides have invented together, and whether both confirmed it.

    Where they have not and the desk has looked into it, what the desk found is a tie of its own.
    """
    if not mine.persons or not theirs.persons:
        return
    looked_into = {
        frozenset((tie.person_id, tie.other_person_id)) for tie in held
        if tie.tie_kind == TieKind.CO_AUTHOR and tie.is_confirmed is not None
    }  # fmt: skip
    rows = Inventor.objects.unscoped("inventing together is a tie between two persons")
    shared = rows.filter(person__in=mine.persons).values("achievement")
    by_work: dict[int, list[Inventor]] = {}
    for row in rows.filter(achievement__in=shared, person__in=mine.persons | theirs.persons).select_related("person"):
        by_work.setdefault(row.achievement_id, []).append(row)
    for inventors in by_work.values():
        for me in (one for one in inventors if one.person_id in mine.persons):
            for you in (one for one in inventors if one.person_id in theirs.persons and one.person_id != me.person_id):
                is_sure = me.confirmed_at is not None and you.confirmed_at is not None
                if is_sure or frozenset((me.person_id, you.person_id)) not in looked_into:
                    yield me.person, you.person, is_sure


def opted_out(theirs: Parties, market: Market) -> frozenset[Key]:
    """Those of a side who do not want to be suggested on a market."""
    if not theirs:
        return frozenset()
    found = values_of(_out, theirs.organisations, theirs.persons, given=(market.value,))
    return frozenset(
        ("organisation", organisation) if organisation else ("person", person) for organisation, person in found
    )


def _out(organisations: Iterable[int], persons: Iterable[int], market: str) -> QuerySet:
    rows = OptOut.objects.unscoped("whoever wants no suggestions gets none").filter(ended_at=None)
    named = Q(Among(organisations, "organisation")) | Q(Among(persons, "person"))
    return rows.filter(named, market__in=("", market)).values_list("organisation", "person")
