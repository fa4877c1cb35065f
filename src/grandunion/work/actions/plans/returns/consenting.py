"""An enterprise agrees to report in a form, or takes its agreement back; both are dated and journaled."""

from datetime import datetime

from django.db import IntegrityError, transaction

from grandunion.records.parties import Organisation
from grandunion.records.plans import Consent, Return, ReturnForm
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, Reporter
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.plans import returns

TWICE = Text("This enterprise has agreed already.", "该企业已同意报送。")


@atomic
def agree(organisation: Organisation, form: ReturnForm, *, by: Reader, at: datetime, note: str = "") -> Consent:
    """The enterprise reports in this form from its next period on; `note` says how it was agreed, if not here."""
    require(permissions.may_agree(by, organisation), Forbidden)
    if form.reporter != Reporter.ENTERPRISE:
        raise invalid("form", "Only forms for enterprises rest on an agreement.", "仅面向企业的报表需要同意。")
    if organisation.organisation_kind != OrganisationKind.ENTERPRISE:
        raise invalid("organisation", "Only an enterprise agrees to report.", "仅企业可同意报送。")
    if organisation.pk not in by.organisation_ids and not by.is_house and not note.strip():
        raise invalid(
            "note",
            "Say how the enterprise agreed: by letter, in person.",
            "请说明企业同意的方式，如书面函件、当面确认。",
        )
    if returns.of_organisation(organisation, form.code) is not None:
        raise Refused(TWICE)
    try:
        with transaction.atomic():
            row = Consent.objects.create(
                organisation=organisation, form_code=form.code, given_at=at, given_by=by.name,
                note=sound("note", note.strip(), 300),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(TWICE) from error
    said = {"organisation": (None, organisation), "form": (None, form.code)}
    journal.note("consent.given", row, by=by, at=at, changes=said)
    return row


@atomic
def withdraw(organisation: Organisation, form: ReturnForm, *, by: Reader, at: datetime) -> Consent:
    """No new return is opened from now on. What was reported stays as agreed; nobody is reminded of what is open."""
    require(permissions.may_agree(by, organisation), Forbidden)
    row = returns.of_organisation(organisation, form.code)
    if row is None:
        raise Refused(Text("There is no agreement to take back.", "没有可撤回的同意。"))
    row.withdrawn_at, row.withdrawn_by = at, by.name
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    waiting = Return.objects.unscoped("nobody is reminded of a return whose reporter has taken the agreement back")
    waiting.filter(owner=organisation, form_code=form.code, state__in=OPEN).update(remind_at=None, escalate_at=None)
    said = {"organisation": (organisation, None), "form": (form.code, None)}
    journal.note("consent.withdrawn", row, by=by, at=at, changes=said)
    return row
