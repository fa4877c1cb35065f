"""What the pages of rounds ask."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from django import forms
from django.utils import timezone

from grandunion.interfaces.kit.forms import Form, choice, day, lines, one_of, saying, several_of, text, whole
from grandunion.terms.matches import DeclineReason, Market
from grandunion.terms.rounds import AppointmentState, Disturbance, FairTo, MeetingResult, Objective
from grandunion.terms.text import Text
from grandunion.work.actions.matches.round_values import timed_slots
from grandunion.work.queries import lists
from grandunion.work.queries.matches.round_page import Seat

KEPT_TIMES = Text("Leave the day empty to keep the times as they are.", "不填日期则保留现有时段。")
MORNING = time(9)
TIMES = ("day", "starts", "minutes", "pause", "count")


def _time(en: str, zh: str) -> forms.TimeField:
    return forms.TimeField(
        label=saying(Text(en, zh)), required=False, input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip


class RoundForm(Form):
    """A round: what it is called, its market, its times, its loads, its aim."""

    title_zh = text("Name in Chinese", "专场名称（中文）", required=False)
    title_en = text("Name in English", "专场名称（英文）", required=False)
    market = choice("Market", "撮合类型", Market)
    place = text("Place", "地点", required=False, longest=200)
    area = one_of("Area", "片区", lambda: [(one.code, one.name) for one in lists.terms("areas")], required=False)
    day = day("Day", "日期")
    starts = _time("First time starts at", "首个时段开始时间")
    minutes = whole("Minutes of a meeting", "每场时长（分钟）", least=1, most=600)
    pause = whole("Minutes between two", "间隔（分钟）", most=600)
    count = whole("How many times", "时段数", least=1, most=200)
    tables = whole("Tables: meetings at once", "洽谈桌数（同时会谈数）", most=1000)
    needing_min = whole("Needing side: meetings at least", "需求方最少场次", most=1000, required=True)
    needing_max = whole("Needing side: at most", "需求方最多场次", most=1000, required=True)
    offering_min = whole("Offering side: meetings at least", "供给方最少场次", most=1000, required=True)
    offering_max = whole("Offering side: at most", "供给方最多场次", most=1000, required=True)
    objective = choice("Assign for", "编排目标", Objective)
    fair_to = choice("Nobody is to come off badly on", "保障对象", FairTo)

    def given(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values as the action takes them: the times made out of day, start, length and pause."""
        found = {name: value for name, value in values.items() if name not in (*TIMES, "version", "submission")}
        if values.get("day"):
            found["slots"] = _slots(values)
        return found


def _slots(values: Mapping[str, object]) -> list[dict]:
    start = values.get("starts") or MORNING
    first = timezone.make_aware(datetime.combine(values["day"], start))
    return timed_slots(
        first, int(values.get("minutes") or 20), int(values.get("pause") or 0), int(values.get("count") or 6), None
    )


NEW = {"starts": "09:00", "minutes": 20, "pause": 5, "count": 8, "needing_min": 1, "needing_max": 6,
       "offering_min": 0, "offering_max": 8, "objective": Objective.TOTAL.value, "fair_to": FairTo.FIRSTS.value,
       "market": Market.CAPITAL.value}  # fmt: skip


def as_entered(round_: object) -> dict[str, object]:
    """What a round's form begins with."""
    names = ("title_zh", "title_en", "market", "place", "tables", "needing_min", "needing_max", "offering_min",
             "offering_max", "objective", "fair_to")  # fmt: skip
    found = {name: getattr(round_, name) for name in names}
    return {**found, "area": round_.area.code if round_.area else ""}


class ReasonForm(Form):
    """Calling off, planning anew."""

    reason = text("Reason", "原因")


def seat_form(round_: object) -> type[Form]:
    """A participant's own loads and the times they are not free."""
    return type("SeatForm", (Form,), {
        "min_load": whole("Meetings at least (empty: as everybody)", "最少场次（不填则按专场统一设置）", most=1000),
        "max_load": whole("Meetings at most (empty: as everybody)", "最多场次（不填则按专场统一设置）", most=1000),
        "not_free": several_of("Not free at", "不在场时段", lambda: times(round_)),
    })  # fmt: skip


def times(round_: object) -> list[tuple[str, Text]]:
    """The times of a round by their codes."""
    return [(one["code"], said_time(one)) for one in round_.slots]


def said_time(one: Mapping[str, object]) -> Text:
    """A time as people say it."""
    said = f"{one['starts_at'][11:16]}–{one['ends_at'][11:16]}" if one.get("starts_at") else str(one["code"])
    return Text(said, said)


class PairForm(Form):
    """A ruling by hand."""

    ruling = one_of("Do they meet", "是否安排会谈", lambda: (
        ("0", Text("They may", "可以安排")), ("1", Text("They must", "必须安排")),
        ("-1", Text("They may not", "不得安排"))))  # fmt: skip
    reason = text("Why", "理由", longest=500)


def change_form(round_: object, seats: Iterable[Seat]) -> type[Form]:
    """What happened: to whom, when, with whom."""
    people = [(str(one.row.pk), one.name) for one in seats if not one.is_out]
    return type("ChangeForm", (Form,), {
        "kind": choice("What happened", "变动类型", Disturbance),
        "participant": one_of("Who", "参与者", lambda: people, required=False),
        "other": one_of("With whom (only if two do not want to meet)", "对方（仅“双方不宜会谈”时填写）",
                        lambda: people, required=False),
        "slots": several_of("Which times (late, early, or a time that is lost)", "时段（不在场或取消的时段）",
                            lambda: times(round_)),
        "reason": text("Why", "原因"),
    })  # fmt: skip


class MeetingForm(Form):
    """What became of a meeting."""

    state = choice("Was it held", "会谈情况", AppointmentState, only=(AppointmentState.HELD, AppointmentState.MISSED))
    result = choice("What both sides said", "双方意见", MeetingResult)
    decline_reason = choice("Reason, if one side does not go on", "不再继续的原因", DeclineReason, required=False)
    note = lines("Note", "说明")


class ImportForm(Form):
    """A round's file: one workbook, or a CSV for one table."""

    file = forms.FileField(label=saying(Text("File (XLSX, or CSV for one table)", "文件（XLSX；CSV 每次一张表）")))
    table = one_of("Table, for a CSV", "表（仅 CSV）", lambda: (
        ("members", Text("Participants", "参与者")), ("pairs", Text("Pairs", "配对")),
        ("meetings", Text("Meetings", "会谈"))))  # fmt: skip
