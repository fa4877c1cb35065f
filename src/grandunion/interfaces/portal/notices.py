"""News, and public notices to which anybody may object."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import forms
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.pages import show
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import achievements
from grandunion.work.queries import achievements as queries
from grandunion.work.queries.plans.front import News, NewsKind
from grandunion.work.queries.plans.front import news as news_of

NEWS = (Text("News and public notices", "动态与公示"), "/news/")
PLACES = {NewsKind.NOTICE: "/notices/{}/", NewsKind.TECHNOLOGY: "/technologies/{}/",
          NewsKind.AWARD: "/challenges/notices/{}/"}  # fmt: skip
RECEIVED = Text(
    "Your objection has been received. Nothing is decided before it is settled; you will hear from us.",
    "异议已收到。处理完毕前不会作出决定，结果将告知您。",
)


class ObjectionForm(forms.Form):
    """Who objects to a notice, and why."""

    raised_by = forms.text("Your name or organisation", "姓名或单位", longest=200)
    contact = forms.text(
        "How to reach you", "联系方式", required=False, longest=200,
        help=Text("Telephone or e-mail, for the answer.", "电话或电子邮箱，用于反馈处理结果。"),
    )  # fmt: skip
    text = forms.lines("What you object to, and why", "异议内容及理由", required=True)
    opened = forms.forms.CharField(required=False, widget=forms.forms.HiddenInput)


def address(news: News) -> str:
    """Where a piece of news is read further; a publication stands by itself."""
    return PLACES.get(news.kind, "").format(news.reference)


def index(request: HttpRequest) -> HttpResponse:
    """Notices that stand, new technologies, and what was published about the hub."""
    about = Text(
        "Public notices that stand now, new technologies, and what is written about the hub.",
        "正在公示的事项、新上架技术与公开报道。",
    )
    entries = [(one, address(one)) for one in news_of(request.at)]
    return show(request, "news.html", NEWS[0], about=about, subtitle=about, entries=entries)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A standing notice with its form for objections."""
    row = queries.notice(pk, request.at)
    return standing(request, row, row.achievement, either(row.text_en, row.text_zh), achievements.object_to)


def standing(
    request: HttpRequest, row: object, about: object, text: Text, object_to: Callable[..., object]
) -> HttpResponse:
    """A notice about a record; what is sent against it goes to `object_to`, once, if a person sends it."""
    form, status = ObjectionForm.of(request, opened=guarding.stamp(request.at)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _objected(request, row, form.values(), object_to)
            except Refused as refused:
                form.take(refused)
                status = refused.status
    return show(
        request, "notice.html", about.title, about=text, row=row, text=text, form=form, status=status,
        crumbs=[NEWS, (about.title, "")], number=about.number, state=Text("Public notice", "公示"), tone="gold",
        submit=Text("Send the objection", "提交异议"), trap="portal/trap.html",
    )  # fmt: skip


def _objected(request: HttpRequest, row: object, values: dict, object_to: Callable[..., object]) -> HttpResponse:
    guarding.check_person(request)
    guarding.count(request, "object")
    object_to(
        row, raised_by=values["raised_by"], contact=values["contact"], text=values["text"], by=request.reader,
        at=request.at,
    )  # fmt: skip
    return done(request, request.path, RECEIVED)
