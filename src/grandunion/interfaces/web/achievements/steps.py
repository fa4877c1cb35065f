"""The stepwise form of a disclosure: four steps, each saved by itself."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.achievements.step_forms import OriginForm, RightsForm, WhatForm, WhoForm
from grandunion.interfaces.web.achievements.words import FIELDS, STEPS
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, invalid, require
from grandunion.work.actions import achievements
from grandunion.work.actions.achievements import Share
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries
from grandunion.work.queries import lists

SEALED = (
    "abstract_confidential", "problem", "solution", "advantages", "limitations", "third_party_material",
    "partners_excluded",
)  # fmt: skip
Values = Mapping[str, object]
LIST = (Text("Achievements", "科技成果"), "/w/achievements/")
GO_ON, FINISH = Text("Save and go on", "保存并继续"), Text("Save and finish", "保存并完成")
SAVED = Text("Saved. On to the next step.", "已保存，请继续下一步。")
ALL_SAVED = Text(
    "All four steps are saved. Check below what is missing, then submit.",
    "四个步骤均已保存。请核对下方待办事项后提交。",
)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """The first step of a new disclosure; saving it makes the draft."""
    require(permissions.may_create(request.reader), Forbidden)
    own = list(queries.own_organisations(request.reader))
    form = WhatForm.of(request, owner=_chosen(own[0]) if len(own) == 1 else "", achievement_kind="invention")

    def save(values: Values) -> HttpResponse:
        submission = str(values.get("submission", ""))
        record = achievements.disclose(
            **_what(values, request), submission=submission, by=request.reader, at=request.at
        )
        return done(request, _address(record, "who"), SAVED)

    return _page(request, form, save, None, "what", organisations=[_chosen(one) for one in own])


@signed_in
def step(request: HttpRequest, number: str, code: str = "what") -> HttpResponse:
    """One step of a disclosure that is there already."""
    if code not in WAYS:
        raise Absent
    record = queries.get(number, request.reader)
    require(permissions.may_edit(request.reader, record), Forbidden)
    make, write = WAYS[code]
    form, suggestions = make(request, record)
    _leave_sealed_out(form, permissions.page(request.reader, record).fields)

    def save(values: Values) -> HttpResponse:
        write(request, record, values)
        onward = _after(code)
        return done(request, _address(record, onward), SAVED if onward else ALL_SAVED)

    return _page(request, form, save, record, code, **suggestions)


def _leave_sealed_out(form: Form, fields: Mapping[str, object]) -> None:
    """What the reader has not opened is neither shown nor overwritten."""
    for name in SEALED:
        if name in form.fields and name not in fields:
            del form.fields[name]


def _page(
    request: HttpRequest, form: Form, save: Callable[[Values], HttpResponse], record: object, code: str, **more: object
) -> HttpResponse:
    title = record.title if record else Text("Disclose an achievement", "披露科技成果")
    url = f"/w/achievements/{record.number}/" if record else ""
    crumbs = [LIST, (Text(record.number, record.number), url)] if record else [LIST]
    return saving(
        request, form, save, template="web/achievements/step.html", title=title, section="achievements",
        crumbs=(*crumbs, (dict(STEPS)[code], "")), number=record.number if record else "", step=code,
        steps=_phases(record, code), cancel_url=url or LIST[1],
        submit=GO_ON if _after(code) else FINISH, **more,
    )  # fmt: skip


def _phases(record: object, code: str) -> list[dict]:
    """The four steps, each a link once the draft is there."""
    codes = [one for one, _ in STEPS]
    return [
        {
            "text": text,
            "url": f"/w/achievements/{record.number}/steps/{one}/" if record and one != code else "",
            "status": "current" if one == code else "done" if codes.index(one) < codes.index(code) else "next",
        }
        for one, text in STEPS
    ]


def _after(code: str) -> str:
    codes = [one for one, _ in STEPS]
    return codes[codes.index(code) + 1] if code != codes[-1] else ""


def _address(record: object, code: str) -> str:
    return f"/w/achievements/{record.number}/" + (f"steps/{code}/" if code else "")


def _chosen(record: object) -> str:
    """A record as a suggestion: its name and its number."""
    return f"{said(record.name)} · {record.number}"


def _what(values: Values, request: HttpRequest) -> dict[str, object]:
    """The first step's values as the action takes them."""
    plain = {name: value for name, value in values.items() if name not in ("submission", "version")}
    return plain | {
        "owner": queries.organisation_named(str(values["owner"]), request.reader, "owner"),
        "field": lists.term("fields", str(values["field"]), "field"),
        "emerging_industry": lists.term("emerging_industries", str(values["emerging_industry"]), "emerging_industry"),
        "trl": int(values["trl"]) if values["trl"] else None,
    }


def _what_form(request: HttpRequest, record: object) -> tuple[Form, dict]:
    fields = permissions.page(request.reader, record).fields
    known = {name: fields.get(name, "") for name in WhatForm.base_fields if name in FIELDS}
    for name in ("field", "emerging_industry"):
        known[name] = known[name].code if known[name] else ""
    known["owner"] = _chosen(record.owner) if record.owner else record.owner_name
    own = queries.own_organisations(request.reader)
    return WhatForm.of(request, **known, version=record.version), {"organisations": [_chosen(one) for one in own]}


def _write_what(request: HttpRequest, record: object, values: Values) -> None:
    achievements.amend(
        record, **_what(values, request), version=values.get("version"), by=request.reader, at=request.at
    )


def _who_form(request: HttpRequest, record: object) -> tuple[Form, dict]:
    likely = list(queries.likely_inventors(record, request.reader))
    rows = [
        {"person": _chosen(one.person), "percent": one.share_percent, "role": one.role,
         "is_representative": one.is_representative}
        for one in queries.children(record).inventors
    ]  # fmt: skip
    me = next((one for one in likely if one.pk == request.reader.person_id), None)
    if not rows and me is not None:
        rows = [{"person": _chosen(me), "percent": 100, "role": "lead", "is_representative": True}]
    return WhoForm.of(request, {"inventors": rows}, version=record.version), {"people": [_chosen(p) for p in likely]}


def _write_who(request: HttpRequest, record: object, values: Values) -> None:
    achievements.set_inventors(
        record, [_share(row, request, record) for row in values["inventors"]],
        is_own_confirmed=bool(values["is_own_confirmed"]), version=values.get("version"),
        by=request.reader, at=request.at,
    )  # fmt: skip


def _share(row: Values, request: HttpRequest, record: object) -> Share:
    """One row of the form as a share; somebody not recorded yet is added when the row says so."""
    written = str(row["person"]).strip()
    person = queries.person_named(written, request.reader, "inventors")
    if person is None and not row["is_new"]:
        raise invalid(
            "inventors",
            f"Nobody called “{written}” is recorded. Check the spelling, or tick “Not recorded yet”.",
            f"没有名为“{written}”的人员。请核对姓名，或勾选“尚无记录，新增该人员”。",
        )
    return Share(
        person or written, row["percent"], organisation=record.owner, role=row["role"],
        is_representative=row["is_representative"],
    )  # fmt: skip


def _origin_form(request: HttpRequest, record: object) -> tuple[Form, dict]:
    rows = queries.children(record)
    given = {
        "publications": [_row(one, "disclosure_kind", "on", "place", "is_planned") for one in rows.publications],
        "fundings": [_row(one, "programme", "number", "amount", "obligations") for one in rows.fundings],
    }
    names = ("prior_publication", "is_service_achievement", "third_party_material", "version")
    return OriginForm.of(request, given, **_row(record, *names)), {}


def _write_origin(request: HttpRequest, record: object, values: Values) -> None:
    achievements.tell_origin(record, by=request.reader, at=request.at, **values)


def _rights_form(request: HttpRequest, record: object) -> tuple[Form, dict]:
    names = ("ip_type", "number", "office", "status", "filed_on", "granted_on")
    given = {"rights": [_row(one, *names) for one in queries.children(record).rights]}
    wishes = [name for name in RightsForm.base_fields if name not in ("submission",)]
    return RightsForm.of(request, given, **_row(record, *wishes)), {}


def _write_rights(request: HttpRequest, record: object, values: Values) -> None:
    given = {name: value for name, value in values.items() if name != "rights"}
    achievements.state_rights(record, values["rights"], by=request.reader, at=request.at, **given)


def _row(record: object, *names: str) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


WAYS = {
    "what": (_what_form, _write_what),
    "who": (_who_form, _write_who),
    "origin": (_origin_form, _write_origin),
    "rights": (_rights_form, _write_rights),
}
