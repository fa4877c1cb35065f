"""Who is asking: the plain facts about a person that decide what they see and may do."""

from dataclasses import dataclass, field
from datetime import datetime

from grandunion.terms.roles import HUB_ROLES, STAFF_ROLES, Role
from grandunion.terms.text import Text, either, initials

HOUSE = Text("Grand Union", "系统")  # the name under which the house itself acts


@dataclass(frozen=True, slots=True)
class Reader:
    """One person at one moment; built anew for every request, never cached.

    `roles` are all active roles; `organisation_ids` the organisations whose affairs the person
    manages; `areas` the areas (term ids) an officer serves, None for all; `conflicts` organisations
    whose confidential records are closed to the person whatever else allows them.
    """

    at: datetime
    user_id: int | None = None
    person_id: int | None = None
    name: str = ""
    name_en: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    areas: frozenset[int] | None = frozenset()
    conflicts: frozenset[int] = frozenset()
    is_house: bool = False
    scopes: frozenset[str] | None = field(default=None)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the hub."""
        return self.is_house or bool(self.roles & STAFF_ROLES)

    @property
    def is_officer(self) -> bool:
        return self.is_house or Role.OFFICER in self.roles

    @property
    def reads_rows(self) -> bool:
        """Officers and planners read the organisations' records; an administrator or a bureau does not."""
        return self.is_house or bool(self.roles & {Role.OFFICER, Role.PLANNER})

    @property
    def is_member(self) -> bool:
        """Members of the hub: staff, and everybody with a role in an organisation (a bureau is no member)."""
        return self.is_house or bool(self.roles - {Role.BUREAU})

    @property
    def called(self) -> Text:
        """The person's name as each language writes it."""
        return either(self.name_en, self.name)

    @property
    def initials(self) -> Text:
        return initials(self.called)

    def has(self, *roles: Role) -> bool:
        return bool(self.roles & frozenset(roles))

    def serves(self, area_id: int | None) -> bool:
        """Whether an officer of this person's areas is meant."""
        return self.is_house or self.areas is None or area_id is None or area_id in self.areas


MANAGING_ROLES = frozenset(Role) - HUB_ROLES - {Role.INVENTOR, Role.STUDENT}


def house(at: datetime) -> Reader:
    """The house itself, for imports and upkeep run by the operator on the machine."""
    return Reader(at=at, name=HOUSE.en, areas=None, is_house=True)


def member(at: datetime) -> Reader:
    """Some member of the hub, of no organisation and without an account: what is open to every member."""
    return Reader(at=at, roles=frozenset({Role.STUDENT}))


def visitor(at: datetime) -> Reader:
    """Somebody who has not signed in."""
    return Reader(at=at)
