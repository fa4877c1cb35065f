"""The pages of published figures: the list, a new one, a table of them, the record, its moves."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.uploads import SHEETS, laid
from grandunion.interfaces.web.claims.forms import ClaimForm, ImportForm, ReasonForm, entered
from grandunion.interfaces.web.indicators import scope_of, when
from grandunion.terms.claims import Abroad, ClaimStage, ClaimState, Language, Medium, Thing
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import claims as actions
from grandunion.work.permissions.plans import claims as permissions
from grandunion.work.queries import journal, plans
from grandunion.work.queries.base.sheets import rows_of

HOME = "/w/claims/"
PLANS = (Text("Plans and targets", "规划目标"), "/w/plans/")
LIST = (Text("Published figures", "已发布数据"), HOME)
NEW = Text("Enter a published figure", "录入已发布数据")
IMPORT = Text("Import published figures", "导入已发布数据")
ASKS = {"reject": ReasonForm}
LINES = 50
TONES = {ClaimState.ENTERED: "warn", ClaimState.CONFIRMED: "good", ClaimState.REJECTED: "bad"}
VERBS = {
    "claim.entered": Text("Entered", "录入"), "claim.changed": Text("Corrected", "更正"),
    "claim.confirm": Text("Confirmed", "复核通过"), "claim.reject": Text("Sent back", "退回"),
    "claim.enter_again": Text("Submitted again", "重新提交"),
}  # fmt: skip
FIELDS = {
    "value": Text("Value", "数值"), "qualifier": Text("Qualifier", "限定词"), "period": Text("Period", "统计期"),
    "as_of": Text("As of", "截至"), "level": Text("By", "发布层级"), "state": Text("State", "状态"),
    "reason": Text("Reason", "原因"),
}  # fmt: skip
WORDS = {"qualifier": Qualifier, "level": Scope, "state": ClaimState}
FACETS = (("thing", Thing, Text("What it counts", "计数对象")), ("stage", ClaimStage, Text("Stage", "阶段")),
          ("medium", Medium, Text("Measured of", "面积口径")), ("abroad", Abroad, Text("Where", "境内外")))  # fmt: skip


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Every published figure; entered ones for those who reconcile."""
    deeds = [Deed("/w/plans/reconciliation/", Text("Where figures disagree", "数据核对"), "scale")]
    if permissions.may_enter(request.reader):
        deeds += [
            Deed(f"{HOME}import/", Text("Import", "导入"), "upload"),
            Deed(f"{HOME}new/", NEW, "plus", is_primary=True),
        ]
    return kit_lists.show(
        request, plans.CLAIMS, actions=deeds, crumbs=[PLANS, (LIST[0], "")], subtitle=_waiting(request)
    )


def _waiting(request: HttpRequest) -> Text | None:
    """How many figures wait for the reader to confirm them."""
    if not permissions.may_enter(request.reader) or not (count := plans.waiting(request.reader)):
        return None
    return Text(f"{count} wait for your confirmation.", f"有 {count} 项待您复核。")


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a figure as it was published."""
    require(permissions.may_enter(request.reader), Forbidden)
    begins = {name: request.GET[name] for name in ("indicator", "source") if name in request.GET}
    form = ClaimForm.of(request, original=Language.ZH.value, **begins)

    def save(values: dict) -> HttpResponse:
        key = str(values.get("submission", ""))
        made = actions.enter(_given(values), by=request.reader, at=request.at, submission=key)
        said = Text(f"{made.code} is entered; a colleague confirms it.", f"已录入 {made.code}，请由另一位同事复核。")
        return done(request, f"{HOME}{made.code}/", said)

    return saving(request, form, save, template="web/targets/form.html", title=NEW, section="plans",
                  crumbs=[PLANS, LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in ("version", "submission")}


@signed_in
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a table of figures in: all of it, or nothing with every fault named."""
    require(permissions.may_enter(request.reader), Forbidden)

    def save(values: dict) -> HttpResponse:
        count = actions.take_in(_rows(values["file"]), by=request.reader, at=request.at)
        return done(request, f"{HOME}?state=entered", Text(f"{count} rows taken in.", f"已导入 {count} 行。"))

    return saving(request, ImportForm.of(request), save, template="web/events/import.html", title=IMPORT,
                  section="plans", crumbs=[PLANS, LIST, (IMPORT, "")], columns=plans.claim_columns.COLUMNS.items(),
                  cancel_url=HOME)  # fmt: skip


def _rows(file: object) -> list:
    """The rows of an uploaded table, by the names of its columns."""
    with laid(file, SHEETS) as path:
        return rows_of(path)


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One published figure: what it says, where it stands, and what it does not agree with."""
    claim = plans.claim(number, request.reader)
    one, state, base = plans.published(claim), ClaimState(claim.state), f"{HOME}{number}/"
    lines = journal.timeline(claim, Secrecy.S1, LINES) if request.reader.reads_rows else []
    found = plans.reconciliation(reader=request.reader, indicator=claim.indicator)
    return page(
        request, "web/claims/record.html", claim.indicator.name, section="plans", number=number, state=state.text,
        tone=TONES[state], subtitle=Text("{figure} ({by}, {when})", "{figure}（{by}，{when}）").fill(
            figure=one.whole, by=scope_of(claim.level, claim.area), when=when(claim)),
        crumbs=[PLANS, LIST, (Text(number, number), "")], facts=[(None, _facts(claim, one))], claim=claim,
        found=[row for row in found if any(each.claim.pk == claim.pk for each in row.claims)],
        offers=offers(permissions.offers(request.reader, claim), ASKS, base), version=claim.version,
        entries=happenings(worded(lines, WORDS), VERBS, FIELDS), actions=_deeds(request, claim, base),
    )  # fmt: skip


def _deeds(request: HttpRequest, claim: object, base: str) -> list[Deed]:
    """What is at hand; first the click that confirms, for the second person."""
    found = [
        Deed(f"{base}moves/confirm/", move.label, "check", is_primary=True, method="post")
        for move, verdict in permissions.offers(request.reader, claim) if move.code == "confirm" and verdict
    ]  # fmt: skip
    if permissions.may_edit(request.reader, claim):
        found.append(Deed(f"{base}edit/", Text("Correct", "更正"), "pencil"))
    return found


def _facts(claim: object, one: plans.Published) -> list[tuple[Text, object]]:
    rows = [
        (Text("Figure", "数据"), one.whole),
        (Text("Wording", "原文表述"), claim.wording),
        (Text("By", "发布层级"), scope_of(claim.level, claim.area)),
        (Text("For", "时间"), when(claim)),
        (Text("Source", "来源"), claim.source.title),
        (Text("Page or place", "页码或位置"), claim.place),
        (Text("Original", "原文语言"), Language(claim.original).text),
        *((label, words(getattr(claim, name)).text) for name, words, label in FACETS if getattr(claim, name)),
        (Text("Compared with the original", "与原文核对"), claim.verified_on or Text("not yet", "尚未核对")),
    ]
    return [row for row in rows if row[1] and (not isinstance(row[1], Text) or row[1].en)]


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Correct a figure that is not confirmed."""
    claim = plans.claim(number, request.reader)
    require(permissions.may_edit(request.reader, claim), Forbidden)
    title = Text("Correct the figure", "更正数据")
    form = ClaimForm.of(request, version=claim.version, **entered(claim))

    def save(values: dict) -> HttpResponse:
        actions.edit(claim, _given(values), by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOME}{number}/", Text("Corrected.", "已更正。"))

    return saving(request, form, save, template="web/targets/form.html", title=title, section="plans",
                  crumbs=[PLANS, LIST, (claim.indicator.name, f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Confirm a figure or send it back; a GET shows the form as a page."""
    claim = plans.claim(number, request.reader)
    found = {one.code: one for one, _ in permissions.offers(request.reader, claim)}
    if code not in found:
        raise Absent
    title = found[code].label
    form = ASKS.get(code, Form).of(request, version=claim.version)

    def save(values: dict) -> HttpResponse:
        actions.move(claim, code, reason=str(values.get("reason", "")), version=values.get("version"),
                     by=request.reader, at=request.at)  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/targets/form.html", title=title, section="plans",
                  crumbs=[PLANS, LIST, (claim.indicator.name, f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip
