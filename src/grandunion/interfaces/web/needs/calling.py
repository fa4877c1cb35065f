"""Who is on the telephone: a fragment of those who asked before, each of whom fills the form by one click."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grandunion.interfaces.kit.doors import signed_in
from grandunion.terms.secrecy import Secrecy
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import needs
from grandunion.work.queries.needs.callers import callers

CONTACT = ("contact_name", "contact_phone", "contact_email", "applicant_type")
SHOWN = 5


@signed_in
def found(request: HttpRequest) -> HttpResponse:
    """The contacts that fit what is typed, as far as the reader reads contacts; for officers only."""
    typed = request.GET.get("q", "") if request.reader.is_officer else ""
    rows = [row for row in callers(typed, request.reader) if clearance(request.reader, row) >= Secrecy.S2]
    return render(request, "web/needs/callers.html", {"rows": rows[:SHOWN]})


def known_from(request: HttpRequest) -> dict[str, object]:
    """What the form takes over from an earlier need of the same caller."""
    number = request.GET.get("from", "")
    if not number or not request.reader.is_officer:
        return {}
    need = needs.get(number, request.reader)
    if clearance(request.reader, need) < Secrecy.S2:
        return {}
    who = need.owner.number if need.owner else need.applicant_name
    return {**{name: getattr(need, name) for name in CONTACT}, "organisation": who}
