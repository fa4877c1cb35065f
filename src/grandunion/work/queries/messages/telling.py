"""Works out who is told what of things that happened, and by which way: each person once for each thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from grandunion.engines.flows import ALL_FLOWS, State
from grandunion.records.messages import Preference, Silence
from grandunion.records.parties import User
from grandunion.terms.messages import USUAL_WAY, MessageKind, Way
from grandunion.terms.text import NOTHING, Text, either
from grandunion.work.queries.messages.audiences import Told
from grandunion.work.queries.messages.happenings import Happening, seen_by
from grandunion.work.queries.messages.rules import Rule, rules_of
from grandunion.work.queries.parties import reader_of

MAILED_FOR = timedelta(days=7)  # nobody is written to about what is older; it stands in the list of messages
UNREAD_FOR = timedelta(days=30)  # what is older when it is found counts as read
THE_HUB = Text("The hub", "平台")
MOST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Telling:
    """That somebody is told of one thing: the sentence, the way by mail, and whether it stands in their list."""

    what: Happening
    told: Told
    kind: MessageKind
    text: Text
    way: Way
    is_shown: bool = True


def tellings(found: Sequence[Happening], at: datetime, *, is_mailed: bool) -> list[Telling]:
    """Everybody who has to do with these things and may see them at this moment; never who did them."""
    meant = [one for what in found for one in _meant(what)]
    users = _users({told.user_id for _, told, _ in meant if told.user_id})
    seen = _seen(meant, users, at)
    wishes = wishes_of(users)
    silent = silent_addresses({told.address for _, told, _ in meant if told.address})
    made = []
    for what, told, rule in meant:
        kind = rule.message_kind
        if told.user_id:
            if not _is_seen(what, told.user_id, seen):
                continue
            way, is_shown = wishes.get((told.user_id, kind), (USUAL_WAY[kind], True))
        else:
            way, is_shown = (Way.NEVER if (fingerprint(told.address), kind) in silent else Way.AT_ONCE), False
        way = way if is_mailed and rule.is_written and what.at > at - MAILED_FOR else Way.NEVER
        if is_shown or way is not Way.NEVER:
            made.append(Telling(what, told, kind, said(rule, what), way, is_shown))
    return made


def _meant(what: Happening) -> Iterable[tuple[Happening, Told, Rule]]:
    """Whom the rules name, each by the first rule that names them."""
    if what.record is None:
        return ()
    named: dict[object, tuple[Happening, Told, Rule]] = {}
    for rule in rules_of(what.verb):
        if rule.when(what):
            for audience in rule.to:
                for told in audience(what):
                    if told.user_id is None or told.user_id != what.actor_id:
                        named.setdefault(told.user_id or told.address, (what, told, rule))
    return named.values()


def _users(ids: set[int]) -> Mapping[int, User]:
    return {pk: user for pk, user in User.objects.in_bulk(ids).items() if user.is_active}


def _seen(meant: list, users: Mapping[int, User], at: datetime) -> Mapping[int, set[tuple[str, int]]]:
    """What each of the accounts may see now of the records they would be told about."""
    subjects: dict[int, set[tuple[str, int]]] = {pk: set() for pk in users}
    for what, told, _ in meant:
        if told.user_id in subjects:
            subjects[told.user_id].add((what.kind, what.pk))
    return {pk: seen_by(reader_of(users[pk], at), wanted) for pk, wanted in subjects.items()}


def _is_seen(what: Happening, user_id: int, seen: Mapping[int, set[tuple[str, int]]]) -> bool:
    return (what.kind, what.pk) in seen.get(user_id, ())


def said(rule: Rule, what: Happening) -> Text:
    """The rule's sentence about one thing; of the record only its number and its state stand in it."""
    state = state_of(what)
    values = {name: what.new(name) for name in rule.given}
    text = rule.says.fill(
        number=what.number or what.kind, who=either(what.actor, what.actor) if what.actor else THE_HUB,
        state=state.name if state else NOTHING, public_state=state.public_name if state else NOTHING, **values,
    )  # fmt: skip
    return Text(text.en[:MOST_TEXT], text.zh[:MOST_TEXT])


def state_of(what: Happening) -> State | None:
    """The state the record came into, as its flow knows it."""
    code, prefix = what.new("state"), what.number.partition("-")[0]
    for flow in ALL_FLOWS.values():
        if flow.prefix == prefix:
            found = next((state for state in flow.states if state.code == code), None)
            if found:
                return found
    return None


def wishes_of(users: Iterable[int]) -> Mapping[tuple[int, str], tuple[Way, bool]]:
    """What accounts have chosen, by (account, kind)."""
    rows = Preference.objects.unscoped("how somebody wants to be told, asked when they are told")
    rows = rows.filter(user__in=list(users)).values_list("user", "message_kind", "way", "is_shown")
    return {(user, MessageKind(kind)): (Way(way), is_shown) for user, kind, way, is_shown in rows}


def silent_addresses(addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Which addresses want no letters of which kind, as (fingerprint, kind)."""
    marks = [fingerprint(address) for address in addresses]
    rows = Silence.objects.unscoped("who wants no more letters, asked before one is written")
    return {(mark, MessageKind(kind)) for mark, kind in
            rows.filter(fingerprint__in=marks).values_list("fingerprint", "message_kind")}  # fmt: skip


def fingerprint(address: str) -> str:
    """What is kept of an address that wants silence."""
    return sha256(address.strip().lower().encode()).hexdigest()
