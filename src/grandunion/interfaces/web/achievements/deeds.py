"""Deeds on an achievement: each address shows its form by GET and does the deed by POST."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.achievements import deed_forms as own_forms
from grandunion.terms.achievements import Criterion
from grandunion.terms.periods import Period
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import YES, Absent, Forbidden, Invalid, Problem, Verdict, no, require
from grandunion.work.actions import achievements
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries
from grandunion.work.queries import parties

Values = Mapping[str, object]
LIST = (Text("Achievements", "科技成果"), "/w/achievements/")
ENOUGH = 2  # reviews without conflict that conclude an evaluation
DONE = Text("Done.", "已办理。")


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed: what it is called, who may open its form, what it does, what the form begins with and suggests.

    `act` answers where on the record to go on, or nothing for its top.
    """

    title: Text
    form: type[Form]
    may: Callable[[Reader, object], Verdict]
    act: Callable[[HttpRequest, object, dict], str | None]
    begin: Callable[[HttpRequest, object], Values] = lambda request, record: {}
    suggest: Callable[[HttpRequest, object], Values] = lambda request, record: {}


@signed_in
def deed(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Do one of the deeds that have a form of their own."""
    if code not in DEEDS:
        raise Absent
    record, what = queries.get(number, request.reader), DEEDS[code]
    require(what.may(request.reader, record), Forbidden)
    form = what.form.of(request, **what.begin(request, record))

    def act(values: Values) -> HttpResponse:
        onward = what.act(request, record, dict(values)) or ""
        return done(request, f"{_address(record)}{onward}", DONE)

    return _page(request, form, act, record, what.title, **what.suggest(request, record))


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move of the achievement's flow."""
    if code not in achievements.DEEDS:
        raise Absent
    record = queries.get(number, request.reader)
    form = own_forms.MOVE_FORMS.get(code, Form).of(request, version=record.version)
    label = _label(permissions.offers(request.reader, record), code)

    def act(values: Values) -> HttpResponse:
        achievements.DEEDS[code](record, by=request.reader, at=request.at, **_without_key(values))
        onward = "reviewers/" if code == "begin_evaluation" else ""
        return done(request, f"{_address(record)}{onward}" if _is_still_open(request, record) else LIST[1], DONE)

    return _page(request, form, act, record, label)


@signed_in
def case_move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move of the rights case."""
    if code not in CASE_MOVES:
        raise Absent
    record = queries.get(number, request.reader)
    case = queries.case_of(record)
    form = own_forms.CASE_FORMS.get(code, Form).of(request)
    facts = permissions.case_standing(request.reader, record, case).facts
    label = _label(permissions.case_offers(request.reader, record, case, facts), code)

    def act(values: Values) -> HttpResponse:
        plain = {name: value for name, value in _without_key(values).items() if name != "version"}
        CASE_MOVES[code](record, case, by=request.reader, at=request.at, **plain)
        return done(request, f"{_address(record)}#rights-case", DONE)

    return _page(request, form, act, record, label)


CASE_MOVES = {**achievements.CASE_DEEDS, "approve": achievements.approve}


def _label(offers: tuple, code: str) -> Text:
    return next((one.label for one, _ in offers if one.code == code), Text("Not possible now", "当前无法办理"))


def _page(request: HttpRequest, form: Form, act: Callable, record: object, title: Text, **more: object) -> HttpResponse:
    crumbs = (LIST, (record.title, _address(record)), (title, ""))
    return saving(
        request, form, act, template="web/achievements/deed.html", title=title, section="achievements", crumbs=crumbs,
        subtitle=record.title, number=record.number, submit=title, cancel_url=_address(record), **more,
    )  # fmt: skip


def _address(record: object) -> str:
    return f"/w/achievements/{record.number}/"


def _without_key(values: Values) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "submission"}


def _is_still_open(request: HttpRequest, record: object) -> bool:
    """Whether the reader may still see the record (a reviewer's access ends with the evaluation)."""
    return queries.visible_to(request.reader).filter(pk=record.pk).exists()


@require_POST
@signed_in
def click(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Do one of the deeds that ask nothing."""
    if code not in CLICKS:
        raise Absent
    record = queries.get(number, request.reader)
    act, text, place = CLICKS[code]
    act(record, by=request.reader, at=request.at)
    return done(request, f"{_address(record)}{place}", text)


CLICKS = {
    "confirm": (achievements.confirm_share, Text("Your share is confirmed.", "已确认您的份额。"), "#inventors"),
    "share-draft": (
        achievements.share_draft,
        Text("The owner's office can read and complete the draft now.", "权利单位现可查看并完善该草稿。"),
        "",
    ),
    "open-confidential": (
        achievements.open_confidential,
        Text("Open until the end of the day. Your reading is on record.", "今日内可查阅，本次查阅已留痕。"),
        "#confidential",
    ),
}


@require_POST
@signed_in
def drop(request: HttpRequest, number: str, code: str, key: int) -> HttpResponse:
    """Take a right or a piece of evidence away."""
    record = queries.get(number, request.reader)
    acts = {"right": achievements.drop_right, "evidence": achievements.drop_evidence}
    acts[code](record, key, by=request.reader, at=request.at)
    return done(request, _address(record), Text("Taken away.", "已删除。"))


@signed_in
def right(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Bring a right up to date."""
    record = queries.get(number, request.reader)
    require(permissions.may_edit(request.reader, record), Forbidden)
    known = next((one for one in queries.children(record).rights if one.pk == key), None)
    if known is None:
        raise Absent
    names = [name for name in own_forms.RightForm.base_fields if name not in ("version", "submission")]
    form = own_forms.RightForm.of(request, **{name: getattr(known, name) for name in names})

    def act(values: Values) -> HttpResponse:
        achievements.amend_right(record, key, by=request.reader, at=request.at, **_plain(values))
        return done(request, f"{_address(record)}#rights", DONE)

    return _page(request, form, act, record, Text("Update the right", "更新知识产权"))


@signed_in
def paper(request: HttpRequest, number: str, person: str) -> HttpResponse:
    """Record that an inventor has signed on paper."""
    record = queries.get(number, request.reader)
    require(permissions.may_run_rights(request.reader, record), Forbidden)
    who = queries.person_named(person, request.reader, "reason")
    if who is None:
        raise Absent
    form = own_forms.PaperForm.of(request)

    def act(values: Values) -> HttpResponse:
        achievements.confirm_on_paper(record, who, reason=str(values["reason"]), by=request.reader, at=request.at)
        return done(request, f"{_address(record)}#inventors", DONE)

    return _page(request, form, act, record, Text("Record a signed paper", "登记签字文件"), note=who.name)


@signed_in
def exclude(request: HttpRequest, number: str, user: int) -> HttpResponse:
    """Record a reviewer's conflict of interest."""
    record = queries.get(number, request.reader)
    form = own_forms.ConflictForm.of(request)

    def act(values: Values) -> HttpResponse:
        achievements.declare_conflict(record, user, note=str(values["note"]), by=request.reader, at=request.at)
        return done(request, f"{_address(record)}#reviews", DONE)

    return _page(request, form, act, record, Text("Record a conflict of interest", "登记利益冲突"))


@signed_in
def settle(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Settle an objection."""
    record = queries.get(number, request.reader)
    objection = queries.objection(record, key)
    form = own_forms.SettlementForm.of(request)

    def act(values: Values) -> HttpResponse:
        achievements.settle(
            record, objection, is_upheld=values["outcome"] == "upheld", settlement=str(values["settlement"]),
            by=request.reader, at=request.at,
        )  # fmt: skip
        return done(request, f"{_address(record)}#notice", DONE)

    return _page(request, form, act, record, Text("Settle the objection", "处理异议"))


def _plain(values: Values) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in ("version", "submission")}


def _add_evidence(request: HttpRequest, record: object, values: dict) -> None:
    given = {**_plain(values), "level": int(values["level"])}
    achievements.add_evidence(record, by=request.reader, at=request.at, **given)


def _add_right(request: HttpRequest, record: object, values: dict) -> None:
    achievements.add_right(record, by=request.reader, at=request.at, **_plain(values))


def _publish(request: HttpRequest, record: object, values: dict) -> None:
    achievements.publish(record, waiver=str(values["waiver"]), by=request.reader, at=request.at)


def _unpublish(request: HttpRequest, record: object, values: dict) -> None:
    achievements.unpublish(record, reason=str(values["reason"]), by=request.reader, at=request.at)


def _assign(request: HttpRequest, record: object, values: dict) -> str:
    """Ask the reviewer; the form stays open until two are asked."""
    user = parties.user_by_email(str(values["reviewer"]).split("·")[-1])
    if user is None:
        text = Text("Nobody has an account with this address.", "没有使用该邮箱的账户。")
        raise Invalid(Problem("reviewer", text))
    achievements.assign_reviewer(record, user, by=request.reader, at=request.at)
    asked = sum(not one.has_conflict for one in queries.children(record).reviews)
    return "#reviews" if asked >= ENOUGH else "reviewers/"


def _reviewers(request: HttpRequest, record: object) -> Values:
    found = queries.possible_reviewers(record, request.at)
    return {"reviewers": [f"{user.name_zh or user.name_en} · {user.email}" for user in found]}


def _review(request: HttpRequest, record: object, values: dict) -> None:
    achievements.review(
        record, has_conflict=values["conflict"] == "yes", note=str(values["note"]),
        scores={one.value: values[one.value] for one in Criterion}, recommendation=values["recommendation"],
        comment=values["comment"], by=request.reader, at=request.at,
    )  # fmt: skip


def _case_values(request: HttpRequest, values: dict) -> dict[str, object]:
    return _plain(values) | {
        "acceptor": queries.organisation_named(str(values["acceptor"]), request.reader, "acceptor")
    }


def _open_case(request: HttpRequest, record: object, values: dict) -> None:
    achievements.open_case(record, by=request.reader, at=request.at, **_case_values(request, values))


def _case_begin(request: HttpRequest, record: object) -> Values:
    case = queries.case_of(record)
    known = {name: getattr(case, name) for name in own_forms.CaseForm.base_fields if name != "submission"}
    return known | {"acceptor": f"{case.acceptor.name.zh} · {case.acceptor.number}" if case.acceptor else ""}


def _amend_case(request: HttpRequest, record: object, values: dict) -> None:
    achievements.amend_case(
        record, queries.case_of(record), version=values.get("version"), by=request.reader, at=request.at,
        **_case_values(request, values),
    )  # fmt: skip


def _notice_begin(request: HttpRequest, record: object) -> Values:
    """The notice as it usually reads: name, price, acceptor, all from the case."""
    case = queries.case_of(record)
    zh, en = [record.title.zh], [record.title.en]
    if case.price is not None:
        zh.append(f"拟交易价格：{case.price:,.2f} 元")
        en.append(f"Price: CNY {case.price:,.2f}")
    if case.acceptor is not None:
        zh.append(f"受让单位：{case.acceptor.name.zh}")
        en.append(f"Acceptor: {case.acceptor.name.en}")
    today = timezone.localtime(request.at).date()
    return {"text_zh": "；".join(zh), "text_en": "; ".join(en), "starts_on": today, "days": queries.notice_rule().days}


def _give_notice(request: HttpRequest, record: object, values: dict) -> None:
    first = values["starts_on"]
    achievements.give_notice(
        record, queries.case_of(record), text=Text(values["text_en"], values["text_zh"]),
        objections_to=values["objections_to"], period=Period(first, first + timedelta(days=values["days"])),
        by=request.reader, at=request.at,
    )  # fmt: skip


def _end_duties(request: HttpRequest, record: object, values: dict) -> None:
    achievements.end_duties(record, queries.case_of(record), on=values["on"], by=request.reader, at=request.at)


def _stop_review(request: HttpRequest, record: object, values: dict) -> None:
    achievements.stop_review(record, reason=str(values["reason"]), by=request.reader, at=request.at)


def _object(request: HttpRequest, record: object, values: dict) -> None:
    notice = queries.children(record).notice
    if notice is None:
        raise Absent
    achievements.object_to(notice, by=request.reader, at=request.at, **_plain(values))


def _may_review(reader: Reader, record: object) -> Verdict:
    return permissions.may_review(reader, record, queries.review_of(record, reader.user_id or 0))


def _may_object(reader: Reader, record: object) -> Verdict:
    return YES if queries.children(record).notice else no("No notice stands.", "当前没有公示。")


EDIT, RIGHTS = permissions.may_edit, permissions.may_run_rights
ASK = permissions.may_assign_reviewer
DEEDS = {
    "evidence": Deed(Text("Add evidence of maturity", "补充成熟度证明"), own_forms.EvidenceForm, EDIT, _add_evidence),
    "right": Deed(Text("Record a right", "登记知识产权"), own_forms.RightForm, EDIT, _add_right),
    "publish": Deed(Text("Make public", "对外公开"), own_forms.WaiverForm, RIGHTS, _publish),
    "unpublish": Deed(Text("Take back from the public", "取消公开"), own_forms.PlainReasonForm, RIGHTS, _unpublish),
    "reviewers": Deed(Text("Ask a reviewer", "邀请评审专家"), own_forms.ReviewerForm, ASK, _assign, suggest=_reviewers),
    "review": Deed(Text("Hand in the review", "提交评审意见"), own_forms.ReviewForm, _may_review, _review),
    "open-case": Deed(Text("Begin the rights case", "发起赋权/处置"), own_forms.CaseForm, RIGHTS, _open_case),
    "case": Deed(Text("Change the terms", "修改条款"), own_forms.CaseForm, RIGHTS, _amend_case, _case_begin),
    "notice": Deed(Text("Give public notice", "发布公示"), own_forms.NoticeForm, RIGHTS, _give_notice, _notice_begin),
    "duties": Deed(Text("Record fulfilled duties", "登记义务履行完毕"), own_forms.DutiesForm, RIGHTS, _end_duties),
    "stop-review": Deed(Text("Stop the rights review", "终止审批"), own_forms.PlainReasonForm, RIGHTS, _stop_review),
    "object": Deed(Text("Raise an objection", "提出异议"), own_forms.ObjectionForm, _may_object, _object),
}
