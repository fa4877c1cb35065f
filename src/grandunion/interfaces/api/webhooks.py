"""Webhooks through the API, for administrators: add, change, give a new secret, pause, try, see what was told."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.fields import Body, text
from grandunion.terms.messages import DeliveryState, HookState
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.messages import hooks as actions
from grandunion.work.actions.messages.deliveries import secrets_of
from grandunion.work.permissions import messages as permissions
from grandunion.work.queries.messages import hooks

SHOWN = 200


class WebhookBody(Body):
    """A webhook: where to, with whose eyes (an account's e-mail), of which verbs (none: of all)."""

    name: text(100)
    url: text(500)
    account: text(254)
    verbs: list[text(60)] = []


class WebhookOut(Schema):
    """A webhook; its secret is told by its own address alone."""

    id: int
    name: str
    url: str
    account: str
    verbs: list[str]
    state: HookState
    reason: str
    failing_since: datetime | None
    secret: str | None = None


class WebhooksOut(Schema):
    """All webhooks."""

    items: list[WebhookOut]


class DeliveryOut(Schema):
    """What a webhook was told, or is to be."""

    id: int
    delivery_id: str
    type: str
    number: str
    at: datetime
    state: DeliveryState
    attempts: int
    status: int | None
    problem: str


class DeliveriesOut(Schema):
    """What a webhook was told, the latest first."""

    items: list[DeliveryOut]


def _guarded(request: HttpRequest) -> None:
    require(permissions.may_run(request.reader), Forbidden)


def _plain(hook: object) -> dict[str, object]:
    return {
        "id": hook.pk, "name": hook.name, "url": hook.url, "account": hook.user.email, "verbs": hook.verbs,
        "state": hook.state, "reason": hook.reason, "failing_since": hook.failing_since,
    }  # fmt: skip


def _list(request: HttpRequest) -> HttpResponse:
    _guarded(request)
    return answers.answer({"items": [_plain(hook) for hook in hooks.webhooks()]})


def _one(request: HttpRequest, pk: int) -> HttpResponse:
    _guarded(request)
    hook = hooks.webhook(pk)
    return answers.answer({**_plain(hook), "secret": secrets_of(hook, request.at)[0]})


def _add(request: HttpRequest, given: WebhookBody) -> HttpResponse:
    made = actions.add(_values(given), by=request.reader, at=request.at)
    return answers.answer(_plain(made), 201)


def _values(given: WebhookBody) -> Mapping[str, object]:
    return {**given.given(), "verbs": "\n".join(given.verbs)}


def _edit(request: HttpRequest, pk: int, given: WebhookBody) -> HttpResponse:
    _guarded(request)
    actions.edit(hooks.webhook(pk), _values(given), by=request.reader, at=request.at)
    return _one(request, pk)


def _deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    _guarded(request)
    rows = hooks.deliveries_of(hooks.webhook(pk))[:SHOWN]
    return answers.answer({"items": [
        {"id": row.pk, "delivery_id": row.delivery_id, "type": row.verb, "number": row.subject_number, "at": row.at,
         "state": row.state, "attempts": row.attempts, "status": row.status, "problem": row.problem}
        for row in rows
    ]})  # fmt: skip


def _again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    _guarded(request)
    if not actions.send_again(hooks.webhook(pk), [delivery], by=request.reader, at=request.at):
        raise Absent
    return _deliveries(request, pk)


def _deed(act: Callable[..., object]) -> Callable[..., HttpResponse]:
    def do(request: HttpRequest, pk: int) -> HttpResponse:
        _guarded(request)
        act(hooks.webhook(pk), by=request.reader, at=request.at)
        return _one(request, pk)

    return do


def _remove(request: HttpRequest, pk: int) -> HttpResponse:
    _guarded(request)
    actions.remove(hooks.webhook(pk), by=request.reader, at=request.at)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


router = Router(tags=["Webhooks · 事件推送（Webhook）"])
Operation = tuple[str, str, str, Callable[..., HttpResponse], str, object]
OPERATIONS: tuple[Operation, ...] = (
    ("get", "", "list_webhooks", _list, "Webhooks · 全部 Webhook", WebhooksOut),
    ("post", "", "add_webhook", _add, "Add · 新增", {201: WebhookOut}),
    ("get", "/{int:pk}", "get_webhook", _one, "One, with its secret · 单个（含密钥）", WebhookOut),
    ("put", "/{int:pk}", "edit_webhook", _edit, "Change · 修改", WebhookOut),
    ("delete", "/{int:pk}", "remove_webhook", _remove, "Take away · 删除", {204: None}),
    ("post", "/{int:pk}/rotate", "rotate_webhook", _deed(actions.rotate), "New secret · 更换密钥", WebhookOut),
    ("post", "/{int:pk}/pause", "pause_webhook", _deed(actions.pause), "Pause · 暂停", WebhookOut),
    ("post", "/{int:pk}/resume", "resume_webhook", _deed(actions.resume), "Call it again · 恢复", WebhookOut),
    ("post", "/{int:pk}/try", "try_webhook", _deed(actions.try_out), "Send a trial · 发送测试", WebhookOut),
    ("get", "/{int:pk}/deliveries", "list_deliveries", _deliveries, "What it was told · 推送记录", DeliveriesOut),
    ("post", "/{int:pk}/deliveries/{int:delivery}/send", "send_delivery", _again, "Send again · 再推送", DeliveriesOut),
)  # fmt: skip
for method, address, name, view, summary, shape in OPERATIONS:
    errors = described.READ_ERRORS if method == "get" else described.WRITE_ERRORS
    getattr(router, method)(
        address, operation_id=name, summary=summary, response=shape, openapi_extra=described.beside(errors)
    )(view)
