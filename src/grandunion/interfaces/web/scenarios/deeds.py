"""Deeds that scenarios and challenges share: recording a test, waivers, for which organisation one acts."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.forms import Form, one_of
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.web.scenarios import showing
from grandunion.interfaces.web.scenarios.asking import ReasonForm, results_form
from grandunion.interfaces.web.scenarios.forms import own
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions import scenarios as actions
from grandunion.work.queries import documents as files

RESULTS = Text("Record measured values", "登记检测结果")
Values = Mapping[str, object]


def report_of(number: object, request: HttpRequest) -> object:
    """The file of this number, if the reader may see what it hangs on."""
    return files.get(str(number), request.reader)[0] if number else None


def organisation_form(request: HttpRequest) -> type[Form]:
    """For which organisation somebody acts, where they act for several."""
    if len(request.reader.organisation_ids) < 2:
        return Form
    field = one_of("For which organisation", "代表单位", lambda: own(request.reader))
    return type("OrganisationForm", (Form,), {"organisation": field})


def record_results(request: HttpRequest, found: object, seen: object, home: tuple[Text, str]) -> HttpResponse:
    """The form of a test on an opportunity or a challenge."""
    form = results_form(seen.indicators, seen.reports).of(request, measured_on=request.at.date())

    def save(values: Values) -> HttpResponse:
        taken = actions.Taken(None, values["measured_on"], str(values["measured_by"]),
                              report_of(values.get("report"), request), str(values["note"]))  # fmt: skip
        measured = {int(name.removeprefix("value_")): value for name, value in values.items()
                    if name.startswith("value_") and value is not None}  # fmt: skip
        actions.hand_in_results(found, measured, taken, file=values.get("file"), limit=settings.UPLOAD_LIMIT,
                                **showing.who(request))  # fmt: skip
        return done(request, f"{home[1]}{found.number}/", Text("The values are recorded.", "检测结果已登记。"))

    return showing.deed(request, found, form, save, RESULTS, home)


WAIVERS = {
    "waive": Text("Ask for a waiver", "申请豁免"),
    "grant": Text("Grant the waiver", "批准豁免"),
    "refuse": Text("Refuse the waiver", "不予豁免"),
}


def settle_waiver(request: HttpRequest, found: object, pk: int, deed: str, home: tuple[Text, str]) -> HttpResponse:
    """The deed on a waiver of an opportunity or a challenge."""
    if deed not in WAIVERS:
        raise Absent
    form = (ReasonForm if deed == "waive" else Form).of(request)

    def save(values: Values) -> HttpResponse:
        if deed == "waive":
            actions.ask_waiver(found, pk, reason=str(values["reason"]), **showing.who(request))
        else:
            actions.settle_waiver(found, pk, is_granted=deed == "grant", **showing.who(request))
        return done(request, f"{home[1]}{found.number}/", Text("{deed}: done.", "已办理：{deed}。").fill(
            deed=WAIVERS[deed]))  # fmt: skip

    return showing.deed(request, found, form, save, WAIVERS[deed], home)
