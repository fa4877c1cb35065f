"""The pages of who is asked for what: the forms with their fields and schedule, and the agreements of enterprises."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.returns.forms import AgreementForm, AskForm
from grandunion.interfaces.web.returns.words import HOME, LIST, who
from grandunion.terms.returns import FieldType, FieldUse, Reporter, ReturnPeriod
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries import lists, parties
from grandunion.work.queries.plans import returns

FORMS, CONSENTS = Text("Forms", "报表样式"), Text("Agreements to report", "报送同意书")
ASK = Text("Ask one more reporter", "补开一份报表")
Values = Mapping[str, object]


@signed_in
def forms(request: HttpRequest) -> HttpResponse:
    """Every form in force: who reports, how often, by when."""
    rows = [(one, Reporter(one.reporter).text, ReturnPeriod(one.period).text, returns.schedule_of(one))
            for one in returns.forms()]  # fmt: skip
    return page(request, "web/returns/forms.html", FORMS, section="returns", crumbs=[LIST, (FORMS, "")], rows=rows)


@signed_in
def form(request: HttpRequest, code: str) -> HttpResponse:
    """What one form asks, field by field."""
    found = returns.form(code)
    fields = [(one, FieldType(one.type).text, FieldUse(one.use).text if one.use else None)
              for one in returns.fields_of(found)]  # fmt: skip
    here = f"{HOME}forms/{code}/"
    deeds = [Deed(f"{here}ask/", ASK, "plus")] if permissions.may_run(request.reader) else []
    return page(
        request, "web/returns/form.html", found.name, section="returns", actions=deeds, form=found, fields=fields,
        crumbs=[LIST, (FORMS, f"{HOME}forms/"), (found.name, "")], instructions=returns.instructions_of(found),
        schedule=returns.schedule_of(found), reporter=Reporter(found.reporter).text,
        period=ReturnPeriod(found.period).text,
    )  # fmt: skip


@signed_in
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Open a return for a reporter who joined late."""
    found = returns.form(code)
    require(permissions.may_run(request.reader), Forbidden)
    form_ = AskForm.of(request)

    def save(values: Values) -> HttpResponse:
        name = str(values["who"]).strip()
        if found.reporter == Reporter.AREA:
            asked = lists.term("areas", name, "who")
        else:
            asked = parties.organisation(name, request.reader)
        made = actions.open_one(found, asked, str(values["period"]).strip(), **who(request))
        return done(request, f"{HOME}{made.number}/", Text("{number} is open.", "{number} 已开启填报。").fill(
            number=made.number))  # fmt: skip

    return saving(request, form_, save, template="web/returns/deed.html", title=ASK, section="returns",
                  crumbs=[LIST, (FORMS, f"{HOME}forms/"), (found.name, f"{HOME}forms/{code}/"), (ASK, "")],
                  cancel_url=f"{HOME}forms/{code}/", record=None)  # fmt: skip


@signed_in
def consents(request: HttpRequest) -> HttpResponse:
    """An enterprise agrees, or takes it back; officers see who has agreed and note what came on paper."""
    if request.method == "POST" and "deed" in request.POST:
        return _decide(request)
    reader, own = request.reader, returns.own(request.reader)
    if not reader.is_officer and not own:
        raise Forbidden(Text("Only enterprises and officers have agreements to look at.",
                             "仅限企业和服务专员查看报送同意书。"))  # fmt: skip
    around = {"own": own, "agreed": returns.agreed(reader) if reader.is_officer else ()}

    def save(values: Values) -> HttpResponse:
        organisation = parties.organisation(str(values["organisation"]).strip(), reader)
        actions.agree(organisation, returns.form(str(values["form"])), note=str(values["note"]), **who(request))
        return done(request, f"{HOME}consents/", Text("Noted.", "已登记。"))

    if not reader.is_officer:
        return page(request, "web/returns/consents.html", CONSENTS, section="returns", crumbs=[LIST, (CONSENTS, "")],
                    form=None, **around)  # fmt: skip
    return saving(request, AgreementForm.of(request), save, template="web/returns/consents.html", title=CONSENTS,
                  section="returns", crumbs=[LIST, (CONSENTS, "")], **around)  # fmt: skip


def _decide(request: HttpRequest) -> HttpResponse:
    """One click of an enterprise: agree, or take it back."""
    organisation = parties.organisation(request.POST.get("organisation", ""), request.reader)
    form_ = returns.form(request.POST.get("form", ""))
    if request.POST["deed"] == "withdraw":
        actions.withdraw(organisation, form_, **who(request))
        told = Text("Taken back: no new return will be opened.", "已撤回，今后不再开启新的填报。")
    else:
        actions.agree(organisation, form_, **who(request))
        told = Text("Agreed: the next return opens when its period is over.", "已同意，所属期结束后将开启填报。")
    return done(request, f"{HOME}consents/", told)
