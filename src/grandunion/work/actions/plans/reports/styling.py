"""What is done to the hub's own Word files for reports: kept for a level or a template, replaced, taken away."""

from datetime import datetime

from grandunion.adapters import files
from grandunion.adapters.papers import as_word
from grandunion.records.parties import User
from grandunion.records.plans import ReportStyle
from grandunion.terms.papers import Grid, Heading, Paper, Paragraph
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.documents import proper_name
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans.reports.styles import Place

LARGEST = 5_000_000
TRIAL = Paper(
    title="Trial", language="en", subtitle="Trial", facts=(("Number", "1"),), footer="Trial",
    blocks=(Heading("Trial"), Paragraph("Trial"), Paragraph("Trial", is_quiet=True), Grid(("A", "B"), (("1", "2"),))),
)  # fmt: skip


def keep_style(
    place: Place, file: files.Stream, name: str, *, by: Reader, at: datetime, version: int | None = None
) -> ReportStyle:
    """Keep a Word file for a level or a template, in the place of the one before.

    Refused: what is no .docx, is larger than 5 MB, carries macros, embedded objects or links, or lacks a style that
    reports need. A trial paper is written with it before it is kept; the bytes lie there before the transaction opens.
    """
    require(permissions.may_style(by), Forbidden)
    shown = proper_name(name)
    if not shown.lower().endswith(".docx"):
        raise invalid("file", "Choose a Word file that ends in .docx.", "请选择扩展名为 .docx 的 Word 文件。")
    with files.taking(file, LARGEST) as taken:
        as_word(TRIAL, taken.path.read_bytes())
        files.keep(taken)
    facts = {"file_name": shown, "size": taken.size, "fingerprint": taken.fingerprint}
    return _recorded(place, facts, version, by=by, at=at)


@atomic
def _recorded(place: Place, facts: dict[str, object], version: int | None, *, by: Reader, at: datetime) -> ReportStyle:
    facts |= {"kept_by": User.objects.filter(pk=by.user_id).first(), "kept_at": at}
    before = ReportStyle.objects.filter(scope=place.scope, template=place.template).first()
    if before is None:
        made = ReportStyle.objects.create(scope=place.scope, template=place.template, **facts)
        changes = {"file_name": (None, made.file_name), "fingerprint": (None, made.fingerprint)}
        journal.note("report_style.kept", made, by=by, at=at, changes=changes)
        return made
    changes = base.change(before, at=at, version=version, **facts)
    told = {name: change for name, change in changes.items() if name in ("file_name", "fingerprint")}
    journal.note("report_style.replaced", before, by=by, at=at, changes=told)
    return before


@atomic
def drop_style(style: ReportStyle, *, by: Reader, at: datetime) -> None:
    """Take the Word file away: reports look again as the hub writes them."""
    require(permissions.may_style(by), Forbidden)
    journal.note("report_style.dropped", style, by=by, at=at, changes={"file_name": (style.file_name, None)})
    style.delete()
