"""A report as a paper in either language: its text, the table of its figures with their sources, and its errata."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from grandunion.adapters.papers import as_pdf, as_word
from grandunion.records.plans import Erratum, WorkReport
from grandunion.terms.papers import Block, Grid, Heading, Paper, Paragraph
from grandunion.terms.plans import Scope
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.work_reports import Basis, WorkReportState
from grandunion.work.queries import lists
from grandunion.work.queries.plans.reports import rows
from grandunion.work.queries.plans.reports.comparing import text
from grandunion.work.queries.plans.reports.sealing import Content, content
from grandunion.work.queries.plans.reports.styles import style_bytes, style_of

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WRITERS = {"docx": as_word, "pdf": as_pdf}
HEAD = (Text("Figure", "指标"), Text("In the text", "文中表述"), Text("As of", "截至"), Text("Rests on", "依据"),
        Text("Source", "来源"))  # fmt: skip
DRAFT = Text("Draft: not signed, its figures may still change.", "草稿：尚未签发，数据可能变动。")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out: its bytes, its media type, its name."""

    content: bytes
    media_type: str
    name: str


def report_file(report: WorkReport, reader: Reader, language: str, kind: str, *, styles: bytes | None = None) -> File:
    """The report as docx or pdf; the Word file takes the styles of `styles`, or of the file kept for such reports."""
    made = paper(report, reader, language)
    if kind == "docx":
        kept = style_of(report) if styles is None else None
        written = as_word(made, style_bytes(kept) if kept else styles)
    else:
        written = WRITERS[kind](made)
    return File(written, MEDIA[kind], f"{report.number}-{language}.{kind}")


def paper(report: WorkReport, reader: Reader, language: str) -> Paper:
    """The report as a paper: text, then figures, then errata."""
    said = content(report, reader.at)

    def t(one: Text) -> str:
        return one.in_(language)

    footer = Text("{hub} · {number} · printed {day}", "{hub} · {number} · 打印于 {day}")
    return Paper(
        title=t(report.title), language=language,
        subtitle=f"{t(Scope(report.scope).text)} · {report.year} · {t(WorkReportState(report.state).text)}",
        facts=tuple((t(label), t(value)) for label, value in _facts(report, is_named=_is_named(reader))),
        blocks=tuple(_blocks(said, _errata_of(report, reader), language, is_draft=not report.digest)),
        footer=t(footer.fill(hub=lists.hub().name, number=report.number, day=day(reader.at, language))),
    )  # fmt: skip


def _is_named(reader: Reader) -> bool:
    """Whether the paper names the hub's people: to whoever has an account, not to the public."""
    return reader.is_signed_in or reader.is_house


def _errata_of(report: WorkReport, reader: Reader) -> list[Erratum]:
    found = list(rows.errata(report))
    for row in found if not _is_named(reader) else ():
        row.by = None  # for this paper only: nothing is saved
    return found


def day(at: datetime, language: str) -> str:
    """A day as running text writes it."""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日" if language == "zh" else f"{local.day} {local:%B %Y}"


def _facts(report: WorkReport, *, is_named: bool) -> Iterator[tuple[Text, Text]]:
    yield Text("Number", "编号"), Text(report.number, report.number)
    people = ((Text("Written by", "起草"), report.in_charge), (Text("Reviewed by", "复核"), report.reviewed_by),
              (Text("Signed by", "签发"), report.signer if report.signed_at else None))  # fmt: skip
    for label, who in people:
        if who is not None and is_named:
            yield label, who.name
    if report.signed_at:
        yield Text("Signed on", "签发日期"), Text(day(report.signed_at, "en"), day(report.signed_at, "zh"))
        yield Text("Seal (SHA-256)", "校验值（SHA-256）"), Text(report.digest, report.digest)


def _blocks(said: Content, errata: Sequence[Erratum], language: str, *, is_draft: bool) -> Iterator[Block]:
    if is_draft:
        yield Paragraph(DRAFT.in_(language), is_quiet=True)
    for section in said["sections"]:
        yield Heading(section["title"][language])
        yield Paragraph(_joined([one["text"][language] for one in section["sentences"]], language))
    if errata:
        yield Heading(Text("Errata", "勘误").in_(language))
        yield _errata(errata, said, language)
    if said["figures"]:
        yield Heading(Text("Figures and sources", "数据及来源").in_(language))
        yield Grid(tuple(one.in_(language) for one in HEAD), tuple(_rows(said, language)), widths=(5, 5, 3, 4, 6))


def _joined(texts: list[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(texts)


def _errata(errata: Sequence[Erratum], said: Content, language: str) -> Block:
    labels = {one["key"]: one["label"][language] for one in said["figures"]}
    head = (Text("Figure", "指标"), Text("It said", "原文"), Text("It is", "更正为"), Text("Why", "原因"),
            Text("By, on", "更正人及日期"))  # fmt: skip
    found = tuple(
        (
            labels.get(row.figure, row.figure), row.was.in_(language), row.now.in_(language),
            row.reason.in_(language),
            f"{row.by.name.in_(language) if row.by else ''} {day(row.at, language)}".strip(),
        )
        for row in errata
    )  # fmt: skip
    return Grid(tuple(one.in_(language) for one in head), found, widths=(5, 3, 3, 6, 4))


def _rows(said: Content, language: str) -> Iterator[tuple[str, ...]]:
    for one in said["figures"]:
        told = one["said"] if one["value"] is not None else one["wording"]
        yield (
            one["label"][language], told[language], str(one["as_of"] or ""), Basis(one["basis"]).text.in_(language),
            source_of(one).in_(language),
        )  # fmt: skip


def source_of(figure: Mapping[str, object]) -> Text:
    """Where a figure comes from, in words: a document, or the hub's counting rule."""
    if figure["source"]:
        return Text("{title} ({code})", "{title}（{code}）").fill(
            title=text(figure["source"]["title"]), code=figure["source"]["code"]
        )
    return text(figure["rule"]) if figure["rule"] else Text("The hub's records", "系统记录")
