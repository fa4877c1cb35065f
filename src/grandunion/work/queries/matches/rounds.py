"""Rounds a reader may see, who takes part, which pairs are possible, who meets whom, and the plan of one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from grandunion.engines.matching.rounds import Member, Pair, RoundPlan, Slot
from grandunion.records.matches import Appointment, Pairing, Participant, Round
from grandunion.terms.matches import Market, Side
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, FairTo, Objective, RoundState
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import Column, Filter, Listing, opened, visible
from grandunion.work.queries.base.kept import ASKER, SAMPLE, asked, of, stand_in

DRAWN = ("area", "in_charge", "owner", "weights")
WHO = (
    "need__owner__region__parent__parent", "need__field__parent", "need__industry", "need__area",
    "need__contact_person", "offer__owner", "offer__field__parent", "offer__industry", "offer__area", "offer__person",
    "achievement__owner__region__parent__parent", "achievement__field__parent", "achievement__industry",
    "achievement__area", "organisation__region__parent__parent", "organisation__industry", "organisation__area",
    "person",
)  # fmt: skip

BROUGHT = ("need__owner", "offer__owner", "offer__person", "achievement__owner", "organisation", "person")


def rounds_visible_to(reader: Reader) -> QuerySet[Round]:
    """The rounds the reader may see."""
    return visible(Round, reader)


def get_round(number: str, reader: Reader) -> Round:
    """The round with this number, if the reader may see it."""
    return opened(Round, reader, *DRAWN, number=number)


def participants(round_: Round, side: Side | None = None) -> list[Participant]:
    """Who takes part in a round that was opened, and who did; in the order of joining."""
    return of(_participants, [round_.pk], side.value if side else "")


def _participants(ids: list[int], side: str) -> QuerySet[Participant]:
    rows = Participant.objects.unscoped("participants of a round the reader has opened").filter(round__in=ids)
    rows = rows.filter(side=side) if side else rows
    return rows.select_related(*WHO).order_by("side", "pk")


def has_meetings(one: Participant) -> bool:
    """Whether any meeting was ever assigned with a participant."""
    rows = Appointment.objects.unscoped("whether a participant of a round the reader has opened has meetings")
    return rows.filter(Q(needing=one) | Q(offering=one)).exists()


def pairings(round_: Round) -> list[Pairing]:
    """What each pair of a round is worth, and which may not meet."""
    rows = Pairing.objects.unscoped("pairs of a round the reader has opened").filter(round=round_)
    return list(rows.order_by("needing", "-value", "offering"))


def appointments(round_: Round, reader: Reader, *, is_desk: bool = False) -> list[Appointment]:
    """The meetings of a round: all for the desk; for everybody else, once it is published, their own."""
    if is_desk:
        return of(_appointments, [round_.pk])
    if round_.state not in (RoundState.PUBLISHED, RoundState.FINISHED):
        return []
    own = dict(enumerate(sorted(reader.organisation_ids)))
    if not own and reader.person_id is None:
        return []
    meant = {SAMPLE: round_.pk, ASKER: reader.person_id, **{stand_in(place): pk for place, pk in own.items()}}
    return asked(_own_appointments, (tuple(map(stand_in, own)), reader.person_id is not None), meant)


def _appointments(ids: list[int]) -> QuerySet[Appointment]:
    along = [f"{side}__{one}" for side in ("needing", "offering") for one in BROUGHT]
    rows = Appointment.objects.unscoped("meetings of a round the reader has opened").filter(round__in=ids)
    return (
        rows.exclude(state=AppointmentState.CANCELLED).select_related("round", "match", *along).order_by("slot", "pk")
    )


def _own_appointments(organisations: tuple[int, ...], is_person: bool) -> QuerySet[Appointment]:
    """The meetings of the round SAMPLE in which one of these organisations, or the person ASKER, takes part."""
    return _appointments([SAMPLE]).filter(
        _own("needing", organisations, is_person) | _own("offering", organisations, is_person)
    )


def _own(side: str, organisations: tuple[int, ...], is_person: bool) -> Q:
    mine = Q(**{f"{side}__organisation__in": organisations})
    for what in ("need", "offer", "achievement"):
        mine |= Q(**{f"{side}__{what}__owner__in": organisations})
    return mine | Q(**{f"{side}__person": ASKER}) | Q(**{f"{side}__offer__person": ASKER}) if is_person else mine


def name_of(one: Participant) -> Text:
    """What a participant is called: the organisation or person, an expert who is offered, else who brings it.

    Whose application is before reviewers goes by its title: a university may bring several.
    """
    if one.achievement is not None and one.side == Side.NEEDING:
        return one.achievement.title
    for what in (one.organisation, one.person, one.offer and one.offer.person):
        if what is not None:
            return what.name
    brought = one.need or one.offer or one.achievement
    return brought.owner.name if brought.owner else brought.title


def names_of(rows: Sequence[Participant], tells: Callable[[Participant], bool] = bool) -> dict[int, Text]:
    """What each is called in their round, by id: those of one name also by what they bring, where that may be told."""
    plain = {one.pk: name_of(one) for one in rows}
    often = Counter(plain.values())
    return {
        one.pk: _apart(one, plain[one.pk]) if often[plain[one.pk]] > 1 and tells(one) else plain[one.pk] for one in rows
    }


def _apart(one: Participant, name: Text) -> Text:
    brought = one.need or one.offer or one.achievement
    if brought is None:
        return name
    return Text("{name} ({title})", "{name}（{title}）").fill(name=name, title=brought.title)


def body_of(one: Participant) -> str:
    """The number of who sits at the table: the person, or the organisation that brings a need or an offer."""
    brought = one.need or one.offer or one.achievement
    for who in (one.person, one.offer and one.offer.person, one.organisation, brought and brought.owner):
        if who is not None:
            return who.number
    return ""


def key_of(one: Participant | int) -> str:
    """The key by which the engine knows a participant."""
    return str(one if isinstance(one, int) else one.pk)


def round_plan(round_: Round) -> RoundPlan:
    """A round as the engine reads it; who has cancelled stands there with no load."""
    return plan_from(round_, participants(round_), pairings(round_))


def plan_from(
    round_: Round, rows: Sequence[Participant], pairs: Iterable[Pairing], names: Mapping[int, Text] | None = None
) -> RoundPlan:  # fmt: skip
    """The same out of rows that were read already; `names` what each is called, where not all may be told."""
    names = names_of(rows) if names is None else names
    sides = {side: tuple(_member(one, round_, names[one.pk]) for one in rows if one.side == side) for side in Side}
    return RoundPlan(
        firsts=sides[Side.NEEDING],
        seconds=sides[Side.OFFERING],
        pairs=tuple(_pair(one) for one in pairs),
        slots=tuple(_slot(one, round_.tables) for one in round_.slots),
        objective=Objective(round_.objective),
        fair_to=FairTo(round_.fair_to),
    )


def _member(one: Participant, round_: Round, name: Text) -> Member:
    if one.cancelled_at is not None:
        return Member(key_of(one), name, 0, 0, body=body_of(one))
    low = getattr(round_, f"{one.side}_min") if one.min_load is None else one.min_load
    high = getattr(round_, f"{one.side}_max") if one.max_load is None else one.max_load
    return Member(key_of(one), name, min(low, high), high, frozenset(one.not_free), body_of(one))


def _pair(one: Pairing) -> Pair:
    reason = either(one.reason_en, one.reason_zh) if one.reason_en or one.reason_zh else None
    return Pair(key_of(one.needing_id), key_of(one.offering_id), one.value, one.ruling, reason)


def _slot(one: dict, tables: int | None) -> Slot:
    said = f"{one['starts_at'][11:16]}–{one['ends_at'][11:16]}" if one.get("starts_at") else one["code"]
    return Slot(one["code"], Text(said, said), one.get("tables", tables) if one.get("tables") is not None else tables)


def round_facts(round_: Round) -> dict:
    """What the flow of rounds reads; see `engines.flows.rounds.FACTS`."""
    rows = Participant.objects.unscoped("how many take part in a round that was opened")
    there = list(rows.filter(round=round_, cancelled_at=None).values_list("side", flat=True))
    planned = Appointment.objects.unscoped("how many meetings a round that was opened has").filter(round=round_)
    return {
        "needing": there.count(Side.NEEDING),
        "offering": there.count(Side.OFFERING),
        "meetings": planned.exclude(state=AppointmentState.CANCELLED).count(),
    }


ROUNDS = Listing(
    code="rounds",
    name=Text("Rounds", "专场撮合"),
    record=Round,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("Title", "名称"), ("title_zh", "title_en"), "title", sort=("title_zh",)),
        Column("market", Text("Market", "类型"), ("market",), "word", Market, ("market",)),
        Column("state", Text("State", "状态"), ("state",), "word", RoundState, ("state",)),
        Column("place", Text("Place", "地点"), ("place",)),
        Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",)),
    ),
    filters=(
        Filter("market", Text("Market", "类型"), "market", Market),
        Filter("state", Text("State", "状态"), "state", RoundState),
    ),
    scope=rounds_visible_to,
    words=lambda words: Q(number__iexact=words) | Q(title_zh__icontains=words) | Q(title_en__icontains=words),
)
