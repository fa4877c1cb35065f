"""Opens an account and gives it its role in one deed, for the administrator and the operator on the machine."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from grandunion.records.parties import User
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import enrol, open_account
from grandunion.work.queries.lists import term
from grandunion.work.queries.parties.finding import named_organisation, named_person


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who shall sign in; `organisation` and `person` are numbers or names, `area` a code; all may be empty."""

    email: str
    name_zh: str = ""
    name_en: str = ""
    role: str = ""
    organisation: str = ""
    area: str = ""
    person: str = ""


@atomic
def add_user(account: Account, password: str, *, by: Reader, at: datetime) -> User:
    """Open the account and, where a role is given, let it begin today."""
    if account.role and not Role.has(account.role):
        codes = Role.codes()
        raise invalid("role", f"“{account.role}” is not one of: {', '.join(codes)}.",
                      f"“{account.role}”不在可选范围：{'、'.join(codes)}。")  # fmt: skip
    person = named_person(account.person, by) if account.person else None
    user = open_account(account.email, account.name_zh or (person.name_zh if person else ""),
                        account.name_en or (person.name_en if person else ""), password, by=by, at=at,
                        person=person)  # fmt: skip
    if account.role:
        give_role(user, account.role, account.organisation, account.area, by=by, at=at)
    return user


def give_role(user: User, role: str, organisation: str, area: str, *, by: Reader, at: datetime) -> None:
    """Give an open account one more role from today on, at an organisation named by number or name."""
    where = named_organisation(organisation, by) if organisation else None
    enrol(user, Role(role), where, term("areas", area, "area"), starts_on=timezone.localtime(at).date(), by=by, at=at)
