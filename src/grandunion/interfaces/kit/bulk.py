"""One deed on the rows picked in a list: what it asks, what would happen to each, what did happen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import page, tell
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

NOTHING_PICKED = Text("Pick some rows, and what is to be done.", "请勾选记录并选择操作。")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to many records: its name, what it asks, and what makes the deed of the answers."""

    name: Text
    form: type[Form]
    make: Callable[[Mapping[str, object], HttpRequest], Callable[[object], object]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows stand: the section, its list's name and address, what one of them is called, and the page's."""

    section: str
    crumb: tuple[Text, str]
    noun: Text
    title: Text


def picked(request: HttpRequest, place: Place) -> tuple[str, list[str]] | HttpResponse:
    """The deed and the rows that were picked; the way back where one of them is missing."""
    code, numbers = request.POST.get("deed", ""), request.POST.getlist("pick")
    if request.method == "POST" and code and numbers:
        return code, numbers
    if request.method == "POST":
        tell(request, NOTHING_PICKED, "warn")
    return redirect(place.crumb[1])


def done(
    request: HttpRequest, place: Place, deed: Deed, do_to_many: Callable[..., Sequence], **more: object
) -> HttpResponse:
    """The page of a deed on many: its form, the preview, and once it is sure, what happened."""
    # Coming from the list, nothing has been asked yet.
    is_asked = "is_asked" in request.POST or deed.form is Form
    form = deed.form(request.POST) if is_asked else deed.form()
    numbers, outcomes, status = request.POST.getlist("pick"), (), 200
    is_done = is_asked and "is_sure" in request.POST
    if is_asked and form.is_valid():
        try:
            with refusing():
                do = deed.make(form.values(), request)
                outcomes = do_to_many(numbers, do, by=request.reader, is_trial=not is_done)
        except Refused as refused:
            form.take(refused)
    if form.errors:
        is_done, status = False, 422
    count = sum(one.is_done for one in outcomes)
    return page(
        request, "kit/bulk.html", deed.name, status=status, section=place.section,
        crumbs=[place.crumb, (place.title, "")], home=place.crumb[1], noun=place.noun, form=form,
        deed=request.POST["deed"], picked=numbers, outcomes=outcomes, is_done=is_done, count=count,
        refused=len(outcomes) - count, asks=bool(form.visible_fields()), **more,
    )  # fmt: skip
