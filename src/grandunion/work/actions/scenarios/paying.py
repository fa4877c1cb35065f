"""The contract's money in parts: planned, each due when its milestone is met, paid by a second person."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.trials import Part
from grandunion.records.documents import Document
from grandunion.records.scenarios import Challenge, Instalment
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.values import missing
from grandunion.work.permissions import scenarios as permissions


@atomic
def plan_instalments(
    record: Challenge, parts: Sequence[Part], *, by: Reader, at: datetime, version: int | None = None
) -> Challenge:
    """Write the instalments, instead of those before; they add up to the contract value once that is known."""
    require(permissions.may_plan_money(by, record), Forbidden)
    missing([("instalments", parts, Text("Write at least one instalment.", "请至少填写一期。"))])
    total = sum((one.amount for one in parts), Decimal(0))
    if record.contract_value is not None and total != record.contract_value:
        raise invalid(
            "instalments", f"They add up to {total}, not to the contract value of {record.contract_value}.",
            f"各期合计 {total}，与合同金额 {record.contract_value} 不符。",
        )  # fmt: skip
    changes = base.change(record, at=at, version=version)
    Instalment.objects.unscoped("the instalments of a challenge whose rules the action has asked").filter(
        challenge=record.pk
    ).delete()
    for place, one in enumerate(parts, 1):
        Instalment.objects.create(
            challenge=record, position=place, milestone_zh=sound("instalments", one.milestone.zh, 300),
            milestone_en=sound("instalments", one.milestone.en, 300), amount=one.amount, due_on=one.due_on,
        )  # fmt: skip
    journal.note("challenge.instalments_planned", record, by=by, at=at, changes=changes)
    return record


@atomic
def meet_milestone(
    record: Challenge, row: Instalment, *, by: Reader, at: datetime, evidence: Document | None = None, note: str = ""
) -> Instalment:
    """Record that a milestone is met, with a file of this challenge or a sentence that shows it."""
    require(permissions.may_show_milestone(by, record), Forbidden)
    if row.met_at is not None:
        raise Refused(Text("This milestone is met already.", "该里程碑已登记完成。"))
    said = sound("note", note.strip(), 500)
    missing([("note", evidence or said, Text("Attach what shows it, or say it.", "请上传证明材料或说明完成情况。"))])
    if evidence is not None and (evidence.subject_kind, evidence.subject_id) != (record.kind, record.pk):
        raise invalid("evidence", "Attach the file to this challenge first.", "请先将材料上传至本榜单。")
    row.met_at, row.met_by_id, row.evidence, row.evidence_note = at, by.user_id, evidence, said
    row.save(update_fields=["met_at", "met_by", "evidence", "evidence_note"])
    base.change(record, at=at)
    journal.note("challenge.milestone_met", record, by=by, at=at, changes={"milestone": (None, row.milestone.zh)})
    return row


@atomic
def pay(
    record: Challenge, row: Instalment, *, paid_on: date | None, payment: str, by: Reader, at: datetime
) -> Instalment:
    """Record a payment: only for a milestone met, and not by whoever recorded that it is met."""
    require(permissions.may_run(by, record), Forbidden)
    if row.met_at is None:
        raise Refused(Text("The milestone is not met yet: nothing is paid.", "里程碑尚未完成，不得拨付。"))
    if row.paid_on is not None:
        raise Refused(Text("This instalment is paid already.", "该期款项已拨付。"))
    if row.met_by_id == by.user_id and not by.is_house:
        raise Refused(
            Text("A second person pays: you recorded the milestone yourself.", "拨付须由第二人办理：该里程碑由您登记。")
        )
    voucher = sound("payment", payment.strip(), 200)
    missing([
        ("paid_on", paid_on, Text("Write the day of the payment.", "请填写拨付日期。")),
        ("payment", voucher, Text("Write the number of the voucher.", "请填写凭证编号。")),
    ])  # fmt: skip
    if paid_on > timezone.localtime(at).date():
        raise invalid("paid_on", "A payment does not lie in the future.", "拨付日期不能晚于今天。")
    row.paid_on, row.payment, row.paid_by_id = paid_on, voucher, by.user_id
    row.save(update_fields=["paid_on", "payment", "paid_by"])
    base.change(record, at=at)
    told = {"instalment": (None, f"{row.position}: {row.amount} {record.currency}")}
    journal.note("challenge.instalment_paid", record, by=by, at=at, changes=told)
    return row
