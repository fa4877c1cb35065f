"""Record pages: time line, moves with the forms they ask when they are opened, and forms that save."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.tags import said
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Refused, Stale, Verdict

HIDDEN = frozenset({"version", "submission"})
PART = "kit/form_part.html"


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the page shows it: what it is called, what makes the form it asks (None: it asks nothing), why not.

    `is_danger` where it must be explained (to withdraw, send back, drop): it is never laid open by itself.
    """

    code: str
    text: Text
    url: str
    form: Callable[[], Form] | None
    is_allowed: bool
    reason: Text
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a time line in the reader's words."""

    at: object
    who: Text | str
    text: Text
    details: tuple[tuple[Text, str], ...] = ()
    tone: str = "neutral"
    url: str = field(default="")


def offers(moves: Iterable[tuple[object, Verdict]], forms: Mapping[str, type[Form]], base: str) -> list[Offer]:
    """The moves a flow offers, each with the form of its code (a form without fields where none is given)."""
    return [_offer(move, verdict, forms.get(move.code, Form), base) for move, verdict in moves]


def _offer(move: object, verdict: Verdict, form: type[Form], base: str) -> Offer:
    return Offer(
        code=move.code,
        text=move.label,
        url=f"{base}moves/{move.code}/",
        form=asked(form, move.code) if verdict else None,
        is_allowed=bool(verdict),
        reason=verdict.reason,
        is_danger=move.needs_reason,
    )


def asked(form: type[Form], code: str, **given: object) -> Callable[[], Form] | None:
    """What makes the form, its ids beginning with the code; nothing where it has no field to fill in."""
    return None if HIDDEN.issuperset(form.base_fields) else partial(form, auto_id=f"{code}-%s", **given)


# What can happen to a record of any kind.
COMMON = {
    "access.granted": Text("gave access by name", "授权查阅"),
    "access.withdrawn": Text("took an access back", "撤回授权"),
    "letter.sent": Text("a letter about it was sent", "已发送相关邮件"),
    "letter.failed": Text("a letter about it could not be sent", "相关邮件未能发出"),
}  # fmt: skip


def happenings(lines: Iterable[object], verbs: Mapping[str, Text], labels: Mapping[str, Text]) -> list[Happening]:
    """Journal lines as a time line; `verbs` says each verb, `labels` each field."""
    return [
        Happening(
            line.at,
            line.called,
            verbs.get(line.verb) or COMMON.get(line.verb) or Text(line.verb, line.verb),
            tuple((labels[name], _arrow(before, after)) for name, before, after in line.changes if name in labels),
        )
        for line in lines
    ]


def worded(lines: Iterable[object], words: Mapping[str, type[Word]]) -> list[object]:
    """Journal lines whose codes are said as words: `words` has the list of each field that holds a code."""

    def shown(name: str, value: object) -> object:
        return said(word(words[name], str(value))) if name in words and value else value

    return [
        replace(line, changes=tuple((name, shown(name, was), shown(name, now)) for name, was, now in line.changes))
        for line in lines
    ]


def _arrow(before: object, after: object) -> str:
    was, now = ("" if value is None else str(value) for value in (before, after))
    return f"{was} → {now}" if was else now


def word(words: type[Word], code: str) -> Text | str:
    """The name of a code, or the code itself where the list does not know it."""
    return words(code).text if code and words.has(code) else code


def saving(
    request: HttpRequest,
    form: Form,
    save: Callable[[Mapping[str, object]], HttpResponse],
    *,
    template: str,
    title: Text,
    **context: object,
) -> HttpResponse:
    """Show the form; when it was sent and is sound, save; a refusal comes back on the form with nothing lost.

    A record page that opens a move fetches the form alone and shows it in its place.
    """
    if request.method != "POST" and request.headers.get("X-Requested-With") == "fetch":
        form.auto_id = f"{request.path.strip('/').replace('/', '-')}-%s"
        return render(request, PART, {"form": form, "submit": title, **context})
    if request.method != "POST":
        return page(request, template, title, form=form, **context)
    status, differences = 422, ()
    if form.is_valid():
        try:
            with refusing():
                return save(form.values())
        except Refused as refused:
            form.take(refused)
            status = refused.status
            differences = form.compared(refused) if isinstance(refused, Stale) else ()
    return page(request, template, title, form=form, status=status, differences=differences, **context)


def shown(value: object) -> str:
    """A value of a record as a reader sees it."""
    return said(value)
