"""Says in both languages how a rule counts, out of the rule itself."""

from grandunion.engines.indicators.rules import AnyOf, Condition, Dating, Rule
from grandunion.terms.counting import CLASSES, Field, FieldKind, Operator, RecordClass, Statistic
from grandunion.terms.text import Text, listed

Named = dict[str, Text]  # codes of lists → their names


def said(rule: Rule, named: Named | None = None) -> Text:
    """How the rule counts: “Transfer projects by the day of landing, where: company is recorded.”"""
    known = CLASSES[rule.record]
    whole = Text("{what} by {day}", "{what}，按{day}计").fill(what=_what(rule, known), day=dated(rule.on, known))
    if rule.where:
        clauses = [_clause(one, known, named or {}) for one in rule.where]
        en, zh = "; ".join(one.en for one in clauses), "；".join(one.zh for one in clauses)
        whole = Text("{whole}, where: {clauses}", "{whole}；条件：{clauses}").fill(whole=whole, clauses=Text(en, zh))
    if rule.key:
        keys = listed(known.fields[name].name for name in rule.key[:1])
        whole = Text("{whole}; each {key} counts once", "{whole}；同一{key}只计一次").fill(whole=whole, key=keys)
    return Text(f"{whole.en}.", f"{whole.zh}。")


def dated(dating: Dating, known: RecordClass) -> Text:
    """By which day: that of landing, or that of first coming to a state."""
    if dating.state:
        frame = Text("the day of last reaching “{state}”", "最近一次进入“{state}”之日") if dating.is_last else Text(
            "the day of first reaching “{state}”", "首次进入“{state}”之日")  # fmt: skip
        return frame.fill(state=known.states(dating.state).text)
    names = [known.fields[name].name for name in dating.fields]
    first = Text("the day of {name}", "{name}").fill(name=names[0])
    if len(names) == 1:
        return first
    rest = listed(names[1:])
    return Text("{first} (where that is not recorded, of {rest})", "{first}（未登记的按{rest}）").fill(
        first=first, rest=rest
    )


def _what(rule: Rule, known: RecordClass) -> Text:
    if rule.since is not None:
        frame = Text("{statistic} of the days from {since} in {records}", "{records}自{since}起的天数{statistic}")
        return frame.fill(statistic=rule.statistic.text, records=known.name, since=dated(rule.since, known))
    if rule.statistic == Statistic.COUNT:
        return known.name
    frame = Text("{statistic} of {amount} in {records}", "{records}的{amount}{statistic}")
    return frame.fill(statistic=rule.statistic.text, amount=known.fields[rule.amount].name, records=known.name)


def _clause(clause: Condition | AnyOf, known: RecordClass, named: Named) -> Text:
    if isinstance(clause, AnyOf):
        ones = [_clause(one, known, named) for one in clause.conditions]
        return Text(" or ".join(one.en for one in ones), "或".join(one.zh for one in ones))
    return condition(clause, known, named)


def condition(clause: Condition, known: RecordClass, named: Named | None = None) -> Text:
    """One condition in words: “company is recorded”, “state is none of spam”."""
    about = known.fields[clause.field]
    if clause.operator == Operator.KNOWN:
        is_wanted = clause.values[0] is True
        frame = Text("{field} is recorded", "已登记{field}") if is_wanted else Text("no {field}", "无{field}")
        return frame.fill(field=about.name)
    if clause.operator == Operator.COME:
        frame = {True: Text("{field} has come", "{field}已到"), False: Text("{field} has not come", "{field}未到")}.get(
            clause.values[0], Text("{field} has come, if it is recorded", "{field}已到或未登记"))  # fmt: skip
        return frame.fill(field=about.name)
    values = listed(_value(one, about, named or {}) for one in clause.values)
    frame = Text("{field} {operator} {values}", "{field}{operator}{values}")
    return frame.fill(field=about.name, operator=clause.operator.text, values=values)


def _value(value: object, about: Field, named: Named) -> Text:
    if about.words is not None and about.words.has(str(value)):
        return about.words(str(value)).text
    if about.kind == FieldKind.FLAG:
        return Text("yes", "是") if value else Text("no", "否")
    return named.get(str(value)) or Text(str(value), str(value))
