"""Which enterprises have agreed to fill in which form, since when and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from grandunion.records.parties import Organisation
from grandunion.records.plans import Consent, ReturnForm
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ConsentState, Reporter
from grandunion.work.queries.base import visible
from grandunion.work.queries.plans.returns.forms import forms


@dataclass(frozen=True, slots=True)
class Standing:
    """One form and whether one enterprise has agreed to it."""

    form: ReturnForm
    organisation: Organisation
    state: ConsentState
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None
    by: str = ""
    note: str = ""


def holding(form_code: str, at: datetime) -> QuerySet[Consent]:
    """The agreements to a form that hold at a moment."""
    rows = Consent.objects.unscoped(
        "who has agreed to report is asked before a return is opened, and shown to the enterprise and to officers"
    ).filter(form_code=form_code, given_at__lte=at)
    return rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))


def of_organisation(organisation: Organisation, form_code: str) -> Consent | None:
    """The agreement of one enterprise to one form that has not been withdrawn."""
    rows = Consent.objects.unscoped(
        "who has agreed to report is asked before a return is opened, and shown to the enterprise and to officers"
    )
    return rows.filter(organisation=organisation, form_code=form_code, withdrawn_at=None).first()


def consents(organisation: Organisation) -> tuple[Standing, ...]:
    """Every form an enterprise may agree to, and how it stands to it."""
    latest: dict[str, Consent] = {}
    for row in (
        Consent.objects.unscoped(
            "who has agreed to report is asked before a return is opened, and shown to the enterprise and to officers"
        )
        .filter(organisation=organisation)
        .order_by("given_at", "pk")
    ):
        latest[row.form_code] = row
    return tuple(_standing(form, organisation, latest.get(form.code)) for form in asking())


def own(reader: Reader) -> tuple[Standing, ...]:
    """The same for every enterprise whose affairs the reader manages."""
    mine = visible(Organisation, reader).filter(pk__in=reader.organisation_ids, organisation_kind="enterprise")
    return tuple(one for organisation in mine.order_by("sort_key", "pk") for one in consents(organisation))


def agreed(reader: Reader) -> tuple[Standing, ...]:
    """Every agreement there is or was, with enterprises the reader may see; for the hub's officers."""
    known = {form.code: form for form in asking()}
    rows = Consent.objects.unscoped(
        "who has agreed to report is asked before a return is opened, and shown to the enterprise and to officers"
    ).filter(form_code__in=known, organisation__in=visible(Organisation, reader).values("pk"))
    rows = rows.select_related("organisation").order_by("organisation__sort_key", "organisation", "-given_at")
    return tuple(_standing(known[row.form_code], row.organisation, row) for row in rows[:500])


def asking() -> list[ReturnForm]:
    """The forms in force that ask enterprises."""
    return list(forms().filter(reporter=Reporter.ENTERPRISE))


def _standing(form: ReturnForm, organisation: Organisation, row: Consent | None) -> Standing:
    if row is None:
        return Standing(form, organisation, ConsentState.NONE)
    state = ConsentState.WITHDRAWN if row.withdrawn_at else ConsentState.GIVEN
    return Standing(
        form, organisation, state, row.given_at, row.withdrawn_at, row.withdrawn_by or row.given_by, row.note
    )
