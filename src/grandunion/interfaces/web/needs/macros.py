"""Prepared replies: used on a need, listed, written, changed and taken out of use."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, choice, lines, one_of, text, yes_no
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.needs.moves import HOME, LIST, asked, who
from grandunion.terms.needs import REPLY_MOVES, Category, NoteKind, Urgency
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.needs import macros as queries

PLACE = f"{HOME}macros/"
TITLE, NEW, EDIT = Text("Prepared replies", "快捷处理"), Text("Write one", "新建"), Text("Change", "修改")
HOW = Text("Places that are filled: ", "可用占位符：")
NAMED = Text("Number or full name; empty: nobody is asked.", "填写单位编号或全称；留空则不分派。")


class UseForm(Form):
    """What is written with a prepared reply, to be changed before it goes."""

    text = lines("Text", "正文", required=False, longest=20_000)


class MacroForm(Form):
    """A prepared reply."""

    code = text("Code (small letters, digits, _)", "代码（小写字母、数字、下划线）", longest=60)
    name_zh = text("Name in Chinese", "中文名称", longest=100)
    name_en = text("Name in English", "英文名称", longest=100)
    category = choice("Only for", "仅适用于", Category, required=False)
    note_kind = choice("Writes", "书写", NoteKind, required=False, only=(NoteKind.INTERNAL, NoteKind.TO_APPLICANT))
    text_zh = lines("Text in Chinese", "中文正文", longest=5000)
    text_en = lines("Text in English", "英文正文", longest=5000)
    urgency = choice("Sets the urgency", "设定紧急程度", Urgency, required=False)
    new_category = choice("Sets the category", "设定类别", Category, required=False)
    take = yes_no("Puts whoever uses it in charge", "由使用人经办")
    assignee = text("Asks", "交由办理", required=False, longest=200, help=NAMED)
    move = one_of("Makes the move", "办理动作", lambda: _moves(), required=False)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        places = "  ".join(f"{{{name}}}" for name in queries.PLACES)
        self.fields["text_zh"].help_text = f"{said(HOW)}{places}"

    def given(self) -> dict[str, object]:
        """The values as the action takes them."""
        values = self.values()
        sets = {"category": values.pop("new_category", ""), "urgency": values.pop("urgency", "")}
        values["sets"] = {name: value for name, value in sets.items() if value}
        if values.pop("take", False):
            values["sets"]["take"] = True
        return values


def _moves() -> list[tuple[str, Text]]:
    return [(code, permissions.NEED_FLOW.move(code).label) for code in sorted(REPLY_MOVES)]


@signed_in
def use(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Use a prepared reply on a need: what it will do stands above its text."""
    need, macro = needs.get(number, request.reader), queries.macro(code)
    require(permissions.may_use_macros(request.reader, need), Forbidden)
    words = queries.filled(macro, need, request.reader)
    form = UseForm.of(request, text=words) if words else Form.of(request)

    def save(values: Mapping[str, object]) -> HttpResponse:
        text = str(values["text"]) if words else None
        actions.use_macro(need, macro, text=text, **who(request))
        return done(request, f"{HOME}{number}/#said", Text("{name}: done.", "已完成：{name}。").fill(name=macro.name))

    return asked(request, need, form, save, macro.name, help=listed(actions.steps_of(macro)))


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All prepared replies, with what each does."""
    require(permissions.may_read_macros(request.reader), Forbidden)
    may = permissions.may_manage_macros(request.reader)
    rows = [
        {"macro": one, "name": one.name, "steps": listed(actions.steps_of(one)),
         "category": Category(one.category).text if one.category else None,
         "may_change": bool(may) and not one.is_of_pack}
        for one in queries.macros(with_retired=True)
    ]  # fmt: skip
    heading = [Deed(f"{PLACE}new/", NEW, "plus", is_primary=True)] if may else []
    return page(request, "web/needs/macros.html", TITLE, section="needs", crumbs=[LIST, (TITLE, "")], rows=rows,
                actions=heading, may_manage=bool(may))  # fmt: skip


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Write a prepared reply, or copy one."""
    require(permissions.may_manage_macros(request.reader), Forbidden)
    copied = request.GET.get("copy", "")
    initial = _initial(queries.macro(copied)) | {"code": f"{copied[:54]}_copy"} if copied else {}
    return _saved(request, MacroForm.of(request, **initial), NEW, None)


@signed_in
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change one of the hub's own."""
    macro = queries.macro(code)
    require(permissions.may_change_macro(request.reader, macro), Forbidden)
    form = MacroForm.of(request, version=macro.version, **_initial(macro))
    del form.fields["code"]
    return _saved(request, form, EDIT, macro)


def _saved(request: HttpRequest, form: MacroForm, title: Text, macro: object) -> HttpResponse:
    def save(values: Mapping[str, object]) -> HttpResponse:
        made = actions.save_macro(form.given(), macro=macro, version=values.get("version"), **who(request))
        return done(request, PLACE, Text("{name}: saved.", "已保存：{name}。").fill(name=made.name))

    crumbs = [LIST, (TITLE, PLACE), (title, "")]
    return saving(request, form, save, template="web/needs/macro_form.html", title=title, section="needs",
                  crumbs=crumbs, cancel_url=PLACE)  # fmt: skip


def _initial(macro: object) -> dict[str, object]:
    names = ("name_zh", "name_en", "category", "note_kind", "text_zh", "text_en", "move")
    given = {name: getattr(macro, name) for name in names}
    sets = {"urgency": macro.sets.get("urgency", ""), "new_category": macro.sets.get("category", ""),
            "take": macro.sets.get("take", False)}  # fmt: skip
    return {**given, **sets, "assignee": macro.assignee.number if macro.assignee else ""}


@require_POST
@signed_in
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take one out of use, or into use again."""
    macro = actions.retire_macro(queries.macro(code), **who(request))
    told = Text("{name} is out of use.", "已停用：{name}。") if macro.retired_on else Text(
        "{name} is in use again.", "已恢复使用：{name}。")  # fmt: skip
    return done(request, PLACE, told.fill(name=macro.name))
