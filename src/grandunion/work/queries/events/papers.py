"""The minutes of an event as a paper to print, in either language, as Word or PDF."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from grandunion.adapters.papers import as_pdf, as_word
from grandunion.records.events import Event, Registration, Statement
from grandunion.terms.events import Attendance, EventKind, EventState, RegistrationState, StatementKind
from grandunion.terms.papers import Block, Grid, Heading, Paper, Paragraph
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.work.queries import lists
from grandunion.work.queries.events.follow_up import FollowUp, Thread, follow_up
from grandunion.work.queries.events.rows import counted, registrations, statements

WRITERS = {
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (as_pdf, "application/pdf"),
}
RS = RegistrationState
A = Attendance
PARTS = (A.OFFICIAL, A.SPEAKER, A.EXPERT, A.INVESTOR, A.ENTERPRISE, A.GUEST, A.ORGANISER)  # as minutes name them


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out: its bytes, its media type, its name."""

    content: bytes
    media_type: str
    name: str


def minutes_file(event: Event, reader: Reader, language: str, kind: str) -> File:
    """The minutes of an event that the reader has opened and may read whole; `kind` is docx or pdf."""
    write, media_type = WRITERS[kind]
    paper = minutes_paper(event, reader, language)
    return File(write(paper), media_type, f"{event.number}-{language}.{kind}")


def minutes_paper(event: Event, reader: Reader, language: str) -> Paper:
    """The minutes as a paper: what it was, who was there, what was said, what follows."""
    said = statements(event)

    def t(text: Text) -> str:
        return text.in_(language)

    kind, state = EventKind(event.event_kind).text, EventState(event.state).text
    return Paper(
        title=t(Text("Minutes: {title}", "会议纪要：{title}").fill(title=event.title)),
        language=language,
        subtitle=f"{t(kind)} · {t(state)}",
        facts=tuple((t(label), t(value)) for label, value in _facts(event) if t(value)),
        blocks=tuple(_blocks(event, said, follow_up(event, reader, said), language)),
        footer=t(Text("{hub} · {number} · printed {day}", "{hub} · {number} · 打印于 {day}").fill(
            hub=lists.hub().name, number=event.number, day=_day(reader.at, language))),
    )  # fmt: skip


def _facts(event: Event) -> list[tuple[Text, Text]]:
    held = _span(event)
    people = ((Text("Written by", "起草人"), event.minutes_by), (Text("Confirmed by", "确认人"), event.confirmed_by),
              (Text("In charge", "经办人"), event.in_charge))  # fmt: skip
    return [
        (Text("Number", "编号"), Text(event.number, event.number)),
        (Text("Held", "时间"), held),
        (Text("Place", "地点"), event.place),
        (Text("Organiser", "主办单位"), event.owner.name if event.owner else NOTHING),
        *((label, who.name if who else NOTHING) for label, who in people),
    ]


def _span(event: Event) -> Text:
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if is_all_day(event):
        return Text(_day(start, "en"), _day(start, "zh"))
    hours = f"{start:%H:%M}–{end:%H:%M}"
    return Text(f"{_day(start, 'en')}, {hours}", f"{_day(start, 'zh')} {hours}")


def is_all_day(event: Event) -> bool:
    """Whether only the day of an event is known."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    return start.date() == end.date() and f"{start:%H%M}{end:%H%M}" == "00002359"


def _day(at: datetime, language: str) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日" if language == "zh" else f"{local.day} {local:%B %Y}"


def _blocks(event: Event, said: Sequence[Statement], found: FollowUp, language: str) -> Iterator[Block]:
    summary = Text(event.summary_en or event.summary_zh, event.summary_zh or event.summary_en).in_(language)
    if summary:
        yield Heading(Text("In short", "会议概况").in_(language))
        yield from (Paragraph(part) for part in summary.split("\n") if part.strip())
    yield from _there(event, language)
    yield Heading(Text("What was said", "发言记录").in_(language))
    yield _said(said, language)
    if found.threads:
        yield Heading(Text("What follows", "后续事项").in_(language))
        yield _follows(found.threads, language)


def _there(event: Event, language: str) -> Iterator[Block]:
    """Who was there by part; once names are forgotten, how many."""
    yield Heading(Text("Who was there", "参会人员").in_(language))
    if event.purged_at:
        count = counted(event)[RS.ATTENDED]
        told = Text(
            "{count} people attended; their names are no longer kept.", "共 {count} 人参会，姓名信息已按期清除。"
        )
        yield Paragraph(told.fill(count=count).in_(language))
        return
    rows = list(registrations(event))
    here = [row for row in rows if row.state == RS.ATTENDED] or [row for row in rows if row.state == RS.COMPLETE]
    if not here:
        yield Paragraph(Text("Nobody is on the list.", "暂无参会名单。").in_(language))
        return
    head = (Text("Organisation", "单位"), Text("Name", "姓名"), Text("Position", "职务"), Text("As", "身份"))
    ordered = sorted(here, key=lambda row: PARTS.index(Attendance(row.attends_as)))
    lines = Counter(_person(row, language) for row in ordered)
    yield Grid(
        tuple(one.in_(language) for one in head),
        tuple((f"{line[0]} × {count}", *line[1:]) if count > 1 else line for line, count in lines.items()),
        widths=(5, 2, 3, 2),
    )


def _person(row: Registration, language: str) -> tuple[str, ...]:
    said = (row.body, row.name, row.position, Attendance(row.attends_as).text)
    return tuple(one.in_(language) for one in said)


def _said(said: Sequence[Statement], language: str) -> Block:
    head = (Text("No.", "序号"), Text("Who", "发言单位／人员"), Text("About", "议题"), Text("Kind", "类别"),
            Text("What was said", "内容"))  # fmt: skip
    return Grid(
        tuple(one.in_(language) for one in head),
        tuple(
            (
                str(row.place), who(row).in_(language), row.topic.name.in_(language) if row.topic else "",
                StatementKind(row.statement_kind).text.in_(language), row.text.in_(language),
            )
            for row in said
        ),
        widths=(4, 15, 9, 8, 30),
    )  # fmt: skip


def who(row: Statement) -> Text:
    """Who said it: the organisation and, where known, the speaker."""
    both = [one for one in (row.body, row.speaker) if one.en or one.zh]
    return Text(" · ".join(one.en for one in both), " · ".join(one.zh for one in both))


def _follows(threads: Sequence[Thread], language: str) -> Block:
    head = (
        Text("What", "事项"),
        Text("Who", "单位"),
        Text("Number", "编号"),
        Text("State", "进展"),
        Text("Due", "期限"),
    )
    rows = tuple(
        (
            one.text.in_(language), one.body.in_(language), one.number,
            one.state.in_(language), one.due.isoformat() if one.due else "",
        )
        for one in threads
    )  # fmt: skip
    return Grid(tuple(one.in_(language) for one in head), rows, widths=(7, 4, 3, 3, 2))
