"""What the pages of events ask."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from grandunion.interfaces.kit.forms import (
    Form,
    choice,
    day,
    email,
    lines,
    one_of,
    saying,
    text,
    whole,
    yes_no,
)
from grandunion.interfaces.web.events.words import KINDS
from grandunion.terms.events import Attendance, EventKind, StatementKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions.events.values import is_chinese
from grandunion.work.queries import lists

WHOLE_LIST = Text(
    "Number or full name. A name unknown here is kept as written.", "编号或全称；库中没有的按所填名称保存。"
)
OPEN_TO = (Level.MEMBERS, Level.PUBLIC)
MORE_POINTS, MOST_POINTS = 4, 40
LONG_LIST = 500


def moment(en: str, zh: str, *, required: bool = False, help: Text | None = None) -> forms.DateTimeField:
    """A moment in the hub's time, in the browser's own field."""
    return forms.DateTimeField(
        label=saying(Text(en, zh)), required=required, help_text=saying(help) if help else "",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


def _areas() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in lists.terms("areas"))


def _topics() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in lists.terms("event_topics"))


class EventForm(Form):
    """An event: what, when, where, for how many, until when people register and are remembered."""

    title_zh = text("Name in Chinese", "活动名称（中文）", required=False)
    title_en = text("Name in English", "活动名称（英文）", required=False)
    event_kind = choice("Kind", "类型", EventKind)
    area = one_of("Area", "片区", _areas, required=False)
    starts_at = moment("Begins", "开始时间", required=True)
    ends_at = moment("Ends", "结束时间", help=Text("Empty: two hours later.", "不填则为两小时后。"))
    place_zh = text("Place in Chinese", "地点（中文）", required=False, longest=200)
    place_en = text("Place in English", "地点（英文）", required=False, longest=200)
    text_zh = lines("What it is about, in Chinese", "活动说明（中文）")
    text_en = lines("What it is about, in English", "活动说明（英文）")
    capacity = whole("Places (empty: no limit)", "名额（不填则不限）", least=1, most=100_000)
    registers_until = moment("Registration until (empty: until it begins)", "报名截止（不填则至开始时）")
    needs_approval = yes_no("Each registration is approved by the desk", "报名须经审核")
    follows = text("Follows the event (number)", "承接活动（编号）", required=False, longest=40)
    owner = text("Organiser (number or full name)", "主办单位（编号或全称）", required=False, longest=200)
    round_number = text("Match round (number)", "撮合专场（编号）", required=False, longest=40)
    retain_until = day("Names and contacts are kept until (empty: one year)", "姓名与联系方式保存至（不填则一年）")


EVENT_NAMES = (
    "title_zh", "title_en", "event_kind", "starts_at", "ends_at", "place_zh", "place_en", "text_zh", "text_en",
    "capacity", "registers_until", "needs_approval", "round_number", "retain_until",
)  # fmt: skip
MORNING, SPAN = time(14), timedelta(hours=2)


def entered_event(event: object) -> dict[str, object]:
    """What the form of an event begins with."""
    found = {name: getattr(event, name) for name in EVENT_NAMES}
    related = {"area": event.area.code if event.area else "", "owner": event.owner.number if event.owner else "",
               "follows": event.follows.number if event.follows else ""}  # fmt: skip
    return {**found, **related}


def following_event(before: object, at: datetime) -> dict[str, object]:
    """What the form of the next meeting begins with: the last one's, thirty days on."""
    shift = max(before.starts_at, at - (before.ends_at - before.starts_at)) - before.starts_at + timedelta(days=28)
    days = timedelta(days=shift.days)
    names = ("title_zh", "title_en", "event_kind", "place_zh", "place_en", "capacity", "needs_approval")
    return {**{name: getattr(before, name) for name in names}, "follows": before.number,
            "area": before.area.code if before.area else "", "owner": before.owner.number if before.owner else "",
            "starts_at": before.starts_at + days, "ends_at": before.ends_at + days}  # fmt: skip


class ReasonForm(Form):
    """What needs a reason."""

    reason = text("Reason", "原因")


class OpenForm(Form):
    """To whom registration is opened."""

    level = choice("Open to", "公开范围", Level, only=OPEN_TO)


class RegisterForm(Form):
    """A member registers: what the account says already need not be written."""

    name = text("Name", "姓名", longest=100, required=False,
                help=Text("Empty: yourself.", "不填则为本人。"))  # fmt: skip
    position = text("Position", "职务", required=False, longest=200)
    phone = text("Telephone", "电话", required=False, longest=40)
    note = text("Note to the organiser", "备注", required=False, longest=300)


class EnterForm(Form):
    """The desk enters somebody."""

    organisation = text("Organisation", "单位", required=False, longest=200, help=WHOLE_LIST)
    name = text("Name", "姓名", longest=100)
    position = text("Position", "职务", required=False, longest=200)
    attends_as = choice("Comes as", "身份", Attendance)
    phone = text("Telephone", "电话", required=False, longest=40)
    email = email("E-mail", "电子邮箱")
    note = text("Note", "备注", required=False, longest=300)


class InviteForm(Form):
    """Whom to invite, several at once: one in each line."""

    who = lines("Whom to invite, one in each line", "受邀名单（每行一个）", required=True, help=Text(
        "Numbers of organisations (ORG-…) or persons (PER-…), or names of organisations.",
        "单位编号（ORG-…）、人员编号（PER-…），或单位名称。",
    ))  # fmt: skip
    attends_as = choice("Come as", "身份", Attendance)


class AcceptForm(Form):
    """Who comes for an invited organisation."""

    name = text("Who comes", "参会人姓名", longest=100)
    position = text("Position", "职务", required=False, longest=200)
    phone = text("Telephone", "电话", required=False, longest=40)
    email = email("E-mail", "电子邮箱")


class WalkInForm(Form):
    """Somebody who came unannounced."""

    organisation = text("Organisation", "单位", required=False, longest=200)
    name = text("Name", "姓名", longest=100)
    attends_as = choice("Comes as", "身份", Attendance)


class StatementForm(Form):
    """One thing said: the first letter of its kind chooses it."""

    statement_kind = one_of("Kind", "类别", lambda: ((kind.value, name) for kind, name in KINDS))
    organisation = text("Organisation", "单位", required=False, longest=200)
    speaker = text("Speaker", "发言人", required=False, longest=200)
    topic = one_of("Topic", "议题", _topics, required=False)
    text = lines("What was said", "发言内容", required=True)


class CorrectForm(Form):
    """A statement in both languages."""

    statement_kind = choice("Kind", "类别", StatementKind)
    organisation = text("Organisation", "单位", required=False, longest=200, help=WHOLE_LIST)
    topic = one_of("Topic", "议题", _topics, required=False)
    speaker_zh = text("Speaker in Chinese", "发言人（中文）", required=False, longest=200)
    speaker_en = text("Speaker in English", "发言人（英文）", required=False, longest=200)
    text_zh = lines("What was said, in Chinese", "发言内容（中文）")
    text_en = lines("What was said, in English", "发言内容（英文）")


class SummaryForm(Form):
    """What stands before the statements."""

    summary_zh = lines("Summary in Chinese", "会议概况（中文）", longest=20_000)
    summary_en = lines("Summary in English", "会议概况（英文）", longest=20_000)


class SettleForm(Form):
    """Why nothing follows."""

    note = text("Why nothing follows", "无需跟进的理由")


class TakeUpForm(Form):
    """Who does what was promised, and until when."""

    owner = text("By whom", "责任单位", required=False, longest=200, help=WHOLE_LIST)
    due_on = day("Due", "期限")


class ActionForm(Form):
    """What was promised."""

    title_zh = text("What, in Chinese", "事项（中文）", required=False)
    title_en = text("What, in English", "事项（英文）", required=False)
    owner = text("By whom", "责任单位", required=False, longest=200, help=WHOLE_LIST)
    due_on = day("Due", "期限", required=True)


class ResultForm(Form):
    """What came of a promise."""

    result = lines("What came of it", "办理结果", required=True)


class ImportForm(Form):
    """A table of people or of statements."""

    file = forms.FileField(label=saying(Text("Workbook or CSV", "工作簿或 CSV 文件")))


def entered_action(action: object) -> dict[str, object]:
    """What the form of an action begins with."""
    owner = action.owner.number if action.owner else action.owner_zh or action.owner_en
    return {"title_zh": action.title_zh, "title_en": action.title_en, "owner": owner, "due_on": action.due_on}


def entered_statement(row: object) -> dict[str, object]:
    """What the form of a statement begins with."""
    names = ("statement_kind", "speaker_zh", "speaker_en", "text_zh", "text_en")
    body = row.organisation.number if row.organisation else row.organisation_zh or row.organisation_en
    return {**{name: getattr(row, name) for name in names}, "organisation": body,
            "topic": row.topic.code if row.topic else ""}  # fmt: skip


def points(given: Mapping[str, object], day_of: datetime) -> list[dict[str, object]]:
    """The agenda out of its rows: time, topic in both languages, speaker; an empty row is none."""
    found = []
    local = timezone.localtime(day_of)
    for place in range(1, MOST_POINTS + 1):
        row = {
            name: str(given.get(f"{name}_{place}", "")).strip() for name in ("at", "topic_zh", "topic_en", "speaker")
        }
        if not any(row[name] for name in ("topic_zh", "topic_en", "speaker")):
            continue
        point: dict[str, object] = {"topic_zh": row["topic_zh"], "topic_en": row["topic_en"]}
        if row["speaker"]:
            point["speaker_zh" if is_chinese(row["speaker"]) else "speaker_en"] = row["speaker"]
        if row["at"]:
            point["starts_at"] = _hour(row["at"], local)
        found.append(point)
    return found


def _hour(written: str, local: datetime) -> datetime | str:
    try:
        hour = time.fromisoformat(written)
    except ValueError:
        return written  # refused by the action, with its sentence
    return local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)


def rows_of(agenda: Sequence[object]) -> list[dict[str, object]]:
    """The agenda as rows to be changed, with a few empty ones below."""
    filled = [
        {"place": n, "at": timezone.localtime(one.starts_at).strftime("%H:%M") if one.starts_at else "",
         "topic_zh": one.topic_zh, "topic_en": one.topic_en, "speaker": one.speaker_zh or one.speaker_en}
        for n, one in enumerate(agenda, 1)
    ]  # fmt: skip
    empty = [{"place": len(filled) + n} for n in range(1, MORE_POINTS + 1)]
    return [*filled, *empty][:MOST_POINTS]
