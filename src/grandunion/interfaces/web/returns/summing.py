"""What was reported in sum: a form and a period, its returns by state, and the totals of what was accepted."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.sheets import WRITERS
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.returns.words import HOME, LIST
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.lists import term, terms
from grandunion.work.queries.plans import returns

TITLE = Text("As reported", "报送汇总")


@signed_in
def reported(request: HttpRequest) -> HttpResponse:
    """The sums of one form and period; never mixed with what the hub has counted itself."""
    require(permissions.may_see_reported(request.reader), Forbidden)
    forms = list(returns.forms())
    form = next((one for one in forms if one.code == request.GET.get("form")), forms[0] if forms else None)
    spans = returns.spans(form) if form else ()
    span = next((one for one in spans if one.code == request.GET.get("period")), spans[0] if spans else None)
    area = term("areas", request.GET.get("area", ""), "area")
    found = returns.summary(form, span, reader=request.reader, area=area) if span else None
    if found and request.GET.get("format") in WRITERS:
        return WRITERS[request.GET["format"]](f"{form.code}-{span.code}", _rows(request, found))
    return page(
        request, "web/returns/reported.html", TITLE, section="returns", crumbs=[LIST, (TITLE, "")], forms=forms,
        form=form, spans=spans, span=span, area=area, areas=terms("areas"), found=found, home=HOME,
        rows=[(one, returns.said(one)) for one in found.sums] if found else (),
    )  # fmt: skip


def _rows(request: HttpRequest, found: returns.Summary) -> list[list[object]]:
    """Every return for whoever reads them, the sums for a bureau."""
    if request.reader.reads_rows:
        return list(returns.many_rows(found.form, request.reader, period=found.span.code))
    head = [Text("Field", "项目"), Text("Unit", "单位"), Text("Sum of what was accepted", "已通过报表合计"),
            Text("Reporters", "填报单位数")]  # fmt: skip
    rows = [[said(one.field.name), said(one.field.unit), _value(one), one.reporters] for one in found.sums]
    return [[said(text) for text in head], *rows]


def _value(one: returns.Sum) -> Decimal | str:
    return one.value if one.value is not None else said(returns.said(one))
