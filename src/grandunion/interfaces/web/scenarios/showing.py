"""How scenarios and challenges are shown: facts in groups, phases, evidence, and deeds as pages of their own."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.records import Offer, asked, saving, word
from grandunion.interfaces.web.scenarios.asking import ReasonForm
from grandunion.interfaces.web.scenarios.words import FIELDS, Phases
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import (
    BidState,
    CapabilityState,
    ChallengeState,
    DemandType,
    Finding,
    Openness,
    OpportunityState,
    ProcurementRoute,
    ProposalState,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import NOTHING, Text, Word, listed
from grandunion.terms.verdicts import YES, Verdict
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import scenarios

WORDS: Mapping[str, type[Word]] = {
    "demand_type": DemandType, "procurement_route": ProcurementRoute, "safety_permit": SafetyPermit, "level": Level,
}  # fmt: skip
STATES = (OpportunityState, CapabilityState, ProposalState, ChallengeState, BidState)
MONEY = frozenset({"budget", "price", "price_min", "price_max", "total_budget", "enterprise_share", "fiscal_share",
                   "follow_on_value", "contract_value"})  # fmt: skip
ITEMS = frozenset({"expertise", "techniques", "references"})
FINDING_TONES = {
    Finding.MET: "good", Finding.WAIVED: "good", Finding.NOT_MET: "bad", Finding.UNMEASURED: "neutral",
    Finding.NO_REPORT: "warn", Finding.WAIVER_ASKED: "warn",
}  # fmt: skip
YES_SAID = Text("yes", "是")
Groups = tuple[tuple[Text | None, tuple[str, ...]], ...]
Values = Mapping[str, object]


def facts_of(fields: Values, groups: Groups, links: Mapping[str, str] | None = None) -> list[tuple]:
    """The facts the reader may read in their groups; what is not filled is left out."""
    shown = []
    for title, names in groups:
        rows = [(FIELDS[name], value_of(name, fields), (links or {}).get(name, "")) for name in names]
        rows = [row for row in rows if row[1] not in (None, "", NOTHING)]
        if rows:
            shown.append((title, rows))
    return shown


def value_of(name: str, fields: Values) -> object:
    """One fact in words; nothing where it is not recorded or not the reader's."""
    value = fields.get(name)
    if value in (None, "", [], False):
        return None
    if name in WORDS:
        return word(WORDS[name], str(value))
    if name in MONEY:
        return tags.money(value, str(fields.get("currency") or "CNY"))
    if name in SAID:
        return SAID[name](value)
    return value if isinstance(value, str | int) else _called(value)


def _called(record: object) -> object:
    """A term, an organisation, a person or a record by its name."""
    return getattr(record, "name", None) or getattr(record, "title", None) or record


SAID: Mapping[str, Callable[[object], object]] = {
    **dict.fromkeys(("starts_on", "ends_on", "proposals_until", "valid_until", "signed_on"), tags.day),
    **dict.fromkeys(("bids_from", "bids_until", "submitted_at", "verified_at"), tags.moment),
    **dict.fromkeys(ITEMS, "; ".join),
    "openness": lambda codes: listed(Openness(code).text for code in codes if Openness.has(code)),
    "is_first_use": lambda is_first: YES_SAID,
}


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


def phases(state: str, said: Text, table: Phases) -> list[Phase]:
    """How far a record has come."""
    at = next(n for n, (_, states) in enumerate(table) if state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", said if n == at else None)
        for n, (text, _) in enumerate(table)
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as the evidence table shows it."""

    name: Text
    asked: str
    test: Text
    is_required: bool
    measured: str
    about: Text
    finding: Text | None
    tone: str
    reason: str
    offers: list[Offer]
    earlier: tuple[Text, ...]


def evidence(shown: Iterable[object], base: str, may: Callable[[object], tuple[bool, Verdict]]) -> list[Row]:
    """The indicators with what was measured; `may` says of one whether a waiver may be asked for, and granted."""
    return [_row(one, base, may) for one in shown]


def _row(one: object, base: str, may: Callable[[object], tuple[bool, Verdict]]) -> Row:
    indicator, found = one.indicator, one.found
    reading = next(iter(one.readings), None)
    return Row(
        name=indicator.name, asked=scenarios.written(indicator), test=indicator.test,
        is_required=indicator.is_required,
        measured=f"{reading.value.normalize():f} {indicator.unit}".strip() if reading else "",
        about=_about(reading) if reading else NOTHING, finding=found.finding.text if found else None,
        tone=FINDING_TONES[found.finding] if found else "neutral",
        reason=indicator.waiver_reason if found else "", offers=_waivers(indicator, found, base, may) if found else [],
        earlier=tuple(_earlier(row, indicator.unit) for row in one.readings[1:]),
    )  # fmt: skip


def _about(reading: object) -> Text:
    told = f"{reading.measured_by}, {reading.measured_on}"
    return Text(told, told.replace(", ", "，"))


def _earlier(reading: object, unit: str) -> Text:
    value = f"{reading.value.normalize():f} {unit}".strip()
    return Text(f"{value} ({reading.measured_on}, {reading.measured_by})",
                f"{value}（{reading.measured_on}，{reading.measured_by}）")  # fmt: skip


def _waivers(indicator: object, found: object, base: str, may: Callable) -> list[Offer]:
    """Asking for a waiver where something is not met; granting or refusing one that is asked for."""
    may_ask, may_grant = may(indicator)
    at = f"{base}indicators/{indicator.pk}/"
    if found.finding == Finding.WAIVER_ASKED:
        grant = _deed(f"grant-{indicator.pk}", Text("Grant the waiver", "批准豁免"), f"{at}grant/", None, may_grant)
        refuse = _deed(f"refuse-{indicator.pk}", Text("Refuse it", "不予豁免"), f"{at}refuse/", None, may_grant)
        return [grant, refuse] if may_grant or may_ask else []
    if not may_ask or found.is_enough:
        return []
    code = f"waive-{indicator.pk}"
    return [_deed(code, Text("Ask for a waiver", "申请豁免"), f"{at}waive/", asked(ReasonForm, code), YES)]


def _deed(code: str, label: Text, url: str, form: Callable[[], Form] | None, verdict: Verdict) -> Offer:
    return Offer(code, label, url, form if verdict else None, bool(verdict), verdict.reason)


def beside(code: str, label: Text, url: str, form: type[Form] = Form, verdict: Verdict = YES) -> Offer:
    """A deed beside the moves of the flow, shown as one of them."""
    return Offer(code, label, url, asked(form, code) if verdict else None, bool(verdict), verdict.reason)


def deed(
    request: HttpRequest, record: object, form: Form, save: Callable[[Values], HttpResponse], title: Text,
    home: tuple[Text, str], **more: object,
) -> HttpResponse:  # fmt: skip
    """One deed on a record as a page of its own."""
    back = f"{home[1]}{record.number}/"
    crumbs = [home, (Text(record.number, record.number), back), (title, "")]
    told = called(record, clearance(request.reader, record)) if hasattr(record, "heading") else record.title
    return saving(request, form, save, template="web/scenarios/deed.html", title=title, section="scenarios",
                  crumbs=crumbs, record=record, told=told, cancel_url=back, **more)  # fmt: skip


def who(request: HttpRequest) -> dict[str, object]:
    """Who does it, and when."""
    return {"by": request.reader, "at": request.at}


def called(record: object, depth: Secrecy) -> Text:
    """What a proposal or bid is called, for whom reads it; its number for everybody else."""
    if depth < Secrecy.S1:
        return Text(record.number, record.number)
    return record.title if record.heading else Text("Draft without a title", "未命名草稿")


def written(rows: Iterable[object], states: type[Word], reader: Reader) -> list[tuple[object, Text]]:
    """Proposals or bids of which the reader reads more than the number, each with its state."""
    return [(one, states(one.state).text) for one in rows if clearance(reader, one) >= Secrecy.S1]


def prefilled(form: type[Form], **given: object) -> type[Form]:
    """The form with something in it wherever it is shown: in an opened move as on a page of its own."""
    made = type(form.__name__, (form,), {})
    made.base_fields = deepcopy(form.base_fields)
    for name, value in given.items():
        made.base_fields[name].initial = value
    return made


def side(record: object, depth: Secrecy) -> Text | None:
    """Whose a record is, under its title: the organisation, or the name that was told."""
    if depth < Secrecy.S1:
        return None
    told = getattr(record, "demand_name", "")
    return record.owner.name if record.owner else Text(told, told) if told else None


def kept(record: object, form: type[Form]) -> dict[str, object]:
    """What a record says now, as the form's fields take it."""
    given = {name: getattr(record, name) for name in form.base_fields if hasattr(record, name)}
    given.pop("version", None)
    owner = getattr(record, "owner", None)
    if "owner" in form.base_fields:
        given["owner"] = owner.number if owner else getattr(record, "demand_name", "")
    return {name: "\n".join(value) if name in ITEMS else getattr(value, "code", value) for name, value in given.items()}
