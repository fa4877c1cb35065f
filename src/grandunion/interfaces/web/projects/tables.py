"""The small tables of a project's page: milestones, visits, contracts, the team and the contacts, drawn in Python."""

from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.drawn import Column, Writer, badge, small_table, words
from grandunion.interfaces.kit.records import word
from grandunion.interfaces.kit.tags import day, money, number
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.projects.showing import when
from grandunion.terms.contracts import ContractPerformance, ContractState
from grandunion.terms.money import Money
from grandunion.terms.projects import InteractionKind, ProjectState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.permissions.projects import Desk
from grandunion.work.queries.projects import ProjectPage

STATE, DEEDS = Text("State", "状态"), Column(Text("Deeds", "操作"), is_hidden=True)
MILESTONES = (Column(Text("What", "内容")), Column(Text("By", "期限"), "nowrap"), Column(STATE))
VISITS = (Column(Text("Visit", "回访")), Column(Text("Due", "期限"), "nowrap"), Column(STATE))
FIGURES = (
    Column(Text("Staff", "员工"), "num"),
    Column(Text("Revenue", "营业收入"), "num"),
    Column(Text("R&D", "研发投入"), "num"),
)
CONTRACTS = (
    Column(Text("Contract", "合同")),
    Column(Text("Registration", "认定登记")),
    Column(Text("Performance", "履行")),
    Column(Text("Value", "成交额"), "num"),
    Column(Text("Technical", "技术交易额"), "num"),
)
REACHED, VISITED = Text("Reached", "已完成"), Text("Visited", "已走访")
REACH, POSTPONE = Text("Reached", "登记完成"), Text("Postpone", "延期")
CORRECT, LOG, HAND_IN = Text("Correct", "更正"), Text("Log the visit", "登记走访"), Text("Hand in figures", "报送数据")
TAKE_OUT, FULL_TIME = Text("Take out", "移出"), Text("full time", "全职")


def milestones(page: ProjectPage, desk: Desk, base: str) -> SafeString | None:
    """The milestones, the next first; none where there is none."""
    if not page.milestones:
        return None
    say, is_inside = words(), page.depth >= Secrecy.S2
    rows = []
    for one in page.milestones:
        name = say(one.name) + (_below(one.contract.number) if one.contract and is_inside else "")
        state = _state(page, say, one.due_on, one.done_on, REACHED)
        if one.done_on and is_inside:
            state += _below(one.evidence)
        rows.append([name, day(one.due_on), state, *([_deeds_of(one, base, say)] if desk.may_record else [])])
    return small_table((*MILESTONES, *([DEEDS] if desk.may_record else [])), rows)


def _deeds_of(milestone: object, base: str, say: Writer) -> str:
    if milestone.done_on:
        return ""
    url = f"{base}milestones/{milestone.pk}/"
    return f'<a href="{url}reached/">{say(REACH)}</a> · <a href="{url}postpone/">{say(POSTPONE)}</a>'


def _below(text: str) -> str:
    return f'<span class="cell-sub">{escape(text)}</span>'


def _state(page: ProjectPage, say: Writer, due_on: date | None, done_on: date | None, done: Text) -> str:
    """Done on its day, or how long there is still time."""
    if done_on:
        return f'{badge(done, "good", say)} <small class="muted">{day(done_on)}</small>'
    said, is_overdue = when(due_on, page.on)
    return f'<span class="{"overdue" if is_overdue else "muted"}">{say(said)}</span>'


def visits(page: ProjectPage, desk: Desk, base: str) -> SafeString | None:
    """The follow-up visits in the order they fall due; none where there is none."""
    if not page.visits:
        return None
    say, is_inside = words(), page.depth >= Secrecy.S2
    rows = []
    for one in page.visits:
        name = say(ProjectState(one.label).text) + (_below(one.note) if is_inside and one.note else "")
        row = [name, day(one.due_on), _state(page, say, one.due_on, one.visited_on, VISITED)]
        if is_inside:
            row += [number(one.staff_count), escape(money(one.revenue)), escape(money(one.rd_spending))]
        if desk.may_report:
            row.append(_report(one, desk, base, say))
        rows.append(row)
    columns = (*VISITS, *(FIGURES if is_inside else ()), *([DEEDS] if desk.may_report else []))
    return small_table(columns, rows)


def _report(visit: object, desk: Desk, base: str, say: Writer) -> str:
    url = f"{base}visits/{visit.pk}/"
    if not desk.may_record:
        return f'<a href="{url}figures/">{say(HAND_IN)}</a>'
    return f'<a href="{url}">{say(CORRECT if visit.visited_on else LOG)}</a>'


def contracts(page: ProjectPage, base: str) -> SafeString | None:
    """The technology contracts the reader may read; none where there is none."""
    if not page.contracts:
        return None
    say = words()
    rows = [
        [
            f'<a class="cell-main" href="{base}contracts/{escape(one.number)}/">{say(one.title)}</a>'
            f"{_below(one.number)}",
            badge(ContractState(one.state).text, tone(one.state), say),
            say(word(ContractPerformance, one.performance)),
            escape(money(Money(one.value_total, one.currency))),
            escape(money(Money(one.value_technical, one.currency))),
        ]
        for one in page.contracts
    ]
    return small_table(CONTRACTS, rows)


def team(page: ProjectPage, desk: Desk, base: str) -> SafeString | None:
    """The people of the team; none where nobody is named."""
    if not page.members:
        return None
    say = words()
    drawn = "".join([_member(one, page, desk, base, say) for one in page.members])
    return mark_safe(f'<ul class="panel-list">{drawn}</ul>')  # noqa: S308 - every value is escaped by `say`


def _member(one: object, page: ProjectPage, desk: Desk, base: str, say: Writer) -> str:
    name, share = say(one.person.name), one.share_percent
    is_open, detail = one.person_id in page.persons, [say(one.role)]
    who = f'<a href="/w/persons/{escape(one.person.number)}/">{name}</a>' if is_open else f"<span>{name}</span>"
    out = f'<a class="small" href="{base}members/{one.pk}/remove/">{say(TAKE_OUT)}<span class="sr"> {name}</span></a>'
    if one.is_full_time:
        detail.append(say(FULL_TIME))
    if share is not None and page.depth >= Secrecy.S2:
        detail.append(f"{share}%")
    return (
        f'<li class="panel-item"><div class="panel-item-line">{who}{out if desk.may_record else ""}</div>'
        f'<span class="panel-detail">{" · ".join(detail)}</span></li>'
    )


def contacts(page: ProjectPage) -> SafeString | None:
    """The calls, visits and messages, the latest first; none where nobody was in touch."""
    if not page.interactions:
        return None
    say = words()
    drawn = "".join([_contact(one, say) for one in page.interactions])
    return mark_safe(f'<ol class="timeline">{drawn}</ol>')  # noqa: S308 - every value is escaped by `say`


def _contact(one: object, say: Writer) -> str:
    whom = f" · {say(one.who)}" if one.who else ""
    by = f' · <span class="muted">{say(one.noted_by.name)}</span>' if one.noted_by else ""
    note = "<br>".join([escape(line) for line in one.note.splitlines()])
    return (
        f'<li><time class="timeline-when" datetime="{one.on.isoformat()}">{day(one.on)}</time>'
        f"<p><b>{say(word(InteractionKind, one.interaction_kind))}</b>{whom}{by}</p><p>{note}</p></li>"
    )
