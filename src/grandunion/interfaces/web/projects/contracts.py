"""The pages of a project's technology contracts: drafting, the contract itself, and its moves."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import offers, saving, word
from grandunion.interfaces.kit.tags import day
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.projects import showing
from grandunion.interfaces.web.projects.contract_forms import MOVES, ONE_DAY, ContractForm
from grandunion.interfaces.web.projects.deeds import ask
from grandunion.interfaces.web.projects.forms import Plain
from grandunion.interfaces.web.projects.pages import FORM, SAVED, address, crumbs
from grandunion.terms.contracts import ContractKind, ContractPerformance, ContractState, ContractSubkind, Payment
from grandunion.terms.money import Money, money
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import projects as actions
from grandunion.work.permissions import projects as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import projects

WRITABLE = (ContractState.DRAFT, ContractState.CORRECTION)


def new(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a contract."""
    project = projects.get(number, request.reader)
    require(permissions.may_draft_contract(request.reader, project), Forbidden)

    def keep(values: Mapping[str, object]) -> HttpResponse:
        given = dict(values)
        key = str(given.pop("submission", ""))
        contract = actions.draft_contract(project, given, by=request.reader, at=request.at, key=key)
        return done(request, f"{address(project)}contracts/{contract.number}/", SAVED)

    known = {"seller": project.university.number if project.university else "", "currency": "CNY"}
    if project.owner:
        known["buyer"] = project.owner.number
    title = Text("Add a contract", "新增技术合同")
    return saving(request, ContractForm.of(request, **known), keep, template=FORM, title=title, section="projects",
                  crumbs=crumbs(project, (title, "")), cancel_url=address(project))  # fmt: skip


def _opened(request: HttpRequest, number: str, contract: str) -> tuple[object, object]:
    """The project and one of its contracts, if the reader may read it."""
    project = projects.get(number, request.reader)
    found = projects.contract(project, contract)
    if found not in projects.readable_contracts(project, request.reader, clearance(request.reader, project)):
        raise Absent
    return project, found


def record(request: HttpRequest, number: str, contract: str) -> HttpResponse:
    """One contract with its amounts, its registration and its performance."""
    project, found = _opened(request, number, contract)
    base = f"{address(project)}contracts/{found.number}/"
    moves = offers(permissions.contract_offers(request.reader, project, found), MOVES, base)
    may_write = bool(permissions.may_draft_contract(request.reader, project))
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if may_write and found.state in WRITABLE else []
    title = Text(found.title, found.title)
    duties = [one for one in projects.milestones([project.pk]) if one.contract_id == found.pk]
    return page(
        request, "web/projects/contract.html", title, section="projects", number=found.number,
        state=ContractState(found.state).text, tone=tone(found.state), actions=deeds,
        crumbs=crumbs(project, (title, "")), project=project, contract=found, groups=_facts(found),
        offers=moves, version=found.version, base=base,
        duties=_duties(duties, request), may_record=may_write, project_url=address(project),
    )  # fmt: skip


def _duties(duties: list, request: HttpRequest) -> list[dict]:
    on, found = projects.day_of(request.at), []
    for one in duties:
        words, is_overdue = (None, False) if one.done_on else showing.when(one.due_on, on)
        found.append({"row": one, "when": words, "is_overdue": is_overdue})
    return found


def _facts(one: object) -> list[tuple[Text, list]]:
    deductions = [(Text(d["what"], d["what"]), money(d["amount"], one.currency).said()) for d in one.deductions]
    return [
        (Text("Agreement", "合同内容"), [
            (Text("Kind", "类别"), ContractKind(one.contract_kind).text),
            (Text("Finer kind", "子类"), word(ContractSubkind, one.contract_subkind)),
            (Text("Seller or licensor", "卖方"), one.seller.name),
            (Text("Buyer or licensee", "买方"), one.buyer.name),
            (Text("Payment", "支付方式"), word(Payment, one.payment)),
            (Text("Holds", "有效期"), _span(one.effective_from, one.effective_to)),
            (Text("Intellectual property", "知识产权约定"), one.ip_clause),
        ]),
        (Text("Amounts", "金额"), [
            (Text("Contract value", "合同成交额"), Money(one.value_total, one.currency).said()),
            *deductions,
            (Text("Technical value", "技术交易额"), Money(one.value_technical, one.currency).said()),
        ]),
        (Text("Registration and performance", "认定登记与履行"), [
            (Text("Registered by", "登记方"), one.buyer.name if one.is_import else one.seller.name),
            (Text("Signed on", "签订日期"), day(one.signed_on)),
            (Text("Accepted on", "受理日期"), day(one.accepted_on)),
            (Text("Decided on", "决定日期"), day(one.decided_on)),
            (Text("Registration number", "登记编号"), one.registration_number),
            (Text("Reason", "说明"), one.decision_reason),
            (Text("Performance", "履行情况"), word(ContractPerformance, one.performance)),
        ]),
    ]  # fmt: skip


def _span(since: date | None, until: date | None) -> Text | None:
    if since is None:
        return None
    last = until - ONE_DAY if until else None
    return Text(f"{since} to {last}" if last else f"from {since}", f"{since} 至 {last}" if last else f"{since} 起")


def edit(request: HttpRequest, number: str, contract: str) -> HttpResponse:
    """Change a contract that is not signed, or whose registration wants a correction."""
    project, found = _opened(request, number, contract)
    require(permissions.may_draft_contract(request.reader, project), Forbidden)
    to = f"{address(project)}contracts/{found.number}/"

    def keep(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if name != "submission"}
        version = given.pop("version", found.version)
        actions.edit_contract(project, found, given, by=request.reader, at=request.at, version=version)
        return done(request, to, SAVED)

    title = Text("Edit the contract", "编辑合同")
    return saving(request, ContractForm.of(request, version=found.version, **_written(found)), keep, template=FORM,
                  title=title, section="projects", crumbs=crumbs(project, (title, "")), cancel_url=to)  # fmt: skip


def _written(one: object) -> dict[str, object]:
    plain = ("title", "contract_kind", "contract_subkind", "is_import", "currency", "value_total", "payment",
             "effective_from", "ip_clause")  # fmt: skip
    return {
        **{name: getattr(one, name) for name in plain},
        "seller": one.seller.number,
        "buyer": one.buyer.number,
        "last_day": one.effective_to - ONE_DAY if one.effective_to else None,
        "deductions": "\n".join(f"{d['what']} {d['amount']}" for d in one.deductions),
    }


def move(request: HttpRequest, number: str, contract: str, code: str) -> HttpResponse:
    """Make a move of the contract's registration or performance."""
    project, found = _opened(request, number, contract)
    form = MOVES.get(code, Plain).of(request, version=found.version)
    return ask(request, project, form, projects.contract_move_label(code),
               lambda values: actions.move_contract(project, found, code, by=request.reader, at=request.at, **values),
               to=f"{address(project)}contracts/{found.number}/")  # fmt: skip
