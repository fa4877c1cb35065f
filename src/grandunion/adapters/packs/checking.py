"""Checks a pack: what is wrong, where, and what to write instead."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grandunion.adapters.packs.demo_checks import check_demo
from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.indicators import Indicator, check_indicators, check_published
from grandunion.adapters.packs.problems import PackProblem
from grandunion.adapters.packs.reading import open_demo, open_pack, refuse_mistakes, unread_files
from grandunion.adapters.packs.returns import check_returns
from grandunion.adapters.packs.sections import Calendar, Hub, Pack, Plan, Target, TermList
from grandunion.adapters.packs.service import check_service
from grandunion.adapters.packs.sheets import Node
from grandunion.adapters.packs.views import check_views
from grandunion.terms.matches import DeclineReason
from grandunion.terms.money import CURRENCIES
from grandunion.terms.needs import Category
from grandunion.terms.plans import IndicatorKind
from grandunion.terms.projects import LossReason
from grandunion.terms.targets import SplitAlong
from grandunion.terms.text import LANGUAGES, Text, Word

CLOSED_LISTS: dict[str, type[Word]] = {
    "need_categories": Category,
    "loss_reasons": LossReason,
    "decline_reasons": DeclineReason,
}
NEEDED_LISTS = (
    *CLOSED_LISTS,
    "industries",
    "emerging_industries",
    "fields",
    "regions",
    "trl",
    "need_subjects",
    "labels",
    "ip_offices",
    "countries",
)
SATURDAY = 6


def check_pack(folder: Path) -> tuple[PackProblem, ...]:
    """Every mistake of the pack by file and line, then notes on what nobody has verified (`is_note`)."""
    desk = Desk()
    pack = open_pack(folder, desk)
    demo = open_demo(folder, desk) if (folder / "demo").is_dir() else None
    desk.prove_references()
    for name in unread_files(folder):
        desk.complain(
            Node({}, name, 1),
            "Nobody reads this file. Rename or delete it.",
            "该文件不会被读取，请改名或删除。",
        )
    if not desk.mistakes():
        check_sense(pack, desk)
        if demo is not None:
            check_demo(demo, desk)
    return desk.everything()


def sound_pack(folder: Path) -> Pack:
    """The pack in a folder, to be loaded: well-formed and making sense, or Invalid with every mistake by its line."""
    desk = Desk()
    pack = open_pack(folder, desk)
    desk.prove_references()
    refuse_mistakes(desk)
    check_sense(pack, desk)
    refuse_mistakes(desk)
    return pack


def check_sense(pack: Pack, desk: Desk) -> None:
    """What is well-formed must also make sense."""
    check_hub(pack.hub, desk)
    check_lists(pack.lists, desk)
    check_calendar(pack.calendar, desk)
    known = {indicator.code: indicator for indicator in pack.indicators}
    kinds = {code: indicator.kind for code, indicator in known.items()}
    check_indicators(pack.indicators, desk)
    units = {code: indicator.unit for code, indicator in known.items()}
    check_published(((one.code, one.unit, units[one.indicator]) for one in pack.claims), desk)
    for plan in pack.plans:
        check_plan(plan, known, desk)
    targets = tuple(target for plan in pack.plans for target in plan.targets)
    for target in targets:
        check_parts(target, targets, desk)
    check_service(pack.levels, pack.institutions, pack.desk, desk)
    check_returns(pack.returns, kinds, desk)
    check_views(pack.views, units, desk)


def check_hub(hub: Hub, desk: Desk) -> None:
    place = Node({}, "hub.toml", 1)
    if not is_zone(hub.zone):
        desk.complain(
            place,
            f"zone: “{hub.zone}” is not a time zone. Write one like Asia/Shanghai.",
            f"zone：“{hub.zone}”不是时区，请写成 Asia/Shanghai 这样的名称。",
        )
    if hub.currency not in CURRENCIES:
        en, zh = nearest(hub.currency, CURRENCIES)
        desk.complain(
            place,
            f"currency: “{hub.currency}” is not used here. {en}",
            f"currency：不使用“{hub.currency}”。{zh}",
        )
    for name in ("event_retention_days", "event_action_days"):
        if getattr(hub, name) < 1:
            desk.complain(place, f"{name}: write at least 1.", f"{name}：至少填 1。")
    if set(hub.languages) != set(LANGUAGES):
        desk.complain(place, 'languages: write ["zh", "en"].', 'languages：请写成 ["zh", "en"]。')
    if hub.office_hours.opens >= hub.office_hours.closes:
        desk.complain(
            place,
            "office_hours: it opens after it closes. Exchange the two.",
            "office_hours：开始时间晚于结束时间，请对调。",
        )


def is_zone(name: str) -> bool:
    """Whether the time zone database has this zone."""
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def check_lists(lists: tuple[TermList, ...], desk: Desk) -> None:
    known = {found.code: found for found in lists}
    for code in NEEDED_LISTS:
        if code not in known:
            desk.complain(
                Node({}, "lists", 1),
                f"The list “{code}” is missing. Add lists/{code}.yaml.",
                f"缺少列表“{code}”，请补充 lists/{code}.yaml。",
            )
    for code, words in CLOSED_LISTS.items():
        there = {term.code for term in known[code].terms} if code in known else set(words.codes())
        for wrong in sorted(there ^ set(words.codes())):
            place = desk.codes.get(f"list:{code}", {}).get(wrong) or desk.codes["lists"][code]
            desk.complain(
                place,
                f"“{wrong}”: this list has exactly the codes {', '.join(words.codes())}.",
                f"“{wrong}”：该列表的代码固定为 {'、'.join(words.codes())}。",
            )


def check_calendar(calendar: Calendar, desk: Desk) -> None:
    place = Node({}, "calendar.yaml", 1)
    for holiday in calendar.holidays:
        if holiday.ends_on < holiday.starts_on:
            desk.complain(
                place,
                f"The holiday from {holiday.starts_on} ends before it starts.",
                f"自 {holiday.starts_on} 起的假期结束日早于开始日。",
            )
    for weekend in calendar.working_weekends:
        if weekend.on.isoweekday() < SATURDAY:
            desk.complain(
                place,
                f"{weekend.on} is no Saturday or Sunday. Leave it out.",
                f"{weekend.on} 不是周末，请删除。",
            )


def check_plan(plan: Plan, known: dict[str, Indicator], desk: Desk) -> None:
    for target in plan.targets:
        indicator = known[target.indicator]
        is_text = indicator.kind is IndicatorKind.TEXT
        empty = (target.operator is None, target.value is None)
        if empty != (is_text, is_text):
            desk.complain(
                desk.codes["targets"][target.code],
                "A figure needs `operator` and `value`; a target in words has neither.",
                "定量目标需填写 operator 和 value；定性目标两者都不填。",
            )
        wanted = None if is_text else indicator.unit
        if target.unit != wanted:
            _refuse_unit(target, wanted, desk)


def _refuse_unit(target: Target, wanted: Text | None, desk: Desk) -> None:
    """A target is held against its indicator number by number, so it is written in the very unit of the indicator."""
    place = desk.codes["targets"][target.code]
    if wanted is None:
        desk.complain(place, "A target in words has no unit. Leave it out.", "定性目标没有单位，请删除。")
        return
    is_given = target.unit is not None
    said = target.unit if is_given else Text("nothing", "无")
    desk.complain(
        place,
        f"Its unit is “{said.en}” ({said.zh}), and its indicator is counted in “{wanted.en}” ({wanted.zh}). Write "
        f"unit_zh: {wanted.zh}, unit_en: {wanted.en}, and the value in it.",
        f"其单位为“{said.zh}”（{said.en}），而指标单位为“{wanted.zh}”（{wanted.en}）。请填写 unit_zh: {wanted.zh}、"
        f"unit_en: {wanted.en}，数值按该单位填写。",
    )


def check_parts(target: Target, known: tuple[Target, ...], desk: Desk) -> None:
    """The parts of a target come to the whole; interim values along years are no parts."""
    parts = [one.value for one in known if one.parent == target.code and one.value is not None]
    if not parts or target.value is None or target.split_along is SplitAlong.YEAR:
        return
    missing = target.value - sum(parts)
    if missing:
        desk.complain(
            desk.codes["targets"][target.code],
            f"Its parts come to {sum(parts):f}, not to {target.value:f}: {missing:+f} is missing.",
            f"其分解值之和为 {sum(parts):f}，不等于 {target.value:f}，相差 {missing:+f}。",
        )
