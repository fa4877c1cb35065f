"""Running an open challenge: reviewers, conflicts, objections, instalments."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, one_of
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import Offer
from grandunion.interfaces.web.scenarios import showing
from grandunion.interfaces.web.scenarios.asking import (
    ConflictForm,
    ExtendForm,
    InstalmentsForm,
    MilestoneForm,
    PayForm,
    SettleForm,
)
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import ChallengeState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import matches
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import parties, scenarios
from grandunion.work.queries.matches import free_reviewers

HOME = "/w/challenges/"
LIST = (Text("Open challenges", "揭榜挂帅"), HOME)
ASK = Text("Ask a reviewer", "邀请评审专家")
NONE = Text("I have no conflict of interest", "声明无利益冲突")
CONFLICT = Text("I have a conflict of interest", "申报利益冲突")
EXTEND = Text("Extend bidding", "延长揭榜期")
PLAN = Text("Plan the instalments", "制定分期计划")
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Money:
    """One instalment as the page shows it."""

    row: object
    state: Text
    tone: str
    offers: list[Offer]


def extras(reader: Reader, found: object, seen: object, base: str) -> list[Offer]:
    """What can be done beside the moves of the flow."""
    deeds = []
    if seen.is_reviewer and found.state in (ChallengeState.BIDS_CLOSED, ChallengeState.REVIEW):
        if seen.has_conflict is None:
            deeds.append(showing.beside("no-conflict", NONE, f"{base}no-conflict/"))
        if not seen.has_conflict:
            deeds.append(showing.beside("conflict", CONFLICT, f"{base}conflict/", ConflictForm))
    if permissions.may_ask_reviewer(reader, found):
        deeds.append(showing.beside("reviewers", ASK, f"{base}reviewers/", ReviewerStub))
    if permissions.may_extend(reader, found):
        deeds.append(showing.beside("extend", EXTEND, f"{base}extend/", ExtendForm))
    if permissions.may_plan_money(reader, found):
        deeds.append(showing.beside("instalments", PLAN, f"{base}instalments/", InstalmentsForm))
    return deeds


class ReviewerStub(Form):
    """Stands for the form that is fetched when it is opened; who may be asked is read only then."""

    reviewer = one_of("Reviewer", "评审专家", lambda: ())


def money(reader: Reader, found: object, seen: object, base: str) -> list[Money]:
    """The instalments with what can be done to each."""
    may_meet = bool(permissions.may_show_milestone(reader, found))
    may_pay = bool(permissions.may_run(reader, found))
    return [_money(row, f"{base}instalments/{row.pk}/", may_meet=may_meet, may_pay=may_pay) for row in seen.instalments]


def _money(row: object, base: str, *, may_meet: bool, may_pay: bool) -> Money:
    if row.paid_on is not None:
        return Money(row, Text("Paid", "已拨付"), "good", [])
    if row.met_at is not None:
        deed = showing.beside(f"pay-{row.pk}", Text("Record the payment", "登记拨付"), f"{base}pay/", PayForm)
        return Money(row, Text("Met, to be paid", "已完成，待拨付"), "info", [deed] if may_pay else [])
    deed = showing.beside(f"meet-{row.pk}", Text("Record as met", "登记完成"), f"{base}met/", MilestoneForm)
    return Money(row, Text("Open", "未完成"), "neutral", [deed] if may_meet else [])


@signed_in
def ask_reviewer(request: HttpRequest, number: str) -> HttpResponse:
    """Ask somebody without a tie to review."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_ask_reviewer(request.reader, found), Forbidden)
    rows = [(str(user.pk), user.name) for user in free_reviewers(found, request.at)]
    form = type("ReviewerForm", (Form,), {"reviewer": one_of("Reviewer", "评审专家", lambda: rows)})

    def save(values: Values) -> HttpResponse:
        user = parties.user_by_id(int(str(values["reviewer"])))
        matches.ask_reviewer(found, user, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("{who} is asked.", "已邀请{who}。").fill(who=user.name))

    return showing.deed(request, found, form.of(request), save, ASK, LIST)


@signed_in
def no_conflict(request: HttpRequest, number: str) -> HttpResponse:
    """The reviewer declares to have no conflict of interest."""
    found = scenarios.challenge(number, request.reader)

    def save(values: Values) -> HttpResponse:
        matches.declare(found, request.reader.user_id, has_conflict=False, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("Your declaration is on file.", "声明已登记。"))

    return showing.deed(request, found, Form.of(request), save, NONE, LIST)


@signed_in
def conflict(request: HttpRequest, number: str) -> HttpResponse:
    """The reviewer declares a conflict of interest and reads no further."""
    found = scenarios.challenge(number, request.reader)

    def save(values: Values) -> HttpResponse:
        matches.declare(found, request.reader.user_id, has_conflict=True, note=str(values["note"]),
                        **showing.who(request))  # fmt: skip
        return done(request, HOME, Text("Thank you: your conflict is on file.", "利益冲突已登记，感谢申报。"))

    return showing.deed(request, found, ConflictForm.of(request), save, CONFLICT, LIST)


@signed_in
def settle_objection(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Settle an objection to the notice."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_run(request.reader, found), Forbidden)
    raised = scenarios.objection(found, pk)

    def save(values: Values) -> HttpResponse:
        actions.settle_objection(found, raised, is_upheld=bool(values["is_upheld"]),
                                 settlement=str(values["settlement"]), **showing.who(request))  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("The objection is settled.", "异议已处理。"))

    title = Text("Settle the objection", "处理异议")
    return showing.deed(request, found, SettleForm.of(request), save, title, LIST)


@signed_in
def instalments(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the instalments, one a line."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_plan_money(request.reader, found), Forbidden)
    known = scenarios.instalment_lines(scenarios.challenge_rows(found).instalments)
    form = InstalmentsForm.of(request, version=found.version, instalments=known)

    def save(values: Values) -> HttpResponse:
        lines = scenarios.instalments_of(str(values["instalments"]))
        actions.plan_instalments(found, lines, version=values.get("version"), **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("The instalments are planned.", "分期计划已保存。"))

    return showing.deed(request, found, form, save, PLAN, LIST)


@signed_in
def met(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record a milestone as met."""
    found = scenarios.challenge(number, request.reader)
    row = scenarios.instalment(found, pk)

    def save(values: Values) -> HttpResponse:
        actions.meet_milestone(found, row, note=str(values["note"]), **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("The milestone is met.", "里程碑已登记完成。"))

    return showing.deed(request, found, MilestoneForm.of(request), save, row.milestone, LIST)


@signed_in
def pay(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record a payment."""
    found = scenarios.challenge(number, request.reader)
    row = scenarios.instalment(found, pk)

    def save(values: Values) -> HttpResponse:
        actions.pay(found, row, paid_on=values["paid_on"], payment=str(values["payment"]), **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("The payment is recorded.", "拨付已登记。"))

    form = PayForm.of(request, paid_on=request.at.date())
    return showing.deed(request, found, form, save, Text("Record the payment", "登记拨付"), LIST)


urlpatterns = [
    path("<str:number>/reviewers/", ask_reviewer),
    path("<str:number>/no-conflict/", no_conflict),
    path("<str:number>/conflict/", conflict),
    path("<str:number>/objections/<int:pk>/", settle_objection),
    path("<str:number>/instalments/", instalments),
    path("<str:number>/instalments/<int:pk>/met/", met),
    path("<str:number>/instalments/<int:pk>/pay/", pay),
]
