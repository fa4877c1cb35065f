"""Who may answer a need: the hub's routing rules, each asked and explained, what is unknown said and not held against.

A rule has the conditions of an institution, of one of its offices and of one of its experts; all of them must hold
(the shape is that of the French Conseillers-Entreprises service, where a need is matched with institution, antenna
and expert). Three-valued: true, false, or None where the need does not say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grandunion.terms.needs import Category, Stage
from grandunion.terms.text import NOTHING, Text, listed

YOUNG, OLD = 3 * 12, 10 * 12  # months: the borders of the stages, the house's own
Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What routing asks of a need; empty or None is unknown.

    `subjects` and `industries` are codes, the need's own first, then those above it. `age_months` and `headcount`
    are the enterprise's. `level` is how often the need was raised. `names` gives codes their names.
    """

    category: str
    subjects: tuple[str, ...] = ()
    area: str = ""
    industries: tuple[str, ...] = ()
    age_months: int | None = None
    headcount: int | None = None
    stage: str = ""
    level: int = 0
    names: Mapping[str, Text] = field(default_factory=dict)

    def name(self, code: str) -> Text:
        return self.names.get(code) or Text(code, code)


@dataclass(frozen=True, slots=True)
class Condition:
    """What an institution, an office or an expert answers; an empty set or None is no condition.

    Ages are whole years, `…_least` included and `…_most` not: from 0 to 3 is under three years old.
    """

    categories: Codes = frozenset()
    subjects: Codes = frozenset()
    areas: Codes = frozenset()
    industries: Codes = frozenset()
    industries_out: Codes = frozenset()
    stages: Codes = frozenset()
    age_least: int | None = None
    age_most: int | None = None
    headcount_least: int | None = None
    headcount_most: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One answerer of the routing: its conditions, its level, how much it takes at once (None: any number)."""

    code: str
    name: Text
    conditions: tuple[Condition, ...]
    level: int = 0
    capacity: int | None = None
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one condition says of the need: whether it holds (None: unknown), how close it is, and the sentence."""

    answer: bool | None
    says: Text
    closeness: int = 0


@dataclass(frozen=True)
class Ruling:
    """Whether an answerer may answer the need, and why: `load` is what it has open now."""

    rule: Rule
    findings: tuple[Finding, ...]
    load: int = 0

    @cached_property
    def answer(self) -> bool | None:
        """False if any condition fails, None if one is unknown, else true."""
        answers = {finding.answer for finding in self.findings}
        return False if False in answers else None if None in answers else True

    @cached_property
    def closeness(self) -> int:
        return sum(finding.closeness for finding in self.findings)

    @property
    def is_full(self) -> bool:
        """Whether it has as much open as it takes at once."""
        return self.rule.capacity is not None and self.load >= self.rule.capacity

    def said(self, answer: bool | None) -> Text:
        """The findings with this answer, as one sentence part."""
        return listed(dict.fromkeys(one.says for one in self.findings if one.answer is answer and one.says.en))

    @property
    def why(self) -> Text:
        """Why it, or why not, as a person says it."""
        if self.answer is False:
            return self.said(False)
        parts = [self.said(True)] if self.said(True).en else []
        if self.answer is None:
            unknown = self.said(None)
            parts.append(Text(f"not known: {unknown.en}", f"尚不明确：{unknown.zh}"))
        if self.is_full:
            full = Text(
                f"has {self.load} of {self.rule.capacity} open",
                f"在办 {self.load} 件，已达上限 {self.rule.capacity} 件",
            )
            parts.append(full)
        return Text("; ".join(one.en for one in parts), "；".join(one.zh for one in parts))


@dataclass(frozen=True, slots=True)
class Routing:
    """Everybody the rules know: those who may answer, the best first, and those who may not."""

    able: tuple[Ruling, ...]
    unable: tuple[Ruling, ...]


def may_answer(facts: NeedFacts, rule: Rule, load: int = 0) -> Ruling:
    """Whether the answerer of the rule may answer a need with these facts, every condition explained."""
    found = [finding for condition in rule.conditions for finding in _found(facts, condition)]
    return Ruling(rule, (*found, _at_level(facts, rule)), load)


def routed(facts: NeedFacts, rules: Iterable[Rule], loads: Mapping[str, int]) -> Routing:
    """All answerers: sure ones with room first, then the closest, then the least loaded; `loads` by rule code.

    O(rules × conditions). The same facts, rules and loads give the same order.
    """
    rulings = [may_answer(facts, rule, loads.get(rule.code, 0)) for rule in rules]
    able = sorted((one for one in rulings if one.answer is not False), key=_order)
    unable = sorted((one for one in rulings if one.answer is False), key=lambda one: (-one.closeness, one.rule.code))
    return Routing(tuple(able), tuple(unable))


def by_itself(routing: Routing) -> tuple[Ruling | None, bool]:
    """Whom the house may ask without a person, and whether the need has to wait for room.

    Only if the data suffice: the closest answerer is sure and automatic, and nobody closer is merely unknown. One
    who is full is passed over for the next automatic one; if all are full, the need waits.
    """
    by_closeness = sorted(
        routing.able, key=lambda one: (-one.closeness, one.answer is not None, one.rule.is_automatic, one.rule.code)
    )
    if not by_closeness or by_closeness[0].answer is None or not by_closeness[0].rule.is_automatic:
        return None, False
    ready = [one for one in routing.able if one.answer and one.rule.is_automatic]
    free = next((one for one in ready if not one.is_full), None)
    return free, free is None


def stage_of(applicant_type: str, age_months: int | None) -> str:
    """The stage of whoever asks, by what it is and how old; empty where neither is known."""
    if applicant_type == "pre_company_team":
        return Stage.TEAM.value
    if age_months is None:
        return ""
    return (Stage.START_UP if age_months < YOUNG else Stage.GROWTH if age_months < OLD else Stage.MATURE).value


def _order(one: Ruling) -> tuple:
    share = one.load / one.rule.capacity if one.rule.capacity else 0
    return one.is_full, one.answer is None, -one.closeness, share, one.rule.code


def _at_level(facts: NeedFacts, rule: Rule) -> Finding:
    if rule.level == facts.level:
        return Finding(True, Text("answers at this level", "属于本级承办") if facts.level else NOTHING)
    if rule.level > facts.level:
        return Finding(False, Text("answers only needs that were raised", "仅承办提级后的需求"))
    return Finding(False, Text("the need was raised above it", "需求已提级至上级单位"))


def _found(facts: NeedFacts, condition: Condition) -> Iterable[Finding]:
    """What a condition says, one finding for each thing it asks."""
    yield from _about(facts, condition)
    yield from _where(facts, condition)
    yield from _who(facts, condition)


def _about(facts: NeedFacts, condition: Condition) -> Iterable[Finding]:
    if condition.categories:
        name = Category(facts.category).text
        if facts.category in condition.categories:
            yield Finding(True, Text("answers “{it}”", "受理“{it}”类需求").fill(it=name), 2)
        else:
            yield Finding(False, Text("does not answer “{it}”", "不受理“{it}”类需求").fill(it=name))
    if condition.subjects:
        met = next((code for code in facts.subjects if code in condition.subjects), None)
        if not facts.subjects:
            yield Finding(None, Text("the subject", "具体事项"), 1)
        elif met:
            yield Finding(True, Text("answers “{it}”", "受理“{it}”").fill(it=facts.name(met)), 4)
        else:
            name = facts.name(facts.subjects[0])
            yield Finding(False, Text("does not answer “{it}”", "不受理“{it}”").fill(it=name))


def _where(facts: NeedFacts, condition: Condition) -> Iterable[Finding]:
    if condition.areas:
        if not facts.area:
            yield Finding(None, Text("the area", "所在片区"))
        elif facts.area in condition.areas:
            yield Finding(True, Text("serves {it}", "服务{it}").fill(it=facts.name(facts.area)), 1)
        else:
            yield Finding(False, Text("does not serve {it}", "不服务{it}").fill(it=facts.name(facts.area)))
    if condition.industries or condition.industries_out:
        yield _industry(facts, condition)


def _industry(facts: NeedFacts, condition: Condition) -> Finding:
    """The industry that is asked for or left out; what lies below a code of the rule counts as it."""
    if not facts.industries:
        return Finding(None, Text("the industry", "所属行业"))
    name = facts.name(facts.industries[0])
    if out := next((code for code in facts.industries if code in condition.industries_out), None):
        return Finding(False, Text("leaves out {it}", "不面向{it}").fill(it=facts.name(out)))
    if condition.industries and not condition.industries.intersection(facts.industries):
        return Finding(False, Text("is not for {it}", "不面向{it}").fill(it=name))
    return Finding(True, Text("is for {it}", "面向{it}").fill(it=name), 1 if condition.industries else 0)


def _who(facts: NeedFacts, condition: Condition) -> Iterable[Finding]:
    if condition.stages:
        yield _stage(facts, condition.stages)
    years = None if facts.age_months is None else facts.age_months // 12
    age = Text("the age of the enterprise", "企业成立年限"), Text("years old", "成立年限")
    yield from _between(years, condition.age_least, condition.age_most, *age, is_most_out=True)
    staff = Text("the headcount", "员工人数"), Text("people", "员工人数")
    yield from _between(facts.headcount, condition.headcount_least, condition.headcount_most, *staff)


def _stage(facts: NeedFacts, stages: Codes) -> Finding:
    if not facts.stage:
        return Finding(None, Text("the stage of the enterprise", "企业发展阶段"))
    name = Stage(facts.stage).text
    if facts.stage in stages:
        return Finding(True, Text("is for: {it}", "面向{it}").fill(it=name), 1)
    return Finding(False, Text("is not for: {it}", "不面向{it}").fill(it=name))


def _between(
    number: int | None, least: int | None, most: int | None, missing: Text, unit: Text, *, is_most_out: bool = False
) -> Iterable[Finding]:
    """A number that lies between two; the upper end belongs to the span unless it is out."""
    if least is None and most is None:
        return
    if number is None:
        yield Finding(None, missing)
        return
    is_under = most is None or (number < most if is_most_out else number <= most)
    holds = (least is None or number >= least) and is_under
    said = Text(f"{number} {unit.en}", f"{unit.zh} {number}")
    span = _span(least, most, is_most_out=is_most_out)
    yield Finding(holds, said if holds else Text(f"{said.en}, asks {span.en}", f"{said.zh}，要求{span.zh}"), int(holds))


def _span(least: int | None, most: int | None, *, is_most_out: bool) -> Text:
    over = Text(f"{least} and more", f"不少于 {least}") if least is not None else None
    below = "under" if is_most_out else "at most"
    under = Text(f"{below} {most}", f"{'少于' if is_most_out else '不多于'} {most}") if most is not None else None
    return listed(one for one in (over, under) if one is not None)
