"""Who has to do with what happened: each audience answers accounts by their ids, and addresses of those without."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from grandunion.records.achievements import Review
from grandunion.records.events import Registration
from grandunion.records.matches.rounds import Participant
from grandunion.records.needs import Assignment
from grandunion.records.parties import Access, Membership, User, Watch
from grandunion.terms.events import GONE
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, AssignmentState
from grandunion.terms.readers import MANAGING_ROLES
from grandunion.terms.roles import Part, Role
from grandunion.work.queries.messages.happenings import Happening


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told: an account, or an address with the language its letters are written in."""

    user_id: int | None = None
    address: str = ""
    language: str = ""


Audience = Callable[[Happening], Iterator[Told]]


def in_charge(what: Happening) -> Iterator[Told]:
    """The officer in charge of the record."""
    yield from _users([getattr(what.record, "in_charge_id", None)])


def desk(what: Happening) -> Iterator[Told]:
    """The officer in charge; where there is none yet, every officer of the record's area."""
    if getattr(what.record, "in_charge_id", None):
        yield from in_charge(what)
        return
    yield from officers(what)


def officers(what: Happening) -> Iterator[Told]:
    """Every officer who serves the record's area."""
    area = getattr(what.record, "area_id", None)
    held = _held(what).filter(role=Role.OFFICER)
    yield from _users((held.filter(Q(area=None) | Q(area=area)) if area else held).values_list("user", flat=True))


def owners(what: Happening) -> Iterator[Told]:
    """Those who manage the affairs of the organisation the record belongs to, and those who stated it."""
    yield from managers(what, {getattr(what.record, "owner_id", None)})
    yield from holding(Part.OWNER)(what)


def applicant(what: Happening) -> Iterator[Told]:
    """Who asked: the owner's people, the contact's account, or the contact's address where there is none."""
    yield from owners(what)
    record = what.record
    if getattr(record, "contact_person_id", None):
        yield from _users(User.objects.filter(person=record.contact_person_id).values_list("pk", flat=True))
    yield from _by_address(getattr(record, "contact_email", ""))


def holding(*parts: Part) -> Audience:
    """Those who may open the record in one of these parts, by name or as managers of an organisation."""

    def told(what: Happening) -> Iterator[Told]:
        rows = Access.objects.unscoped("who is let into a record is told what happens to it").filter(
            Q(expires_at=None) | Q(expires_at__gt=what.at), subject_kind=what.kind, subject_id=what.pk, part__in=parts
        )
        found = list(rows.values_list("user", "organisation"))
        yield from _users([user for user, _ in found])
        yield from managers(what, {organisation for _, organisation in found})

    return told


def asked_now(what: Happening) -> Iterator[Told]:
    """Those to whom the need was given with this very deed."""
    yield from _assigned(what, Q(assigned_at=what.at))


def assignees(what: Happening) -> Iterator[Told]:
    """Those who have the need in their hands."""
    yield from _assigned(what, Q(state__in=OPEN_ASSIGNMENT_STATES))


def waited_for(what: Happening) -> Iterator[Told]:
    """Those who were asked and have not taken the need on."""
    yield from _assigned(what, Q(state=AssignmentState.WAITING))


def answerers(what: Happening) -> Iterator[Told]:
    """Everybody who was asked to answer the need."""
    yield from _assigned(what, Q())


def _assigned(what: Happening, which: Q) -> Iterator[Told]:
    rows = Assignment.objects.unscoped("who is asked to answer a need is told so").filter(which, need=what.pk)
    found = list(rows.values_list("user", "organisation"))
    yield from _users([user for user, _ in found])
    yield from managers(what, {organisation for _, organisation in found})


def owing_reviewers(what: Happening) -> Iterator[Told]:
    """Those who were asked for a review of the achievement and have not handed it in; the journal never names them."""
    rows = Review.objects.unscoped("who still owes a review is reminded of it").filter(achievement=what.pk)
    owing = rows.filter(submitted_at=None).exclude(has_conflict=True).order_by("pk")
    yield from _users(owing.values_list("reviewer", flat=True))


def meant(name: str) -> Audience:
    """The accounts a value of the entry names, by id or by address (one, or a list of them)."""

    def told(what: Happening) -> Iterator[Told]:
        value = what.new(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int):
                yield Told(user_id=one)
            elif isinstance(one, str) and "@" in one:
                yield from _by_address(one, only_accounts=True)

    return told


def before(name: str) -> Audience:
    """The account a value named until now."""
    return lambda what: _users([value] if isinstance(value := what.old(name), int) else [])


def participants(what: Happening) -> Iterator[Told]:
    """The organisations and persons who take part in a round."""
    rows = Participant.objects.unscoped("who takes part in a round is told what happens to it")
    found = list(
        rows.filter(round=what.pk, cancelled_at=None).values_list(
            "organisation", "need__owner", "offer__owner", "achievement__owner", "person"
        )
    )
    yield from managers(what, {pk for row in found for pk in row[:4]})
    persons = [row[4] for row in found if row[4]]
    yield from _users(User.objects.filter(person__in=persons).values_list("pk", flat=True))


def registrant(what: Happening) -> Iterator[Told]:
    """The one whose registration for an event this is, with an account or without."""
    row = what.record
    if what.kind == "event":
        rows = Registration.objects.unscoped("who registers is told what becomes of it").filter(event=what.pk)
        row = rows.filter(number=what.new("registration") or what.old("registration") or "").first()
    if isinstance(row, Registration):
        yield from _registered(row)


def registrants(what: Happening) -> Iterator[Told]:
    """Everybody who is registered for an event, invited or waiting."""
    event = what.pk if what.kind == "event" else getattr(what.record, "event_id", None)
    rows = Registration.objects.unscoped("who registers is told when the event changes").filter(event=event)
    for row in rows.exclude(state__in=GONE).order_by("pk"):
        yield from _registered(row)


def _registered(row: Registration) -> Iterator[Told]:
    if row.user_id:
        yield Told(user_id=row.user_id)
        return
    yield from _by_address(row.email, language=row.language)


def account(what: Happening) -> Iterator[Told]:
    """The account itself."""
    yield from _users([what.pk] if what.kind == "account" else [])


def reporter(what: Happening) -> Iterator[Told]:
    """Who fills in a return: the organisation it is asked of; of an area's own return, the officers of that area,
    or those of all areas where it has none of its own."""
    if getattr(what.record, "owner_id", None):
        yield from managers(what, {what.record.owner_id})
        return
    held = _held(what).filter(role=Role.OFFICER)
    own = held.filter(area=getattr(what.record, "area_id", None)).values_list("user", flat=True)
    yield from _users(own or held.filter(area=None).values_list("user", flat=True))


def reviewers(what: Happening) -> Iterator[Told]:
    """Who reviews a return: its officer in charge, else the area's officers; an area's own return, the planners."""
    if getattr(what.record, "owner_id", None):
        yield from desk(what)
        return
    yield from planners(what)


def planners(what: Happening) -> Iterator[Told]:
    """The hub's planning officers."""
    yield from _users(_held(what).filter(role=Role.PLANNER).values_list("user", flat=True))


def signing(what: Happening) -> Iterator[Told]:
    """Who is named to sign a work report."""
    yield from _users([getattr(what.record, "signer_id", None)])


def keeper(what: Happening) -> Iterator[Told]:
    """Whose view of figures this is."""
    yield from _users([getattr(what.record, "user_id", None)])


def administrators(what: Happening) -> Iterator[Told]:
    """The hub's administrators."""
    yield from _users(_held(what).filter(role=Role.ADMINISTRATOR).values_list("user", flat=True))


def watchers(what: Happening) -> Iterator[Told]:
    """Those who watch the record."""
    rows = Watch.objects.unscoped("who watches a record is told what happens to it")
    yield from _users(rows.filter(subject_kind=what.kind, subject_id=what.pk).values_list("user", flat=True))


def desk_watchers(what: Happening) -> Iterator[Told]:
    """Those of the hub's officers and planners who watch the record."""
    rows = Watch.objects.unscoped("who of the desk watches a record is told what the desk says of it")
    watching = rows.filter(subject_kind=what.kind, subject_id=what.pk).values("user")
    held = _held(what).filter(role__in=(Role.OFFICER, Role.PLANNER), user__in=watching)
    yield from _users(held.values_list("user", flat=True))


def managers(what: Happening, organisations: Collection[int | None]) -> Iterator[Told]:
    """Those who manage the affairs of organisations at this moment."""
    wanted = {pk for pk in organisations if pk}
    if wanted:
        held = _held(what).filter(organisation__in=wanted, role__in=MANAGING_ROLES)
        yield from _users(held.values_list("user", flat=True))


def _held(what: Happening) -> object:
    on = timezone.localtime(what.at).date()
    rows = Membership.objects.unscoped("who holds a role is told what the role has to do with")
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def _users(ids: Collection[int | None]) -> Iterator[Told]:
    for pk in sorted({pk for pk in ids if pk}):
        yield Told(user_id=pk)


def _by_address(address: str, *, language: str = "", only_accounts: bool = False) -> Iterator[Told]:
    """Whoever has this address: the account, where there is one, else the address itself."""
    if not address:
        return
    user = User.objects.filter(email__iexact=address).first()
    if user is not None:
        yield Told(user_id=user.pk)
    elif not only_accounts:
        yield Told(address=address.lower(), language=language)
