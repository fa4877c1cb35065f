"""The forms of technology contracts: what is agreed, and each move with what it asks."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django import forms

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.projects.forms import BY_NAME, Reason, today
from grandunion.terms.contracts import ContractKind, ContractSubkind, Payment
from grandunion.terms.money import CURRENCIES
from grandunion.terms.text import Text

ONE_DAY = timedelta(days=1)


class ContractForm(kit.Form):
    """What is agreed. People write the last day on which it holds; we keep the first on which it does not."""

    title = kit.text("Title", "合同名称")
    contract_kind = kit.choice("Kind", "合同类别", ContractKind)
    contract_subkind = kit.choice("Finer kind", "合同子类", ContractSubkind, required=False)
    seller = kit.text("Seller or licensor", "卖方（让与人/许可人）", help=BY_NAME)
    buyer = kit.text("Buyer or licensee", "买方（受让人/被许可人）", help=BY_NAME)
    is_import = kit.yes_no("Import contract: the buyer registers it", "技术进口合同（由买方登记）")
    currency = kit.one_of("Currency", "币种", lambda: ((code, code) for code in CURRENCIES))
    value_total = kit.amount("Contract value", "合同成交额", required=True)
    deductions = kit.lines("Deductions", "非技术性扣除", help=Text(
        "One a line, words and amount: Equipment 200000. They do not count as technical value.",
        "每行一项，名称和金额：设备 200000。该部分不计入技术交易额。"))  # fmt: skip
    payment = kit.choice("Payment", "支付方式", Payment, required=False)
    effective_from = kit.day("Holds from", "生效日期")
    last_day = kit.day("Last day it holds", "有效期最后一天")
    ip_clause = kit.lines("Intellectual property", "知识产权约定")

    def clean_deductions(self) -> list[tuple[str, Decimal]]:
        """Lines of words and an amount."""
        found = []
        for line in self.cleaned_data["deductions"].splitlines():
            what, _, amount = line.strip().rpartition(" ")
            if line.strip():
                found.append((what.strip(), _amount(amount, line)))
        return found

    def values(self) -> dict[str, object]:
        """As the action takes them: the first day on which it no longer holds."""
        values = super().values()
        last = values.pop("last_day")
        return values | {"effective_to": last + ONE_DAY if last else None}


def _amount(written: str, line: str) -> Decimal:
    try:
        return Decimal(written.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        text = Text(f"“{line}” ends with no amount.", f"“{line}”末尾缺少金额。")
        raise forms.ValidationError(said(text)) from error


class Sign(kit.Form):
    """The day of the signature."""

    signed_on = today(kit.day("Signed on", "签订日期", required=True))


class Register(kit.Form):
    """The number the registry gave."""

    registration_no = kit.text("Registration number", "登记编号", longest=60)


class Ended(kit.Form):
    """When it was complete."""

    ended_on = today(kit.day("Day", "日期", required=True))


class EndedWhy(Ended):
    """When and why it was ended."""

    reason = kit.lines("Reason", "原因", required=True, longest=300)


MOVES: dict[str, type[kit.Form]] = {
    **dict.fromkeys(
        ("ask_correction", "refuse_registration", "submit_again", "change", "cancel", "report_breach", "remedy"), Reason
    ),
    "sign": Sign,
    "register": Register,
    "complete": Ended,
    "terminate": EndedWhy,
}
