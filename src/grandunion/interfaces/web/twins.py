"""Records that may be one organisation: warned of while typing, listed, compared side by side, merged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.web.parties import FIELDS, printed
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions.parties import merging
from grandunion.work.permissions import parties as permissions
from grandunion.work.permissions.base import clearance, readable
from grandunion.work.queries import parties
from grandunion.work.queries.parties import duplicates as twins

HOME = "/w/organisations/"
TITLE = Text("Possible duplicates", "疑似重复")
CRUMBS = [(Text("Organisations", "单位"), HOME), (TITLE, f"{HOME}duplicates/")]
COMPARED = (
    "name_zh", "name_en", "organisation_kind", "status", "credit_code", "ror", "stock_symbol", "area", "industry",
    "size", "region", "city", "country", "founded_on", "incorporated_on", "landed_on", "website",
    "registered_capital", "staff_count", "contact_name", "contact_email", "summary_zh", "summary_en",
)  # fmt: skip


@signed_in
def similar(request: HttpRequest) -> HttpResponse:
    """The organisations that look like what is being typed, as a fragment; nothing where there are none."""
    typed = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    found = twins.similar({"name_zh": typed}, request.reader) if len(typed) > 1 else []
    return render(request, "web/organisations/similar.html", {"found": found})


@signed_in
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one, or the likely twins of one organisation (`?of=`)."""
    require(permissions.may_find_duplicates(request.reader), Forbidden)
    if number := request.GET.get("of"):
        one = parties.organisation(number, request.reader)
        values = {name: getattr(one, name) for name in ("name_zh", "name_en", "credit_code", "ror")}
        found = twins.similar(values, request.reader, but=one.pk)
        pairs = [twins.Pair(one, candidate.organisation, candidate.reasons[0]) for candidate in found]
        crumbs = [CRUMBS[0], (one.name, f"{HOME}{one.number}/"), (TITLE, "")]
    else:
        one, pairs, crumbs = None, twins.pairs(request.reader), [CRUMBS[0], (TITLE, "")]
    return page(request, "web/organisations/duplicates.html", TITLE, section="organisations", crumbs=crumbs,
                pairs=pairs, one=one)  # fmt: skip


@signed_in
def compare(request: HttpRequest) -> HttpResponse:
    """Two organisations side by side, with what would become of each."""
    first, second = (parties.organisation(request.GET.get(name, ""), request.reader) for name in ("first", "second"))
    verdict = permissions.may_merge(request.reader, first, second)
    facts = [readable(one, clearance(request.reader, one)) for one in (first, second)]
    rows = [(FIELDS[name], *(printed(name, of.get(name)) for of in facts)) for name in COMPARED]
    return page(
        request, "web/organisations/compare.html", Text("Compare and merge", "对照与合并"), section="organisations",
        crumbs=[*CRUMBS, (Text("Compare", "对照"), "")], pair=(first, second),
        choices=((first, second), (second, first)), verdict=verdict,
        rows=[(label, one, two, bool(one and two and one != two)) for label, one, two in rows if one or two],
    )  # fmt: skip


@signed_in
@require_POST
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Let this organisation take the other one over."""
    survivor = parties.organisation(number, request.reader)
    absorbed = parties.organisation(request.POST.get("absorbed", ""), request.reader)
    merging.merge(survivor, absorbed, by=request.reader, at=request.at)
    said = Text(f"{absorbed.number} was merged into {number}.", f"{absorbed.number} 已并入 {number}。")
    return done(request, f"{HOME}{survivor.number}/", said)
