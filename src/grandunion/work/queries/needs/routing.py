"""Who may answer a need, why this office and why not that one, and how much each has open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from grandunion.engines.desk import Finding, NeedFacts, Routing, Ruling, by_itself, routed, stage_of
from grandunion.records.lists import Term
from grandunion.records.needs import Assignment, Need
from grandunion.records.parties import Organisation, User
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, AssignmentState, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible
from grandunion.work.queries.needs.rows import assignments_of, visible_to
from grandunion.work.queries.needs.rules import Route, routes

PASSED = Finding(False, Text("has passed it on already", "已反馈非其职责"))
LET_IT_EXPIRE = Finding(False, Text("did not take it in time", "此前超期未接办"))
CALLED = ("number", "name_zh", "name_en", "level")  # of an answerer: who it is, and what it is called
HAS_IT = Finding(False, Text("has it already", "已在办理"))
GONE_BY = {AssignmentState.NOT_FOR_ME: PASSED, AssignmentState.EXPIRED: LET_IT_EXPIRE}


@dataclass(frozen=True, slots=True)
class Answering:
    """One who may answer, or may not: whom it is, what the rules say, and who suggested it."""

    who: Organisation | User
    route: Route
    ruling: Ruling
    suggested_by: Text | None = None

    @property
    def key(self) -> str:
        """How a form names the answerer."""
        return self.who.number if isinstance(self.who, Organisation) else self.who.email

    @property
    def why(self) -> Text:
        """The sentence beside the name."""
        if self.suggested_by is None:
            return self.ruling.why
        who = self.suggested_by
        said = self.ruling.why
        return Text(f"suggested by {who.en}; {said.en}".rstrip("; "), f"{who.zh}建议；{said.zh}".rstrip("；"))


@dataclass(frozen=True, slots=True)
class Answerers:
    """Everybody the rules know of: those who may answer this need, the best first, and those who may not."""

    able: tuple[Answering, ...]
    unable: tuple[Answering, ...]
    choice: Answering | None  # whom the house would ask by itself
    has_to_wait: bool  # all it would ask by itself are full


def answerers_for(need: Need, reader: Reader, asked: Sequence[Assignment]) -> Answerers:
    """Who may answer a need the reader has opened, as far as the reader may see them; `asked` are its assignments."""
    whom = _whom(routes(), reader)
    loads = loads_of(route for route, _ in whom.values())
    found = _judged(facts_of(need, reader.at), [route for route, _ in whom.values()], loads, _gone_by(asked, whom))
    suggested = {row.suggested_id: (row.organisation or row.user).name for row in asked if row.suggested_id}

    def answering(ruling: Ruling) -> Answering:
        route, who = whom[ruling.rule.code]
        by = suggested.get(who.pk) if isinstance(who, Organisation) else None
        return Answering(who, route, ruling, by)

    able = sorted((answering(ruling) for ruling in found.able), key=lambda one: one.suggested_by is None)
    choice, has_to_wait = by_itself(found)
    return Answerers(
        tuple(able), tuple(answering(ruling) for ruling in found.unable), answering(choice) if choice else None,
        has_to_wait,
    )  # fmt: skip


def with_room(waiting: Sequence[Need], reader: Reader) -> list[int]:
    """Of needs that wait in the basket, those for which an answerer has room now, by id.

    The rules, the answerers and what each has open are read once for all of them.
    """
    if not waiting:
        return []
    whom = _whom(routes(), reader)
    loads, known = loads_of(route for route, _ in whom.values()), [route for route, _ in whom.values()]
    asked: dict[int, list[Assignment]] = {}
    for row in assignments_of([need.pk for need in waiting]):
        asked.setdefault(row.need_id, []).append(row)
    return [
        need.pk for need in waiting
        if by_itself(_judged(facts_of(need, reader.at), known, loads, _gone_by(asked.get(need.pk, ()), whom)))[0]
    ]  # fmt: skip


def _judged(
    facts: NeedFacts, known: Iterable[Route], loads: Mapping[str, int], gone_by: Mapping[str, Finding]
) -> Routing:
    """What the rules say, and what has happened with this need already."""
    found = routed(facts, (route.rule for route in known), loads)
    past = [replace(one, findings=(*one.findings, gone_by[one.rule.code])) for one in found.able
            if one.rule.code in gone_by]  # fmt: skip
    return Routing(tuple(one for one in found.able if one.rule.code not in gone_by), (*past, *found.unable))


def _gone_by(asked: Sequence[Assignment], whom: Mapping[str, tuple[Route, Organisation | User]]) -> dict[str, Finding]:
    """Those who have the need, or had it and did not help, by rule."""
    stood = {}
    for row in asked:
        who = row.organisation_id or f"user {row.user_id}"
        if row.state in OPEN_ASSIGNMENT_STATES:
            stood[who] = HAS_IT
        elif row.state in GONE_BY:
            stood.setdefault(who, GONE_BY[AssignmentState(row.state)])
    return {
        code: stood[key]
        for code, (_, who) in whom.items()
        if (key := who.pk if isinstance(who, Organisation) else f"user {who.pk}") in stood
    }


def _whom(known: Iterable[Route], reader: Reader) -> dict[str, tuple[Route, Organisation | User]]:
    """The organisations and accounts of the rules that the reader may see, by rule."""
    known = list(known)
    rows = visible(Organisation, reader).filter(number__in={route.number for route in known}).only(*CALLED)
    by_number = {one.number: one for one in rows}
    emails = {route.email for route in known if route.email}
    by_email = {one.email: one for one in User.objects.filter(email__in=emails, is_active=True)} if emails else {}
    found = {route.rule.code: (route, by_email.get(route.email) or by_number.get(route.number)) for route in known}
    return {code: (route, who) for code, (route, who) in found.items() if who is not None}


def loads_of(known: Iterable[Route]) -> dict[str, int]:
    """How many assignments each answerer has open, by rule; the rules of one office share its load."""
    rows = Assignment.objects.unscoped("what every answerer has open now is counted; no row is shown").filter(
        state__in=OPEN_ASSIGNMENT_STATES
    )
    counts: Counter[str] = Counter()
    for number, email, count in rows.values_list("organisation__number", "user__email").annotate(n=Count("pk")):
        counts[number or email] += count
    return {route.rule.code: counts[route.email or route.number] for route in known}


def facts_of(need: Need, at: datetime) -> NeedFacts:
    """What routing asks, of the need and of the enterprise that states it."""
    owner = need.owner
    age = _months(owner.incorporated_on or owner.founded_on, timezone.localtime(at).date()) if owner else None
    industry = need.industry or (owner.industry if owner else None)
    subjects, industries, area = _path(need.subject), _path(industry), need.area or (owner.area if owner else None)
    return NeedFacts(
        category=need.category, subjects=tuple(term.code for term in subjects), area=area.code if area else "",
        industries=tuple(term.code for term in industries), age_months=age,
        headcount=owner.staff_count if owner else None, stage=stage_of(need.applicant_type, age),
        level=need.escalations,
        names={term.code: term.name for term in (*subjects, *industries, *([area] if area else []))},
    )  # fmt: skip


def _path(term: Term | None) -> tuple[Term, ...]:
    """A term and those above it."""
    found = []
    while term is not None and len(found) < 6:
        found.append(term)
        term = term.parent
    return tuple(found)


def _months(since: date | None, day: date) -> int | None:
    if since is None or since > day:
        return None
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)


@dataclass(frozen=True, slots=True)
class Basket:
    """What an answerer of the rules has open, of how much it takes at once."""

    name: Text
    number: str
    load: int
    capacity: int | None

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.load >= self.capacity


def baskets(reader: Reader) -> tuple[tuple[Basket, ...], int]:
    """What everybody has open, the fullest first, and how many needs wait for room."""
    whom = _whom(routes(), reader)
    loads = loads_of(route for route, _ in whom.values())
    found: dict[str, Basket] = {}
    for code, (route, who) in whom.items():
        capacity = route.rule.capacity
        known = found.get(route.email or route.number)
        if known and known.capacity is not None and (capacity is None or capacity < known.capacity):
            capacity = known.capacity
        found[route.email or route.number] = Basket(who.name, route.number, loads[code], capacity)
    waiting = visible_to(reader).exclude(basket_at=None).filter(state__in=(NeedState.RECEIVED, NeedState.TRIAGE))
    order = sorted(found.values(), key=lambda one: (-one.load / (one.capacity or 10**6), one.number))
    return tuple(order), waiting.count()
