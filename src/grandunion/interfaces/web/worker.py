"""For administrators: how the worker is, the letters that could not be sent, and the webhooks."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.messages import hooks as actions
from grandunion.work.actions.messages import mails
from grandunion.work.actions.messages.deliveries import secrets_of
from grandunion.work.permissions import messages as permissions
from grandunion.work.queries.messages import hooks
from grandunion.work.queries.messages.letters import letters
from grandunion.work.queries.messages.standing import standing

HOME, HOOKS = "/w/worker/", "/w/worker/webhooks/"
TITLE, NEW = Text("Mail and webhooks", "邮件与推送"), Text("Add a webhook", "新增 Webhook")
SHOWN = 100


class HookForm(kit.Form):
    """A webhook: where to, with whose eyes, of what."""

    name = kit.text("Name", "名称", longest=100)
    url = kit.text(
        "Address", "地址", longest=500,
        help=Text("It begins with https:// and is public.", "以 https:// 开头的公网地址。"),
    )  # fmt: skip
    account = kit.text(
        "Account whose eyes it has", "以哪个账户的权限查看", longest=254,
        help=Text("The account's e-mail. It is told only of what this account may see.",
                  "填写账户邮箱，仅推送该账户可见的记录。"),
    )  # fmt: skip
    verbs = kit.lines(
        "Of what", "推送事件", longest=2000,
        help=Text("One a line: need.received, match.*; empty for everything.",
                  "每行一个：need.received、match.*；留空为全部。"),
    )  # fmt: skip


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The worker's steps, what could not be sent, and the webhooks."""
    require(permissions.may_run(request.reader), Forbidden)
    return page(
        request, "web/worker/home.html", TITLE, section="worker", standing=standing(request.at), hooks=hooks.webhooks(),
        actions=[Deed(f"{HOOKS}new/", NEW, "plus", is_primary=True)],
    )  # fmt: skip


@signed_in
@require_POST
def send_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a letter again that was given up."""
    require(permissions.may_run(request.reader), Forbidden)
    letter = letters().filter(pk=pk).first()
    if letter is None:
        raise Absent
    mails.send_again(letter, by=request.reader, at=request.at)
    return done(request, HOME, Text("It is tried again within seconds.", "将在数秒内重新发送。"))


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Add a webhook."""
    require(permissions.may_run(request.reader), Forbidden)

    def save(values: Mapping[str, object]) -> HttpResponse:
        made = actions.add(values, by=request.reader, at=request.at)
        return done(request, f"{HOOKS}{made.pk}/", Text("Added. Give its secret to the other side, then try it.",
                                                        "已新增。请将密钥告知对方，然后测试。"))  # fmt: skip

    form = HookForm.of(request, account=request.reader.email)
    return saving(request, form, save, template="web/worker/form.html", title=NEW, section="worker",
                  crumbs=[(TITLE, HOME), (NEW, "")], cancel_url=HOME)  # fmt: skip


@signed_in
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A webhook: its secret, what it was told, and what came of it."""
    hook = hooks.webhook(pk)
    require(permissions.may_run(request.reader), Forbidden)
    name, deliveries = Text(hook.name, hook.name), list(hooks.deliveries_of(hook)[:SHOWN])
    return page(
        request, "web/worker/hook.html", name, section="worker", crumbs=[(TITLE, HOME), (name, "")], hook=hook,
        secret=secrets_of(hook, request.at)[0], deliveries=deliveries, base=f"{HOOKS}{pk}/",
        can_pick=any(row.state in ("given_up", "delivered") for row in deliveries),
        is_changing=bool(hook.old_until and hook.old_until > request.at),
        actions=[Deed(f"{HOOKS}{pk}/edit/", Text("Edit", "修改"), "pencil")],
    )  # fmt: skip


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a webhook."""
    hook = hooks.webhook(pk)
    require(permissions.may_run(request.reader), Forbidden)

    def save(values: Mapping[str, object]) -> HttpResponse:
        actions.edit(hook, values, by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOOKS}{pk}/", Text("Saved.", "已保存。"))

    form = HookForm.of(request, name=hook.name, url=hook.url, account=hook.user.email, verbs="\n".join(hook.verbs),
                       version=hook.version)  # fmt: skip
    title = Text("Edit {name}", "修改{name}").fill(name=hook.name)
    return saving(request, form, save, template="web/worker/form.html", title=title, section="worker",
                  crumbs=[(TITLE, HOME), (title, "")], cancel_url=f"{HOOKS}{pk}/")  # fmt: skip


DEEDS: Mapping[str, tuple[Callable, Text]] = {
    "rotate": (actions.rotate, Text("It has a new secret; for a day both are good.",
                                    "已更换密钥，一天内新旧密钥均有效。")),
    "pause": (actions.pause, Text("Paused.", "已暂停。")),
    "resume": (actions.resume, Text("Active again.", "已恢复。")),
    "try": (actions.try_out, Text("A trial goes out within seconds: load the page again.",
                                  "测试将在数秒内发出，请刷新查看。")),
    "remove": (actions.remove, Text("Taken away.", "已删除。")),
}  # fmt: skip


@signed_in
@require_POST
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One of the deeds on a webhook."""
    require(permissions.may_run(request.reader), Forbidden)
    if deed not in DEEDS:
        raise Absent
    act, text = DEEDS[deed]
    act(hooks.webhook(pk), by=request.reader, at=request.at)
    return done(request, HOME if deed == "remove" else f"{HOOKS}{pk}/", text)


@signed_in
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send picked deliveries once more."""
    require(permissions.may_run(request.reader), Forbidden)
    sent = request.POST.getlist("pick")[:SHOWN]
    picked = [int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 18]
    count = actions.send_again(hooks.webhook(pk), picked, by=request.reader, at=request.at)
    return done(request, f"{HOOKS}{pk}/", Text(f"{count} go out again.", f"将重新推送 {count} 条。"))


urlpatterns = [
    path("", home),
    path("mails/<int:pk>/send/", send_mail),
    path("webhooks/new/", new),
    path("webhooks/<int:pk>/", one),
    path("webhooks/<int:pk>/edit/", edit),
    path("webhooks/<int:pk>/send-again/", again),
    path("webhooks/<int:pk>/<str:deed>/", do),
]
