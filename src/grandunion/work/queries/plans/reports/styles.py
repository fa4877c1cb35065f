"""The hub's own Word files for reports: which are kept, for what, and which one a report takes."""

from dataclasses import dataclass

from grandunion.adapters import files
from grandunion.records.plans import ReportStyle, ReportTemplate, WorkReport
from grandunion.terms.plans import Scope
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.plans.reports.rows import templates


@dataclass(frozen=True, slots=True)
class Place:
    """A level, or one of its templates, with the Word file kept for it (None: none)."""

    scope: str
    template: str  # empty: the level itself
    name: Text
    style: ReportStyle | None

    @property
    def code(self) -> str:
        """What its address calls it."""
        return self.template or self.scope


def places() -> tuple[Place, ...]:
    """Every level that has templates, each followed by its templates, with what is kept for them."""
    kept = {(row.scope, row.template): row for row in ReportStyle.objects.select_related("kept_by")}
    by_level: dict[str, list[ReportTemplate]] = {}
    for template in templates():
        by_level.setdefault(template.scope, []).append(template)
    return tuple(
        place
        for scope, mine in by_level.items()
        for place in (
            Place(scope, "", Scope(scope).text, kept.get((scope, ""))),
            *(Place(scope, one.code, one.name, kept.get((scope, one.code))) for one in mine),
        )
    )


def place(code: str) -> Place:
    """The level or template of this code, or Absent."""
    found = next((one for one in places() if one.code == code), None)
    if found is None:
        raise Absent
    return found


def style_of(report: WorkReport) -> ReportStyle | None:
    """The Word file a report takes: its template's own, else its level's, else none."""
    rows = ReportStyle.objects.filter(scope=report.scope, template__in=("", report.template))
    return rows.order_by("-template").first()


def style_bytes(style: ReportStyle) -> bytes:
    """What the file holds; Absent where it is not there."""
    with files.opened(style.fingerprint) as file:
        return file.read()
