"""Views that people keep: made of a dashboard or of own indicators, changed, mailed weekly, removed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.dashboards import seeing
from grandunion.interfaces.web.dashboards.asking import HOME, asked
from grandunion.interfaces.web.dashboards.seeing import LIST
from grandunion.terms.text import Text
from grandunion.terms.views import Cut
from grandunion.work.actions.plans import views as actions
from grandunion.work.queries import lists as known
from grandunion.work.queries.plans import views as queries

NEW, EDIT = Text("New view", "新建看板"), Text("Change the view", "修改看板")
VIEW = Text("View", "看板")  # what it is called is its owner's word, in one language
BEGUN = Text("Kept. The first mail comes in a week.", "已保存，首封邮件将于一周后发送。")


class FollowingForm(kit.Form):
    """A view of a dashboard: only its name and its area are one's own."""

    name = kit.text("Name", "名称", longest=120)
    area = kit.one_of("Area", "片区", lambda: ((one.code, one.name) for one in known.terms("areas")), required=False)


class ViewForm(FollowingForm):
    """A view of one's own indicators."""

    cut = kit.choice("Tell apart by", "分组方式", Cut)
    indicators = kit.several_of("Indicators", "指标", queries.choices, required=True)

    field_order = ("name", "area", "cut", "indicators")


def _wish(values: Mapping[str, object], dashboard: str = "") -> queries.Wish:
    return queries.Wish(
        str(values["name"]), dashboard, tuple(values.get("indicators", ())), Cut(values.get("cut") or Cut.NONE),
        known.term("areas", str(values.get("area") or ""), "area"),
    )  # fmt: skip


def place(view: object) -> str:
    """The page of a kept view."""
    return f"{HOME}views/{view.pk}/"


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Choose indicators, cut and area of a view."""
    form = ViewForm.of(request, cut=Cut.NONE.value)

    def save(values: Mapping[str, object]) -> HttpResponse:
        key = str(values.get("submission", ""))
        made = actions.keep(_wish(values), key=key, by=request.reader, at=request.at)
        return done(request, place(made), Text("Kept.", "已保存。"))

    return saving(request, form, save, template="web/dashboards/form.html", title=NEW, section="dashboards",
                  crumbs=[LIST, (NEW, "")], cancel_url=LIST[1])  # fmt: skip


@signed_in
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a dashboard for oneself and have it mailed weekly, in one step."""
    found = queries.dashboard(code, request.reader)
    wish, name = asked(request), found.name
    form = FollowingForm.of(request, name=name.in_(kit.language()), area=wish.area.code if wish.area else "")

    def save(values: Mapping[str, object]) -> HttpResponse:
        key = str(values.get("submission", ""))
        made = actions.keep(_wish(values, code), is_mailed=True, key=key, by=request.reader, at=request.at)
        return done(request, place(made), BEGUN)

    title = Text("Mail me this weekly", "每周邮件发送")
    return saving(request, form, save, template="web/dashboards/form.html", title=title, section="dashboards",
                  crumbs=[LIST, (name, f"{HOME}{code}/"), (title, "")], cancel_url=f"{HOME}{code}/", submit=title,
                  subtitle=name)  # fmt: skip


@signed_in
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the reader's own views."""
    row = queries.kept_view(pk, request.reader)
    base, wish = place(row), asked(request, row.area)
    mail = Deed(f"{base}mail/", Text("End the weekly mail", "停止每周邮件") if row.is_mailed
                else Text("Mail me this weekly", "每周邮件发送"), "mail", method="post")  # fmt: skip
    return seeing.shown(
        request, queries.described(row, request.reader), wish, base=base, view=row,
        actions=[Deed(f"{base}edit/", Text("Change", "修改"), "pencil"), mail,
                 Deed(f"{base}remove/", Text("Remove", "删除"), "trash-2", is_danger=True, method="post",
                      confirm=Text("Remove this view?", "删除该看板？"))],
    )  # fmt: skip


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a view is called and shows."""
    row = queries.kept_view(pk, request.reader)
    chosen = FollowingForm if row.dashboard else ViewForm
    form = chosen.of(request, name=row.name, area=row.area.code if row.area else "", cut=row.cut,
                     indicators=row.indicators, version=row.version)  # fmt: skip

    def save(values: Mapping[str, object]) -> HttpResponse:
        version = int(values.get("version") or row.version)
        actions.edit(row, _wish(values, row.dashboard), version=version, by=request.reader, at=request.at)
        return done(request, place(row), Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/dashboards/form.html", title=EDIT, section="dashboards",
                  crumbs=[LIST, (VIEW, place(row)), (EDIT, "")], cancel_url=place(row))  # fmt: skip


@signed_in
@require_POST
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin or end the weekly mail of a view."""
    row = queries.kept_view(pk, request.reader)
    actions.mail_weekly(row, not row.is_mailed, by=request.reader, at=request.at)
    return done(request, place(row), Text("The weekly mail has ended.", "每周邮件已停止。") if row.is_mailed else BEGUN)


@signed_in
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a view away."""
    actions.remove(queries.kept_view(pk, request.reader), by=request.reader, at=request.at)
    return done(request, LIST[1], Text("Removed.", "已删除。"))
