"""Reads how an indicator is counted, and says by line what the vocabulary of counting does not know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.facts import Kind
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.counting import CLASSES, Field, FieldKind, Measure, Operator, RecordClass, Statistic

RULE = frozenset({"record", "on", "where", "key", "statistic", "amount", "days_from"})
RATIO = frozenset({"of", "to", "per"})
ORDERED = (Operator.AT_LEAST, Operator.AT_MOST)


@dataclass(frozen=True, slots=True)
class Counts:
    """A counting rule as the pack wrote it, and where it stands."""

    rule: dict[str, object]
    node: Node

    @property
    def is_ratio(self) -> bool:
        return "to" in self.rule


@dataclass(frozen=True, slots=True)
class CountsKind(Kind):
    """The key `counts`: a rule over records, or a ratio of two indicators."""

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if not isinstance(node.value, dict):
            return self.wrong(
                name, node, desk, "is no rule. Write record: and on:.", "不是计数规则，请填写 record 与 on。"
            )
        known = RATIO if "to" in node.value or "of" in node.value else RULE
        for key, value in node.value.items():
            if key not in known:
                _unknown(desk, value, key, known)
        _ratio(node, desk) if known is RATIO else _rule(node, desk)
        return Counts(plain(node), node)


def plain(node: Node) -> object:
    """A value without its lines; numbers as text where they are not whole, days as written."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal | date) else value


def measure(rule: dict[str, object]) -> Measure:
    """What a (sound) rule's figure measures."""
    known = CLASSES[str(rule["record"])]
    if "days_from" in rule:
        return Measure.DAYS
    if rule.get("statistic", Statistic.COUNT) != Statistic.COUNT:
        return Measure.MONEY if known.fields[str(rule["amount"])].kind == FieldKind.MONEY else Measure.POINTS
    keys = rule.get("key", ())
    first = keys if isinstance(keys, str) else next(iter(keys), "")
    if not first:
        return known.measure
    return Measure.PERSONS if known.fields[str(first)].of == "person" else Measure.COUNT


def _unknown(desk: Desk, node: Node, word: object, known: Collection[str]) -> None:
    en, zh = nearest(str(word), known)
    desk.complain(node, f"counts: “{word}” is not known here. {en}", f"counts：不认识“{word}”。{zh}")


def _ratio(node: Node, desk: Desk) -> None:
    for key in ("of", "to"):
        part = node.get(key)
        if part is None:
            desk.complain(
                node,
                f"counts: a ratio has of: and to:; “{key}” is missing.",
                f"counts：比率需填写 of 与 to，缺少“{key}”。",
            )
        else:
            desk.want("indicators", str(part.value), part)


def _rule(node: Node, desk: Desk) -> None:
    record = node.get("record")
    if record is None or record.value not in CLASSES:
        _unknown(desk, record or node, record.value if record else "", CLASSES)
        return
    known = CLASSES[record.value]
    if (on := node.get("on")) is None:
        desk.complain(node, "counts: say by which day a record counts: “on” is missing.", "counts：缺少计入日期“on”。")
    for dating in (on, node.get("days_from")):
        if dating is not None:
            _dating(dating, known, desk)
    where = node.get("where")
    for clause in where.rows() if where else ():
        _clause(clause, known, desk)
    for key in _several(node.get("key")):
        _field(key, known, desk)
    _statistic(node, known, desk)


def _several(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.rows() if isinstance(node.value, list) else [node]


def _field(node: Node, known: RecordClass, desk: Desk) -> Field | None:
    found = known.fields.get(str(node.value))
    if found is None:
        _unknown(desk, node, node.value, known.fields)
    return found


def _dating(node: Node, known: RecordClass, desk: Desk) -> None:
    if isinstance(node.value, dict):
        _step(node, known, desk)
        return
    for one in _several(node):
        found = _field(one, known, desk)
        if found is not None and not found.is_date:
            desk.complain(
                one,
                f"counts: “{one.value}” is no date, so nothing can be counted by it.",
                f"counts：“{one.value}”不是日期字段，不能作为计入日期。",
            )


def _step(node: Node, known: RecordClass, desk: Desk) -> None:
    for which, state in node.value.items():
        if which not in ("first", "last"):
            _unknown(desk, state, which, ("first", "last"))
        elif known.states is None:
            desk.complain(
                state, f"counts: {known.name.en} have no states to come to.", f"counts：{known.name.zh}没有状态流转。"
            )
        elif not known.states.has(str(state.value)):
            _unknown(desk, state, state.value, known.states.codes())


def _clause(node: Node, known: RecordClass, desk: Desk) -> None:
    if (several := node.get("any")) is not None:
        for one in several.rows():
            _clause(one, known, desk)
        return
    name = node.get("field")
    found = _field(name, known, desk) if name is not None else None
    if name is None:
        desk.complain(node, "counts: a condition names its field.", "counts：条件须写明 field。")
    operators = [key for key in node.value if key != "field"] if isinstance(node.value, dict) else []
    for operator in operators:
        if not Operator.has(operator):
            _unknown(desk, node.value[operator], operator, Operator.codes())
        elif found is not None:
            _values(Operator(operator), node.value[operator], found, desk)
    if len(operators) != 1:
        desk.complain(
            node, "counts: a condition has one field and one operator.", "counts：一个条件只含一个字段和一个运算符。"
        )


def _values(operator: Operator, node: Node, found: Field, desk: Desk) -> None:
    """What stands on the right of a condition must be of the field's kind."""
    values = _several(node)
    if operator == Operator.KNOWN and not isinstance(node.value, bool):
        _unknown(desk, node, node.value, ("true", "false"))
    elif operator == Operator.COME:
        if not found.is_date:
            desk.complain(node, "counts: only a day can come.", "counts：只有日期字段可用 come。")
        elif node.value not in (True, False, "or_unknown"):
            _unknown(desk, node, node.value, ("true", "false", "or_unknown"))
    elif operator in ORDERED and not (found.is_number and isinstance(node.value, int | Decimal)):
        desk.complain(node, "counts: only numbers are compared.", "counts：只有数值字段可比较大小。")
    elif operator not in (*ORDERED, Operator.KNOWN):
        _codes(values, found, desk)


def _codes(values: list[Node], found: Field, desk: Desk) -> None:
    for one in values:
        if found.kind == FieldKind.FLAG:
            if not isinstance(one.value, bool):
                _unknown(desk, one, one.value, ("true", "false"))
        elif found.words is not None and not found.words.has(str(one.value)):
            _unknown(desk, one, one.value, found.words.codes())
        elif found.list:
            desk.want(f"list:{found.list}", str(one.value), one)


def _statistic(node: Node, known: RecordClass, desk: Desk) -> None:
    written, amount = node.get("statistic"), node.get("amount")
    if written is not None and not Statistic.has(str(written.value)):
        _unknown(desk, written, written.value, Statistic.codes())
        return
    is_count = written is None or written.value == Statistic.COUNT
    has_number = amount is not None or node.get("days_from") is not None
    if is_count == has_number:
        desk.complain(
            written or amount or node,
            "counts: a sum, median or mean has `amount` or `days_from`; a count has neither.",
            "counts：合计、中位数、平均值需填写 amount 或 days_from；计数则不填。",
        )
    found = _field(amount, known, desk) if amount is not None else None
    if found is not None and not found.is_number:
        desk.complain(
            amount, f"counts: “{amount.value}” is no number to add up.", f"counts：“{amount.value}”不是数值字段。"
        )
    if not is_count and node.get("key") is not None:
        desk.complain(
            node.get("key"), "counts: only a count can count each one once.", "counts：只有计数可按 key 去重。"
        )
