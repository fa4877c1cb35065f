"""The public forms at work: begun, saved at each step under a secret address, handed in, followed."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.following import need_page
from grandunion.interfaces.portal.forms import PublicForm
from grandunion.interfaces.portal.offering import before_sending
from grandunion.interfaces.portal.pages import private, show
from grandunion.interfaces.portal.sheets import DISCLOSE, HELP, JOIN, SHEETS, Sheet, Step, beginning
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import documents
from grandunion.work.actions.messages.unfinished import let_in_again
from grandunion.work.actions.needs import new_key
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import documents as queries
from grandunion.work.queries.messages import unfinished
from grandunion.work.queries.needs.public import tracked_need

LONGEST = 10_000
SAVED = Text("Saved. On to the next step.", "已保存，请继续下一步。")
HANDED_IN = Text(
    "Handed in. Keep this page's address: it tells you how it goes.", "已提交。请保存本页地址，以便查询进展。"
)
RESUMED = Text("What you wrote is still here.", "您填写的内容仍然保留。")
INCOMPLETE = Text("Something is missing at this step.", "此步骤尚有内容未填写。")
GO_ON, HAND_IN = Text("Save and go on", "保存并继续"), Text("Hand in", "提交")
HIDDEN = frozenset({"opened", "submission", "version"})


def ask(request: HttpRequest) -> HttpResponse:
    """The first step of asking for help."""
    return _begin(request, HELP)


def disclose(request: HttpRequest) -> HttpResponse:
    """The first step of a disclosure; who may disclose in the workspace does it there."""
    if permissions.may_create(request.reader):
        return redirect("/w/achievements/new/")
    return _begin(request, DISCLOSE)


def join(request: HttpRequest) -> HttpResponse:
    """The first step of an application to become a partner."""
    return _begin(request, JOIN)


def _begin(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    step = sheet.steps[0]
    form = step.form.of(request, opened=guarding.stamp(request.at), about=request.GET.get("about", ""))

    def save() -> HttpResponse:
        guarding.check_person(request)
        guarding.count(request, "begin")
        key = new_key()
        documents.begin_draft(
            sheet.code, step.code, written(form, request.POST), key=key, by=request.reader, at=request.at
        )
        return done(request, f"/ask/{key}/", SAVED)

    return _shown(request, sheet, step, form, save, done_up_to="")


def go_on(request: HttpRequest, key: str) -> HttpResponse:
    """The next step of a form, or the one asked for; the last one hands it in."""
    draft = queries.draft(key, request.at)
    if draft.became:
        return private(redirect(f"/track/{key}/"))
    sheet = SHEETS[draft.form]
    step = sheet.step(request.GET["step"]) if "step" in request.GET else sheet.after(draft.step) or sheet.steps[-1]
    form = _form(request, sheet, step, draft.answers)

    def save() -> HttpResponse:
        guarding.check_trap(request)
        onward = sheet.after(step.code)
        if onward is None and sheet is HELP and (hint := before_sending(request, form.cleaned_data["title"])):
            documents.keep_answers(draft, step.code, written(form, request.POST), at=request.at)
            return _page(request, sheet, step, form, done_up_to=draft.step, key=key, alike=hint)
        if onward is None:
            return _hand_in(request, sheet, draft, form, key)
        guarding.count(request, "save")
        answers = written(form, request.POST)
        documents.keep_answers(draft, step.code, answers, at=request.at, done=_further(sheet, draft.step, step))
        return done(request, f"/ask/{key}/?step={onward.code}", SAVED)

    return private(_shown(request, sheet, step, form, save, done_up_to=draft.step, key=key))


def _form(request: HttpRequest, sheet: Sheet, step: Step, answers: Mapping[str, Mapping]) -> PublicForm:
    if request.method == "POST":
        return step.form(request.POST)
    known = answers.get(step.code) or beginning(sheet, step, answers, request.at)
    return step.form(initial={**known, "opened": guarding.stamp(request.at)})


def written(form: PublicForm, given: QueryDict) -> dict[str, object]:
    """What stands in the form's fields as it was typed, ready to be kept and shown again."""
    kept: dict[str, object] = {}
    for name, field in form.fields.items():
        if name in given and name not in HIDDEN:
            is_several = getattr(field.widget, "allow_multiple_selected", False)
            kept[name] = [_plain(one) for one in given.getlist(name)] if is_several else _plain(given[name])
    return kept


def _plain(value: str) -> str:
    return value.replace("\x00", "")[:LONGEST]


def _further(sheet: Sheet, before: str, step: Step) -> str:
    """The furthest step that is complete: going back to an early one loses nothing."""
    codes = ["", *(one.code for one in sheet.steps)]
    return max(before, step.code, key=codes.index)


def _hand_in(request: HttpRequest, sheet: Sheet, draft: object, last: PublicForm, key: str) -> HttpResponse:
    """Look at all steps once more, then hand them in together."""
    filled: dict[str, PublicForm] = {}
    for step in sheet.steps:
        is_last = step is sheet.steps[-1]
        filled[step.code] = last if is_last else step.form(draft.answers.get(step.code, {}))
        if not filled[step.code].is_valid():
            return done(request, f"/ask/{key}/?step={step.code}", INCOMPLETE)
    guarding.count(request, "hand_in")
    sheet.hand_in(draft, filled, key=key, by=request.reader, at=request.at)
    return done(request, f"/track/{key}/", HANDED_IN)


def resume(request: HttpRequest, word: str) -> HttpResponse:
    """Back to a form that was left, by the letter's signed word: the button gives it a new address."""
    draft = unfinished.resumed(word, request.at)
    if request.method != "POST":
        sheet = SHEETS[draft.form]
        return private(show(request, "resume.html", sheet.title, subtitle=RESUMED, is_private=True))
    key = new_key()
    let_in_again(draft, key=key, at=request.at)
    return private(redirect(f"/ask/{key}/"))


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is being typed at a step, complete or not."""
    guarding.count(request, "keep")
    draft = queries.draft(key, request.at)
    step = SHEETS[draft.form].step(request.GET.get("step", ""))
    documents.keep_answers(draft, step.code, written(step.form(request.POST), request.POST), at=request.at)
    return private(HttpResponse(status=204))


def track(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a form that was handed in, by public names only."""
    draft = queries.draft(key, request.at)
    if not draft.became:
        return private(redirect(f"/ask/{key}/"))
    sheet = SHEETS[draft.form]
    if sheet.tracked is tracked_need:
        return need_page(request, key)
    tracked = sheet.tracked(draft)
    return private(
        show(request, "track.html", sheet.handed_in, number=tracked.number, state=tracked.state, tone="info",
             tracked=tracked, address=request.build_absolute_uri(f"/track/{key}/"), is_private=True)
    )  # fmt: skip


def _shown(
    request: HttpRequest,
    sheet: Sheet,
    step: Step,
    form: PublicForm,
    save: Callable[[], HttpResponse],
    *,
    done_up_to: str,
    key: str = "",
) -> HttpResponse:
    """The step's page; what was sent is saved, and a refusal comes back on the page with nothing lost."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return save()
            except Refused as refused:
                form.take(refused)
                status = refused.status
    return _page(request, sheet, step, form, done_up_to=done_up_to, key=key, status=status)


def _page(
    request: HttpRequest, sheet: Sheet, step: Step, form: PublicForm, *, done_up_to: str, key: str, **more: object
) -> HttpResponse:
    """The step as a page, with what is like it where it is the last moment to look."""
    return show(
        request, "step.html", sheet.title, about=sheet.about, subtitle=sheet.about, **more,
        form=form, steps=_steps(sheet, step, done_up_to, key), submit=GO_ON if sheet.after(step.code) else HAND_IN,
        trap="portal/trap.html", draft_url=f"/ask/{key}/keep/?step={step.code}" if key else "",
        address=request.build_absolute_uri(f"/ask/{key}/") if key else "", is_private=bool(key), step=step,
    )  # fmt: skip


def _steps(sheet: Sheet, current: Step, done_up_to: str, key: str) -> list[dict]:
    """The steps as a stepper; those that are complete, and the next, are links."""
    codes = [step.code for step in sheet.steps]
    reached = codes.index(done_up_to) + 1 if done_up_to else 0
    return [
        {
            "text": step.text,
            "url": f"/ask/{key}/?step={step.code}" if key and place <= reached and step is not current else "",
            "status": "current" if step is current else "done" if place < reached else "next",
        }
        for place, step in enumerate(sheet.steps)
    ]
