"""The page that brings in notes kept elsewhere, out of a table."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, saying
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.uploads import SHEETS, laid
from grandunion.interfaces.web.needs.moves import HOME, LIST, who
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import needs as actions
from grandunion.work.permissions.base import staff_only
from grandunion.work.queries.base.sheets import rows_of
from grandunion.work.queries.needs import sheets

TITLE = Text("Bring in notes", "导入备注")


class BringForm(Form):
    """A table of notes."""

    file = forms.FileField(label=saying(Text("Workbook or CSV", "工作簿或 CSV 文件")))


@signed_in
def bring(request: HttpRequest) -> HttpResponse:
    """Take a table of notes in: all of it, or nothing with every fault named."""
    require(staff_only(request.reader), Forbidden)
    form = BringForm.of(request)

    def save(values: Mapping[str, object]) -> HttpResponse:
        fresh, stood = actions.bring_notes(_rows(values["file"]), **who(request))
        return done(request, HOME, Text(f"{fresh} notes brought in; {stood} stood here already.",
                                        f"已导入备注 {fresh} 条，另有 {stood} 条此前已存在。"))  # fmt: skip

    return saving(request, form, save, template="web/needs/bring.html", title=TITLE, section="needs",
                  crumbs=[LIST, (TITLE, "")], columns=sheets.COLUMNS.items(), cancel_url=HOME)  # fmt: skip


def _rows(file: object) -> list[tuple[int, dict[str, str]]]:
    """The rows of an uploaded table."""
    with laid(file, SHEETS) as path:
        return rows_of(path)
