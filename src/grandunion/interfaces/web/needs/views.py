"""The pages of needs: the desk, the list, the record, registering and correcting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import Offer, asked, offers, saving, word, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.alike import LOOK_FIRST, before_sending
from grandunion.interfaces.web.needs.bulk import choices
from grandunion.interfaces.web.needs.calling import known_from
from grandunion.interfaces.web.needs.clocked import desk_deeds
from grandunion.interfaces.web.needs.forms import (
    ASSIGNMENT_FORMS,
    SCORES,
    STEP_FORMS,
    EditForm,
    NeedForm,
    in_languages,
    move_forms,
)
from grandunion.interfaces.web.needs.moves import HOME, LIST
from grandunion.interfaces.web.needs.thread import thread
from grandunion.interfaces.web.needs.words import FIELDS, PHASES
from grandunion.terms.achievements import Mode
from grandunion.terms.needs import ApplicantType, Category, DraftStep, NeedState, Outcome, Urgency
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent, Forbidden, Verdict, require
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.queries import journal, needs
from grandunion.work.queries.messages.inbox import is_watched
from grandunion.work.queries.needs.macros import macros_for

WORDS = {
    "category": Category, "urgency": Urgency, "applicant_type": ApplicantType, "outcome": Outcome, "level": Level,
    "state": NeedState, "finance_round": FinanceRound,
}  # fmt: skip
CALLS = {"contact_phone": "tel:", "contact_email": "mailto:"}
RATINGS = {int(score): name for score, name in SCORES}
SEVERAL = {"modes_wanted": Mode, "instruments_wanted": Instrument}
FACTS = (
    (None, ("category", "subject", "urgency", "owner", "applicant_name", "applicant_type", "area", "received_at",
            "in_charge", "level")),
    (Text("What is asked for", "需求要点"),
     ("field", "industry", "budget", "finance_round", "instruments_wanted", "headcount", "wanted_by", "trl_wanted",
      "modes_wanted")),
    (Text("Contact: for the desk and those who answer", "联系方式（仅服务台与承办方可见）"),
     ("contact_name", "contact_phone", "contact_email")),
    (Text("How it ended", "办理结果"),
     ("outcome", "outcome_note", "satisfaction", "satisfaction_comment", "escalations", "issue", "call_due_at",
      "archived_at")),
)  # fmt: skip
APPLICANTS = {
    Role.ENTERPRISE: ApplicantType.COMPANY, Role.INVESTOR: ApplicantType.INVESTOR, Role.PARTNER: ApplicantType.PARTNER,
    Role.STUDENT: ApplicantType.STUDENT, Role.INVENTOR: ApplicantType.RESEARCHER,
    Role.UNIVERSITY: ApplicantType.RESEARCHER,
}  # fmt: skip
Offered = tuple[tuple[object, Verdict], ...]
NEXT = ("dispatch", "call_back", "rate", "close_solved", "submit")
OPTIONAL = frozenset(FIELDS) - {"category", "urgency", "contact_name"}


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All needs the reader may see."""
    found = choices(request)
    return kit_lists.show(request, needs.LISTING, template="web/needs/list.html", actions=_new(request), bulk=found,
                          picking="bulk" if found else "")  # fmt: skip


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the most pressing first."""
    title = Text("Needs: my desk", "需求工作台")
    piles = needs.desk(request.reader)
    return page(request, "web/needs/desk.html", title, section="needs", crumbs=[LIST, (title, "")],
                actions=_new(request)[1:], piles=piles, tones=TONES,
                has_tasks=any(pile.tasks for pile in piles))  # fmt: skip


@signed_in
def following(request: HttpRequest) -> HttpResponse:
    """On to the need that waits next; back to the desk where none does."""
    number = needs.next_on_desk(request.reader, request.GET.get("after", "")[:40])
    if number:
        return redirect(f"{HOME}{number}/")
    return done(request, f"{HOME}desk/", Text("Nothing else waits for you.", "暂无其他待办需求。"))


def _new(request: HttpRequest) -> list[Deed]:
    if not permissions.may_register(request.reader):
        return []
    is_officer = request.reader.is_officer
    text = Text("Register a need", "登记需求") if is_officer else Text("State a need", "提出需求")
    return [
        Deed(f"{HOME}desk/", Text("My desk", "工作台"), "inbox"),
        Deed(f"{HOME}new/", text, "plus", is_primary=True),
    ]


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Register a need in one go."""
    require(permissions.may_register(request.reader), Forbidden)
    form = NeedForm.of(request, **{"applicant_type": ApplicantType.COMPANY, **_known(request), **known_from(request)})
    if request.reader.is_officer:
        form, title = form.found_by_contact(), Text("Register a need", "登记需求")
    else:
        form, title = form.told_by(len(request.reader.organisation_ids)), Text("State a need", "提出需求")

    def save(values: Mapping[str, object]) -> HttpResponse:
        if hint := before_sending(request, str(values["title"])):
            return shown(alike=hint, look_first=LOOK_FIRST)
        given = in_languages(values)
        key = str(given.pop("submission", ""))
        if not given.get("organisation") and not request.reader.is_officer:
            given.pop("organisation", None)
        need = actions.register(given, by=request.reader, at=request.at, submission=key)
        return done(request, f"{HOME}{need.number}/", Text(f"{need.number} is registered.", f"已登记 {need.number}。"))

    around = {"section": "needs", "crumbs": [LIST, (title, "")], "cancel_url": HOME, "submit": title,
              "steps_url": f"{HOME}begin/"}  # fmt: skip
    shown = partial(page, request, "web/needs/form.html", title, form=form, **around)
    return saving(request, form, save, template="web/needs/form.html", title=title, **around)


def _known(request: HttpRequest) -> dict[str, object]:
    """What a member need not type: the own name and address, and what they are."""
    if request.reader.is_officer:
        return {}
    kind = next((kind for role, kind in APPLICANTS.items() if request.reader.has(role)), ApplicantType.COMPANY)
    return {"contact_name": tags.said(request.reader.called), "contact_email": request.reader.email,
            "applicant_type": kind}  # fmt: skip


@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """First of three saved steps: the contact."""
    form = STEP_FORMS[DraftStep.CONTACT].of(request, **_known(request))

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = dict(values)
        key = str(given.pop("submission", ""))
        need = actions.begin(given, by=request.reader, at=request.at, submission=key)
        return redirect(f"{HOME}{need.number}/step/{DraftStep.COMPANY.value}/")

    return _stepped(request, form, save, DraftStep.CONTACT)


@signed_in
def step(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """A further step; the last one hands the need in."""
    need = needs.get(number, request.reader)
    if not DraftStep.has(code) or need.state != NeedState.DRAFT:
        raise Absent
    here = DraftStep(code)
    form = STEP_FORMS[here].of(request, version=need.version, **_saved(need, STEP_FORMS[here]))

    def save(values: Mapping[str, object]) -> HttpResponse:
        is_last = here == DraftStep.DESCRIPTION
        if is_last and (hint := before_sending(request, str(values["title"]), number)):
            return _stepped(request, form, None, here, alike=hint, look_first=LOOK_FIRST)
        given = in_languages(values)
        version = given.pop("version", None)
        given.pop("submission", None)
        if not given.get("organisation", True) and need.owner_id:
            given.pop("organisation")
        actions.save_step(need, here, given, by=request.reader, at=request.at, version=version)
        if not is_last:
            return redirect(f"{HOME}{number}/step/{tuple(DraftStep)[tuple(DraftStep).index(here) + 1].value}/")
        actions.submit(need, by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/", Text(f"{number} is handed in.", f"已提交 {number}。"))

    return _stepped(request, form, save, here)


def _stepped(request: HttpRequest, form: object, save: object | None, here: DraftStep, **more: object) -> HttpResponse:
    """One step of the form with the way through all three; without `save` it is only shown again."""
    steps = tuple(DraftStep)
    at = steps.index(here)
    way = [Phase(one.text, "done" if n < at else "current" if n == at else "next", None) for n, one in enumerate(steps)]
    title = Text("State a need", "提出需求")
    submit = Text("Hand in", "提交") if here == DraftStep.DESCRIPTION else Text("Save and go on", "保存并继续")
    around = {"section": "needs", "crumbs": [LIST, (title, "")], "phases": way, "submit": submit, "cancel_url": HOME}
    if save is None:
        return page(request, "web/needs/step.html", title, form=form, **around, **more)
    return saving(request, form, save, template="web/needs/step.html", title=title, **around)


def _saved(need: object, form: type) -> dict[str, object]:
    """What a draft has already, as the form's fields take it."""
    names = form.base_fields.keys() - {"version", "submission"}
    given = {name: _plain(getattr(need, name, None)) for name in names}
    title = {"title": need.title_zh or need.title_en, "text": need.text_zh or need.text_en}
    organisation = {"organisation": need.owner.number if need.owner else need.applicant_name}
    found = {name: value for name, value in {**given, **title, **organisation}.items() if name in names}
    return found | {f"details.{code}": value for code, value in need.details.items()}


def _plain(value: object) -> object:
    return getattr(value, "code", value)


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Correct or complete a need."""
    need = needs.get(number, request.reader)
    require(permissions.may_edit(request.reader, need), Forbidden)
    form = EditForm.of(request, version=need.version, **_saved(need, EditForm))

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = dict(values)
        version = given.pop("version", None)
        given.pop("submission", None)
        actions.edit(need, given, by=request.reader, at=request.at, version=version)
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    crumbs = [LIST, (Text(number, number), f"{HOME}{number}/"), (Text("Edit", "编辑"), "")]
    return saving(request, form, save, template="web/needs/form.html", title=Text("Edit the need", "修改需求"),
                  section="needs", crumbs=crumbs, cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One need, as deep as the reader reads it."""
    need = needs.get(number, request.reader)
    depth = clearance(request.reader, need, access_rows(request.reader, need))
    found = needs.page(need, request.reader, depth)
    mine = permissions.parts_of(request.reader, need)
    base, offered = f"{HOME}{number}/", permissions.offers(request.reader, need)
    return page(
        request, "web/needs/record.html", _title(need), section="needs", number=number, subtitle=_subtitle(need),
        crumbs=[LIST, (Text(number, number), "")], state=found.state, tone=tone(need.state),
        actions=_head_deeds(request, need, offered), need=need, found=found, facts=_all_facts(found),
        phases=_phases(need, found.state), is_desk=bool(mine & permissions.DESK),
        offers=offers(offered, move_forms(need, request.reader, [move.code for move, may in offered if may]), base),
        questions=found.questions, may_reply=bool(permissions.may_reply(request.reader, need)),
        deeds=desk_deeds(request, need),
        answerers=[(one, _assignment_offers(request, need, one, base)) for one in found.answerers],
        thread=thread(request, need, worded(_told(journal.timeline(need, depth)), WORDS), found.callbacks), tones=TONES,
        is_watched=is_watched(need, request.reader),
        macros=macros_for([need.category]) if permissions.may_use_macros(request.reader, need) else (),
        files=documents.panel(request, need, depth), is_owner=depth >= Secrecy.S3,
    )  # fmt: skip


def _title(need: object) -> Text:
    return need.title if need.title.en else Text("Draft without a title", "未命名草稿")


def _subtitle(need: object) -> Text | None:
    return need.owner.name if need.owner else Text(need.applicant_name, need.applicant_name)


def _told(lines: Iterable[object]) -> list[object]:
    return [line for line in lines if not line.verb.startswith("access.")]


def _assignment_offers(request: HttpRequest, need: object, one: object, base: str) -> list[Offer]:
    row = one.assignment
    found = permissions.assignment_offers(request.reader, need, row)
    return [
        # Several assignments stand on one page: each form has ids of its own.
        replace(
            offer, code=f"{offer.code}-{row.pk}",
            form=asked(ASSIGNMENT_FORMS[offer.code], f"{offer.code}-{row.pk}") if offer.form else None,
        )
        for offer in offers(found, ASSIGNMENT_FORMS, f"{base}assignments/{row.pk}/")
    ]  # fmt: skip


def _head_deeds(request: HttpRequest, need: object, offered: Offered) -> list[Deed]:
    """What is done most: the deed that brings the need on, correcting it, taking charge."""
    base, may_edit = f"{HOME}{need.number}/", permissions.may_edit(request.reader, need)
    if need.state == NeedState.DRAFT:
        step = f"{base}step/{need.step or DraftStep.CONTACT.value}/"
        return [Deed(step, Text("Go on writing", "继续填写"), "pencil", is_primary=True)] if may_edit else []
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if may_edit else []
    if need.in_charge_id != request.reader.user_id and permissions.may_take(request.reader, need):
        deeds.append(Deed(f"{base}take/", Text("Take charge", "由我经办"), "user-round", method="post"))
    if request.reader.reads_rows:
        deeds.append(Deed(f"{HOME}next/?after={need.number}", Text("Next need", "下一项"), "chevron-right"))
    allowed = {found.code: found for found, verdict in offered if verdict}
    code = next((code for code in NEXT if code in allowed), None)
    if code:
        deeds.append(Deed(f"{base}moves/{code}/", allowed[code].label, "arrow-right", is_primary=True))
    return deeds


def _facts(fields: Mapping[str, object]) -> list[tuple]:
    groups = []
    for title, names in FACTS:
        rows = [(FIELDS[name], _value(name, fields), _call(name, fields)) for name in names if name in fields]
        rows = [row for row, name in zip(rows, [n for n in names if n in fields], strict=True)
                if row[1] not in (None, "") or name not in OPTIONAL]  # fmt: skip
        if any(row[1] not in (None, "") for row in rows):
            groups.append((title, rows))
    return groups


def _all_facts(found: object) -> list[tuple]:
    return [*_facts(found.fields), *_details(found)]


def _details(found: object) -> list[tuple]:
    """What its subject asks besides."""
    rows = [(name, value, "") for name, value in found.details]
    return [(Text("Asked for this subject", "事项补充信息"), rows)] if rows else []


def _call(name: str, fields: Mapping[str, object]) -> str:
    """The address that calls or writes to the contact."""
    return f"{CALLS[name]}{fields[name]}" if name in CALLS and fields[name] else ""


def _value(name: str, fields: Mapping[str, object]) -> object:
    """One fact as it is shown."""
    value = fields[name]
    if value in (None, "", []) or (name == "escalations" and not value):
        return None
    if name == "satisfaction":
        return RATINGS[value]
    if name in WORDS:
        return word(WORDS[name], value)
    if name in SEVERAL:
        return listed(SEVERAL[name](code).text for code in value if SEVERAL[name].has(code))
    if name == "budget":
        return tags.money(value, fields.get("currency", "CNY"))
    if name in ("received_at", "call_due_at", "archived_at"):
        return tags.moment(value)
    return getattr(value, "name", value)


def _phases(need: object, state: Text) -> list[Phase]:
    """How far the need has come."""
    at = next(n for n, (_, states) in enumerate(PHASES) if need.state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", state if n == at else None)
        for n, (text, _) in enumerate(PHASES)
    ]
