"""What the moves and deeds on scenarios and challenges ask."""

from collections.abc import Iterable

from django import forms

from grandunion.interfaces.kit.forms import Form, amount, choice, day, lines, one_of, saying, yes_no
from grandunion.interfaces.kit.forms import text as line
from grandunion.terms.scenarios import BidCriterion
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries import scenarios

OPEN_TO = (Level.PUBLIC, Level.MEMBERS)
INSTALMENTS = Text("One a line: milestone | amount | due day.", "每行一期：里程碑 | 金额 | 应付日期（2026-12-31）。")


class ReasonForm(Form):
    """A move that asks why."""

    reason = line("Reason", "原因")


class FeedbackForm(Form):
    """An answer to whoever was not chosen."""

    feedback = lines("Feedback, which the writer reads", "反馈意见（对方可见）", required=True)


class ListingForm(Form):
    """Putting an opportunity on the list."""

    proposals_until = day("Last day for proposals", "方案征集截止日", required=True)
    level = choice("Open to", "公开范围", Level, only=OPEN_TO)


class LevelForm(Form):
    """To whom a capability is open."""

    level = choice("Open to", "公开范围", Level, only=OPEN_TO)


class VerifyForm(Form):
    """What was looked at."""

    note = lines("What you looked at", "核实情况", required=True, longest=500)


class TrialForm(Form):
    """Where and when it is tried."""

    site = line("Where", "验证地点")
    starts_on = day("From", "开始日期", required=True)
    ends_on = day("To", "结束日期")


class ScaleForm(Form):
    """What the follow-on contract is worth."""

    follow_on_value = amount("Value of the follow-on contract (CNY)", "后续合同金额（元）", required=True)
    note = line("The contract: number, day", "合同编号与日期", required=False)


class PlaceForm(Form):
    """A place, and whether it is one it was carried over to."""

    name = line("Place", "地点", longest=200)
    is_replication = yes_no("It was carried over to there", "为推广应用地点")
    used_since = day("Used there since", "应用起始日期")


class PublishListForm(Form):
    """When bids are taken."""

    bids_until = day("Last day for bids", "揭榜截止日", required=True)
    bids_from = day("First day for bids (none: at once)", "揭榜开始日（不填即刻开始）")
    level = choice("Open to", "公开范围", Level, only=OPEN_TO)


class ExtendForm(Form):
    """Until when bids are taken, and why longer."""

    bids_until = day("New last day for bids", "新的揭榜截止日", required=True)
    reason = line("Reason", "原因")


class NoticeForm(Form):
    """What is announced and where objections go."""

    text_zh = lines("Notice in Chinese", "中文公示内容", required=True)
    text_en = lines("Notice in English", "英文公示内容", required=True)
    objections_to = line("Objections to", "异议受理方式", longest=200)


class SettleForm(Form):
    """How an objection is settled."""

    is_upheld = yes_no("The objection is upheld", "异议成立")
    settlement = lines("How it was settled and why", "处理结果及理由", required=True)


class SignForm(Form):
    """The contract."""

    contract_number = line("Contract number", "合同编号", longest=100)
    contract_value = amount("Contract value (CNY)", "合同金额（元）", required=True)
    signed_on = day("Signed on", "签约日期", required=True)


class InstalmentsForm(Form):
    """The contract's money in parts."""

    instalments = lines("Instalments", "分期计划", required=True, help=INSTALMENTS)


class MilestoneForm(Form):
    """What shows that a milestone is met."""

    note = lines("What shows it", "完成情况", required=True, longest=500)


class PayForm(Form):
    """A payment."""

    paid_on = day("Paid on", "拨付日期", required=True)
    payment = line("Voucher", "凭证编号", longest=200)


class ConflictForm(Form):
    """What the conflict of interest is."""

    note = line("What the conflict is", "利益冲突情况")


def points() -> list[tuple[str, Text]]:
    """Ten points down to none."""
    return [(str(n), Text(str(n), str(n))) for n in range(10, -1, -1)]


class ScoreForm(Form):
    """Points for a bid."""

    comment = lines("Comment", "评语")

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        fields = {one.value: one_of(one.text.en, one.text.zh, points) for one in BidCriterion}
        self.fields = {**fields, **self.fields}


def label_of(indicator: object) -> Text:
    """An indicator with its threshold: Accuracy (≥ 95 %)."""
    asked = scenarios.written(indicator)
    return Text(f"{indicator.name.en} ({asked})", f"{indicator.name.zh}（{asked}）")


def results_form(indicators: Iterable[object], reports: Iterable[object]) -> type[Form]:
    """The form of one test: a value for each indicator, and what all of them share."""
    fields: dict[str, forms.Field] = {
        f"value_{one.indicator.pk}": forms.DecimalField(
            label=saying(label_of(one.indicator)), required=False, max_digits=18, decimal_places=6,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        for one in indicators
    }  # fmt: skip
    known = [(row.number, Text(row.file_name, row.file_name)) for row in reports]
    fields["measured_by"] = line("Measured by", "检测单位", longest=200)
    fields["measured_on"] = day("Measured on", "检测日期", required=True)
    if known:
        fields["report"] = one_of("Test report on file", "已上传的检测报告", lambda: known, required=False)
    title = Text("Test report as a file", "上传检测报告")
    fields["file"] = forms.FileField(label=saying(title), required=False, max_length=255)
    fields["note"] = line("Note", "备注", required=False, longest=500)
    return type("ResultsForm", (Form,), fields)
