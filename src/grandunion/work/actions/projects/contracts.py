"""Technology contracts of a project: drafting, signing, registering while valid, performing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from grandunion.engines.flows.contracts import CONTRACT_FLOW, PERFORMANCE_FLOW
from grandunion.records.projects import Contract, Project
from grandunion.terms.contracts import SUBKINDS, ContractKind, ContractPerformance, ContractState
from grandunion.terms.money import money
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import Forbidden, Refused, invalid, no, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic, change
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import kept_once
from grandunion.work.actions.projects.moves import move_if_allowed
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import journal as past
from grandunion.work.queries import projects

WRITTEN = frozenset(
    {"contract_kind", "contract_subkind", "title", "seller", "buyer", "is_import", "currency", "value_total"}
    | {"payment", "ip_clause", "effective_from", "effective_to"}
)
PERFORMING = frozenset(move.code for move in PERFORMANCE_FLOW.moves)


@atomic
def draft_contract(
    project: Project, values: Mapping[str, object], *, by: Reader, at: datetime, key: str = ""
) -> Contract:
    """Write down a contract. Its technical value is the total less the named deductions.

    `values`: contract_kind, contract_subkind, title, seller, buyer (organisations or their numbers), is_import,
    currency, value_total, deductions (pairs of words and amount), payment, ip_clause, effective_from and
    effective_to (the first day on which it no longer holds).
    """
    require(permissions.may_draft_contract(by, project), Forbidden)
    if past.submitted(key, Project.kind) == project.pk:
        return projects.contracts([project.pk]).first()
    given = _sound(values, by)
    contract = Contract.objects.create(
        project=project, number=lists.next_numbers(CONTRACT_FLOW.prefix, at.year)[0], state=ContractState.DRAFT,
        created_at=at, updated_at=at, **given,
    )  # fmt: skip
    journal.keep_submission(key, project, at)
    for side, part in ((contract.seller, Part.OFFERING), (contract.buyer, Part.NEEDING)):
        if side.pk != project.owner_id:
            let_in(project, side, part, by=by, at=at, reason=contract.number)
    journal.step(CONTRACT_FLOW.code, contract, source="", target=ContractState.DRAFT, by=by, at=at)
    _note("contract_drafted", project, contract, by, at, {"value_total": (None, contract.value_total)})
    return contract


def _sound(values: Mapping[str, object], by: Reader) -> dict[str, object]:
    given = cleaned(Contract, {k: v for k, v in values.items() if k != "deductions"}, WRITTEN, by)
    for name, en, zh in (
        ("contract_kind", "Choose the kind of contract.", "请选择合同类别。"),
        ("title", "Write the contract's title.", "请填写合同名称。"),
        ("seller", "Write who sells or licenses.", "请填写卖方（许可方）。"),
        ("buyer", "Write who buys or takes the licence.", "请填写买方（被许可方）。"),
    ):
        if not given.get(name):
            raise invalid(name, en, zh)
    if given["seller"] == given["buyer"]:
        raise invalid("buyer", "Seller and buyer are two organisations.", "买卖双方不能是同一单位。")
    _subkind(given)
    _validity(given.get("effective_from"), given.get("effective_to"))
    given["is_import"] = bool(given.get("is_import"))
    return given | _amounts(values, given.get("currency") or "CNY")


def _subkind(given: dict[str, object]) -> None:
    allowed = SUBKINDS[ContractKind(given["contract_kind"])]
    if given.get("contract_subkind") and given["contract_subkind"] not in allowed:
        raise invalid("contract_subkind", "This sub-kind belongs to another kind of contract.", "合同子类与类别不符。")


def _validity(since: date | None, until: date | None) -> None:
    if since and until and until <= since:
        raise invalid("effective_to", "The contract ends after it begins.", "合同终止日期须晚于生效日期。")


def _amounts(values: Mapping[str, object], currency: str) -> dict[str, object]:
    """Total, deductions and technical value; equipment and material do not count as technical."""
    total = money(values.get("value_total"), currency, "value_total").amount
    pairs: Iterable = values.get("deductions") or ()
    deductions = [(str(what).strip(), money(amount, currency, "deductions").amount) for what, amount in pairs]
    taken = sum((amount for _, amount in deductions), Decimal(0))
    if total < 0 or any(amount < 0 or not what for what, amount in deductions):
        raise invalid("deductions", "Each deduction has words and an amount.", "每项扣除须填写名称和金额。")
    if taken > total:
        raise invalid("deductions", "The deductions exceed the total.", "扣除金额超过合同总额。")
    kept = [{"what": what, "amount": str(amount)} for what, amount in deductions]
    return {"value_total": total, "value_technical": total - taken, "deductions": kept, "currency": currency}


@atomic
def edit_contract(
    project: Project, contract: Contract, values: Mapping[str, object], *, by: Reader, at: datetime, version: int
) -> Contract:
    """Change a contract that is not signed yet, or whose registration wants a correction."""
    require(permissions.may_draft_contract(by, project), Forbidden)
    if contract.state not in (ContractState.DRAFT, ContractState.CORRECTION):
        raise Refused(no(
            "A signed contract is not rewritten: ask for a correction, or record a change of its registration.",
            "已签订的合同不能直接修改：请要求补正，或登记变更。",
        ).reason)  # fmt: skip
    changes = change(contract, at=at, version=version, **_sound(values, by))
    _note("contract_edited", project, contract, by, at, {k: v for k, v in changes.items() if k != "deductions"})
    return contract


@atomic
def move_contract(
    project: Project,
    contract: Contract,
    code: str,
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    **brought: object,
) -> Contract:
    """Make a move of the contract's registration or of its performance.

    `brought`: reason, signed_on, registration_no, ended_on. Signing and registering move the project too, where
    it stands at that step.
    """
    reason = str(brought.pop("reason", "") or "")
    if code in PERFORMING:
        _perform(project, contract, code, by, at, reason, brought)
        return contract
    columns = _columns(code, brought, reason, at, by)
    given = permissions.contract_standing(by, project, contract, **{**brought, **columns})
    if version is not None:
        columns["version"] = version
    with kept_once():
        base.move(contract, CONTRACT_FLOW, code, given, by=by, at=at, reason=reason, **columns)
    _note(f"contract_{code}", project, contract, by, at, {"reason": (None, reason)} if reason else {})
    _follow(project, code, by, at)
    return contract


def _columns(code: str, brought: Mapping[str, object], reason: str, at: datetime, by: Reader) -> dict[str, object]:
    """What a move of the registration fills; the day of acceptance moves to the day of the correction."""
    today = projects.day_of(at)
    if code == "sign":
        fields = {"signed_on": brought.get("signed_on") or today}
        return {**cleaned(Contract, fields, fields.keys(), by), "performance": ContractPerformance.ACTIVE}
    if code in ("submit", "correct", "submit_again"):
        return {"accepted_on": today, "decided_on": None, "decision_reason": ""}
    if code == "register":
        fields = {"registration_number": brought.get("registration_no")}
        return {**cleaned(Contract, fields, fields.keys(), by), "decided_on": today}
    if code in ("refuse_registration", "cancel", "change"):
        return {"decided_on": today, "decision_reason": reason[:300]}
    return {}


def _perform(
    project: Project, contract: Contract, code: str, by: Reader, at: datetime, reason: str, brought: Mapping
) -> None:
    sides = permissions.contract_parts(by, project, contract)
    facts = {**permissions.contract_standing(by, project, contract, **brought).facts, "reason": reason}
    require(PERFORMANCE_FLOW.may_move(contract.performance, code, facts, sides))
    source, target = contract.performance, PERFORMANCE_FLOW.move(code).target_of(facts)
    change(contract, at=at, performance=target)
    journal.step(PERFORMANCE_FLOW.code, contract, source=source, target=target, by=by, at=at, reason=reason)
    said = {name: (None, value) for name, value in (("reason", reason), ("ended_on", brought.get("ended_on"))) if value}
    _note(f"contract_{code}", project, contract, by, at, said)


def _follow(project: Project, code: str, by: Reader, at: datetime) -> None:
    """What the project does when its contract is signed or registered."""
    follows = {"sign": "sign_contract", "register": "register_contract"}
    if code in follows:
        move_if_allowed(project, follows[code], by=by, at=at)


def _note(verb: str, project: Project, contract: Contract, by: Reader, at: datetime, changes: Mapping) -> None:
    journal.note(f"project.{verb}", project, by=by, at=at,
                 changes={"contract": (None, contract.number), **changes})  # fmt: skip
