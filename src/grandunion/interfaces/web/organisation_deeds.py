"""The deeds on an organisation's page: what each asks, who may, and which action it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.records import Offer, asked
from grandunion.interfaces.web.organisation_forms import (
    CloseForm,
    CompanyForm,
    EndForm,
    LabelForm,
    NameForm,
    PositionForm,
)
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import YES, Absent, Verdict
from grandunion.work.actions.parties import organisations, persons
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.parties.finding import named_person

Do = Callable[[object, Mapping[str, object], Reader, datetime, int | None], object]


def _nothing(organisation: object, at: datetime) -> dict[str, object]:
    return {}


def _today(organisation: object, at: datetime) -> dict[str, object]:
    return {"ends_on": timezone.localtime(at).date()}


def _company(organisation: object, at: datetime) -> dict[str, object]:
    return {"area": getattr(organisation.area, "code", "")}


def _label(organisation: object, at: datetime) -> dict[str, object]:
    return {"year": timezone.localtime(at).year}


def _position(organisation: object, at: datetime) -> dict[str, object]:
    return {"starts_on": timezone.localtime(at).date()}


@dataclass(frozen=True, slots=True)
class OrganisationDeed:
    """One deed: its name, its form, whether somebody may, and what it does; `said` is told when it is done."""

    text: Text
    said: Text
    form: type[Form]
    may: Callable[[Reader, object], Verdict]
    do: Do
    start: Callable[[object, datetime], dict[str, object]] = _nothing
    is_danger: bool = False


def _incorporate(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    given = {name: value for name, value in values.items() if name not in ("version", "submission")}
    organisations.incorporate(organisation, by=by, at=at, **given)


def _add_name(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    organisations.add_name(organisation, values["name"], values["name_kind"], by=by, at=at)


def _remove_name(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    organisations.remove_name(organisation, child or 0, by=by, at=at)


def _add_label(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    further = {name: values[name] for name in ("definition", "starts_on", "ends_on")}
    organisations.add_label(organisation, values["label"], values["year"], by=by, at=at, **further)


def _end_label(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    organisations.end_label(organisation, child or 0, ends_on=values["ends_on"], by=by, at=at)


def _add_position(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    person = named_person(values["person"], by)
    further = {name: values[name] for name in ("starts_on", "ends_on", "share_percent")}
    persons.place(person, organisation, values["role"], by=by, at=at, **further)


def _end_position(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    persons.end_position(organisation, child or 0, ends_on=values["ends_on"], by=by, at=at)


def _close(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    organisations.close(organisation, reason=values["reason"], by=by, at=at)


def _reopen(organisation: object, values: Mapping, by: Reader, at: datetime, child: int | None) -> None:
    organisations.reopen(organisation, by=by, at=at)


DEEDS: Mapping[str, OrganisationDeed] = {
    "incorporate": OrganisationDeed(
        Text("It became a company", "登记为企业"), Text("The team is a company now.", "已登记为企业。"),
        CompanyForm, permissions.may_incorporate, _incorporate, _company),
    "labels": OrganisationDeed(
        Text("Record a recognition", "登记资质"), Text("The recognition was recorded.", "资质已登记。"),
        LabelForm, permissions.may_manage, _add_label, _label),
    "positions": OrganisationDeed(
        Text("Record a position", "登记任职"), Text("The position was recorded.", "任职已登记。"),
        PositionForm, permissions.may_edit, _add_position, _position),
    "names": OrganisationDeed(
        Text("Add a further name", "添加其他名称"), Text("The name was added.", "名称已添加。"),
        NameForm, permissions.may_edit, _add_name),
    "close": OrganisationDeed(
        Text("Record that it was dissolved", "登记注销"), Text("It is closed.", "已登记注销。"),
        CloseForm, permissions.may_manage, _close, is_danger=True),
    "reopen": OrganisationDeed(
        Text("Take the closing back", "撤销注销登记"), Text("It is open again.", "已撤销注销登记。"),
        Form, permissions.may_manage, _reopen),
    "remove-name": OrganisationDeed(
        Text("Take the name away", "移除名称"), Text("The name was taken away.", "名称已移除。"),
        Form, permissions.may_edit, _remove_name),
    "end-label": OrganisationDeed(
        Text("End the recognition", "终止资质"), Text("The recognition was ended.", "资质已终止。"),
        EndForm, permissions.may_manage, _end_label, _today),
    "end-position": OrganisationDeed(
        Text("End the position", "终止任职"), Text("The position was ended.", "任职已终止。"),
        EndForm, permissions.may_edit, _end_position, _today),
}  # fmt: skip


def find(code: str) -> OrganisationDeed:
    """The deed of this code; raises Absent."""
    if code not in DEEDS:
        raise Absent
    return DEEDS[code]


def offers(organisation: object, verdicts: Mapping[str, Verdict], base: str, at: datetime) -> list[Offer]:
    """The deeds the page offers, in their order, with the forms they ask; those not allowed are left out.

    A reader who only reads would otherwise see a list of refusals on every page.
    """
    return [
        Offer(code, deed.text, f"{base}{code}/", asked(deed.form, code, initial=deed.start(organisation, at)), True,
              YES.reason, deed.is_danger)
        for code, deed in DEEDS.items()
        if verdicts.get(code)
    ]  # fmt: skip
