"""Opens an account and gives it its role in one deed, for the operator on the machine."""

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
from grandunion.work.queries.parties import organisation


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who shall sign in; `organisation` is a number, `area` a code, both may be empty."""

    email: str
    name_zh: str = ""
    name_en: str = ""
    role: str = ""
    organisation: str = ""
    area: str = ""


@atomic
def add_user(account: Account, password: str, *, by: Reader, at: datetime) -> User:
    """Open the account and, where a role is given, let it begin today."""
    if account.role and not Role.has(account.role):
        codes = Role.codes()
        raise invalid("role", f"“{account.role}” is not one of: {', '.join(codes)}.",
                      f"“{account.role}”不在可选范围：{'、'.join(codes)}。")  # fmt: skip
    user = open_account(account.email, account.name_zh, account.name_en, password, by=by, at=at)
    if account.role:
        at_ = organisation(account.organisation, by) if account.organisation else None
        area = term("areas", account.area, "area")
        enrol(user, Role(account.role), at_, area, starts_on=timezone.localtime(at).date(), by=by, at=at)
    return user
