"""Says why figures differ: one sentence in both languages, made from the facts of each difference."""

from collections.abc import Callable, Sequence
from itertools import combinations

from grandunion.engines.indicators.agreement import Said, worst
from grandunion.engines.indicators.reconciling import Difference, Saying
from grandunion.engines.indicators.wording import written
from grandunion.terms.claims import Abroad, Cause, ClaimStage, Language, Medium, Thing
from grandunion.terms.plans import Agreement, Qualifier
from grandunion.terms.text import NOTHING, Text, Word, listed

HUB = Text("the whole hub", "园区整体")
FLOW = Text("new in a period", "期内新增")
STOCK = Text("gathered until a day", "截至某日累计")
TELLS = {
    Cause.ENTERPRISE_OR_PROJECT: Text(
        "An enterprise is not a project: one enterprise may carry several projects, and a project may have none.",
        "企业不等于项目：一家企业可承接多个项目，一个项目也可能尚无承接企业。",
    ),
    Cause.PERSON_OR_ORGANISATION: Text(
        "Persons and organisations are counted in different units; neither follows from the other.",
        "人数与组织数计量单位不同，不能相互推算。",
    ),
    Cause.PARTNER_OR_UNIT: Text(
        "A partner is not an innovation unit: a partner may run several units, or none yet.",
        "合伙人不等于创新单元：一家合伙人可运营多个单元，也可能尚无单元。",
    ),
    Cause.FLOOR_OR_LAND: Text(
        "Floor area is built in storeys; land is measured on the ground.", "建筑面积按楼层计，土地面积按占地计。"
    ),
    Cause.RECRUITED_OR_SIGNED: Text(
        "Recruited is not signed: an agreement follows later, or never.",
        "招募不等于签约：招募之后才签订协议，也可能不签。",
    ),
    Cause.PLANNED_OR_PAID_IN: Text(
        "What is planned, registered, subscribed, paid in and invested are different amounts.",
        "计划规模、注册规模、认缴、实缴与已投是不同的金额。",
    ),
    Cause.TRANSLATION: Text(
        "One issuer's figure reads differently in two languages: the Chinese is the original, the English a mistake.",
        "同一发布方的同一数据中英文表述不同：以中文原文为准，英文为误译。",
    ),
    Cause.FLOW_OR_STOCK: Text(
        "What is new in a period is not what was gathered until a day.", "期内新增数不等于截至某日的累计数。"
    ),
    Cause.SCOPE: Text(
        "They are figures of different wholes; a part is not the whole.", "统计范围不同，部分不等于整体。"
    ),
    Cause.AS_OF: Text("They hold for different days of the same year.", "两者截至时点不同（同一年内）。"),
    Cause.QUALIFIER: Text(
        "The number is the same, but what is said of it excludes the other.", "数字相同，但限定词互相排斥。"
    ),
    Cause.UNEXPLAINED: Text(
        "They say they mean the same and cannot both be true; ask whoever published them.",
        "口径相同却不能同时成立，请向发布单位核实。",
    ),
}  # fmt: skip
NUMBERED = frozenset(
    {Cause.ENTERPRISE_OR_PROJECT, Cause.PERSON_OR_ORGANISATION, Cause.PARTNER_OR_UNIT, Cause.PLANNED_OR_PAID_IN}
)  # where the same number on two sides says that one side is wrong


def sentence(difference: Difference) -> Text:
    """Why the sayings of a difference differ: each side with its figures, what tells them apart, and what follows."""
    sides = _sides(difference)
    told = [Text("{label}: {figures}.", "{label}：{figures}。").fill(label=label, figures=_figures(group))
            for label, group in sides]  # fmt: skip
    return _joined([*told, TELLS[difference.cause], _same_number(difference.cause, sides), _qualifiers(difference)])


def figure_of(one: Saying) -> Text:
    """A saying in its words: over 800 technology projects (City, for 2023)."""
    time = Text(f", {one.when.en}", f"，{one.when.zh}") if one.when.en else NOTHING
    return Text("{said} ({by}{time})", "{said}（{by}{time}）").fill(said=one.said, by=one.by, time=time)


def _sides(difference: Difference) -> list[tuple[Text, list[Saying]]]:
    """The sayings grouped by what tells them apart, in the order given."""
    label = LABELS[difference.cause]
    groups: dict[Text, list[Saying]] = {}
    for one in difference.sayings:
        groups.setdefault(label(one), []).append(one)
    return [(Text(name.en[:1].upper() + name.en[1:], name.zh), group) for name, group in groups.items()]


def _figures(group: Sequence[Saying]) -> Text:
    return listed(figure_of(one) for one in group)


def _same_number(cause: Cause, sides: Sequence[tuple[Text, list[Saying]]]) -> Text:
    """That one number stands on two sides, where it can be right on one only."""
    if cause not in NUMBERED:
        return NOTHING
    for (_, one), (_, other) in combinations(sides, 2):
        if shared := {said.value for said in one} & {said.value for said in other}:
            return Text("The same number {n} is said of both: it was counted as one of them only.",
                        "两种口径出现相同的数字 {n}：只可能属于其中一种。").fill(n=written(min(shared)))  # fmt: skip
    return NOTHING


def _qualifiers(difference: Difference) -> Text:
    """What the different qualifiers of the same sort of figure come to."""
    if Cause.QUALIFIER not in difference.also:
        return NOTHING
    words = listed(Qualifier(code).text for code in dict.fromkeys(one.qualifier for one in difference.sayings))
    said = worst(Said(one.value, one.qualifier) for one in difference.sayings)
    can = (Text("taken as numbers they cannot all be true", "单看数字，不能同时成立") if said is Agreement.CONTRADICT
           else Text("taken as numbers they can all be true", "单看数字，可以同时成立"))  # fmt: skip
    return Text("Their qualifiers differ ({words}); {can}.", "限定词不同（{words}）；{can}。").fill(
        words=words, can=can
    )


def _joined(parts: Sequence[Text]) -> Text:
    known = [part for part in parts if part.en]
    return Text(" ".join(part.en for part in known), "".join(part.zh for part in known))


def _word(words: type[Word], code: str) -> Text:
    return words(code).text if words.has(code) else Text("not said", "未说明")


def _kind(one: Saying) -> Text:
    return FLOW if one.about.is_flow else STOCK


def _scope(one: Saying) -> Text:
    return one.name if one.about.whole else (one.place if one.area else HUB)


def _language(one: Saying) -> Text:
    where = _word(Abroad, one.about.abroad) if one.about.abroad else _word(Thing, one.about.thing)
    language = {Language.ZH: Text("Chinese", "中文原文"), Language.EN: Text("English", "英文")}.get(one.original)
    if language is None:
        return where
    return Text("{where} ({language})", "{where}（{language}）").fill(where=where, language=language)


LABELS: dict[Cause, Callable[[Saying], Text]] = {
    Cause.ENTERPRISE_OR_PROJECT: lambda one: _word(Thing, one.about.thing),
    Cause.PERSON_OR_ORGANISATION: lambda one: _word(Thing, one.about.thing),
    Cause.PARTNER_OR_UNIT: lambda one: _word(Thing, one.about.thing),
    Cause.FLOOR_OR_LAND: lambda one: _word(Medium, one.about.medium),
    Cause.RECRUITED_OR_SIGNED: lambda one: _word(ClaimStage, one.about.stage),
    Cause.PLANNED_OR_PAID_IN: lambda one: _word(ClaimStage, one.about.stage),
    Cause.TRANSLATION: _language,
    Cause.FLOW_OR_STOCK: _kind,
    Cause.SCOPE: _scope,
    Cause.AS_OF: lambda one: one.when,
    Cause.QUALIFIER: lambda one: Qualifier(one.qualifier).text,
    Cause.UNEXPLAINED: lambda one: one.by,
}
