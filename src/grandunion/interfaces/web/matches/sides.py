"""Both sides of a match as its page shows them: what is asked for, and what is offered for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.records import word
from grandunion.terms.achievements import AchievementKind
from grandunion.terms.needs import Category
from grandunion.terms.scenarios import DemandType
from grandunion.terms.text import NOTHING, Text, either

Facts = list[tuple[Text, object]]


@dataclass(frozen=True, slots=True)
class Face:
    """One side: its heading, its name with the address where the reader may open it, its words and its facts."""

    heading: Text
    title: Text
    url: str
    text: Text
    facts: list[tuple]


def title(match: object) -> Text:
    """What a match is called: what is asked for, and what is offered."""
    return Text("{need} – {offer}", "{need}——{offer}").fill(need=match.asking.title, offer=_offered(match))


def invited(match: object) -> Text:
    """What the invited supplier is asked to do, and until when."""
    until = match.opportunity.proposals_until
    if until is None:
        return Text("You are invited: propose, or decline with a reason.", "诚邀您提交方案，也可选择原因谢绝。")
    said = Text("You are invited to propose until {day}: propose, or decline with a reason.",
                "诚邀您于 {day} 前（含当日）提交方案，也可选择原因谢绝。")  # fmt: skip
    return said.fill(day=tags.day(until))


def faces(match: object, found: object) -> tuple[Face, Face]:
    """What is asked for and what is offered; `found` says what of it the reader may open."""
    return _asked(match, found), _on_offer(match, found)


def _asked(match: object, found: object) -> Face:
    one = match.asking
    if match.opportunity:
        url = f"/w/scenarios/{one.number}/" if found.opens_need else ""
        return Face(Text("The scenario", "场景机会"), one.title, url, one.pain, _grouped(_opportunity(one)))
    url = f"/w/needs/{one.number}/" if found.opens_need else ""
    said = either(one.text_en, one.text_zh)
    return Face(Text("What is needed", "需求"), one.title, url, said, _grouped(_need(one)))


def _on_offer(match: object, found: object) -> Face:
    heading = Text("What is offered", "供给")
    if match.capability:
        one = match.capability
        url = f"/w/capabilities/{one.number}/" if found.opens_capability else ""
        return Face(Text("The capability", "场景能力"), one.title, url, one.text, _grouped(_capability(one)))
    if match.achievement:
        one = match.achievement
        url = f"/w/achievements/{one.number}/" if found.opens_achievement else ""
        said = either(one.abstract_public_en, one.abstract_public_zh)
        return Face(heading, one.title, url, said, _grouped(_achievement(one)))
    if match.offer:
        url = f"/w/offers/{match.offer.number}/" if found.is_desk else ""
        return Face(heading, match.offer.title, url, either(match.offer.text_en, match.offer.text_zh), [])
    return Face(heading, _offered(match), "", NOTHING, [])


def _offered(match: object) -> Text:
    one = match.achievement or match.offer or match.capability
    if one:
        return one.title
    return match.expert.name if match.expert else match.offering.name


def _grouped(rows: Facts) -> list[tuple]:
    return [(None, [row for row in rows if row[1]])]


def _need(need: object) -> Facts:
    """What everybody may read who sees the need's title: fields of class S0 only."""
    return [
        (Text("Category", "类别"), word(Category, need.category)),
        *_classed(need),
        (Text("Maturity wanted", "期望成熟度"), f"TRL {need.trl_wanted}" if need.trl_wanted else None),
        (Text("Budget", "预算"), tags.money(need.budget, need.currency)),
        (Text("Wanted by", "期望完成日期"), tags.day(need.wanted_by)),
    ]


def _opportunity(one: object) -> Facts:
    """What everybody may read of a scenario: fields of class S0 only."""
    return [
        *_classed(one),
        (Text("Kind of unit", "单位类型"), word(DemandType, one.demand_type)),
        (Text("Budget", "预算"), tags.money(one.budget, one.currency)),
        (Text("Proposals until", "方案征集截止"), tags.day(one.proposals_until)),
    ]


def _capability(one: object) -> Facts:
    """What everybody may read of a capability: fields of class S0 only."""
    return [
        *_classed(one),
        (Text("Maturity", "成熟度"), f"TRL {one.trl}" if one.trl else None),
        (Text("Weeks until it can be tried", "可验证周期（周）"), one.weeks),
    ]


def _achievement(one: object) -> Facts:
    """What is public of the achievement: fields of class S0 only."""
    return [
        (Text("Kind", "类型"), word(AchievementKind, one.achievement_kind)),
        *_classed(one),
        (Text("Maturity", "成熟度"), f"TRL {one.trl}" if one.trl else None),
        (Text("Keywords", "关键词"), one.keywords),
    ]


CLASSES: Mapping[str, Text] = {
    "domain": Text("Domain", "场景领域"), "field": Text("Field", "领域"), "industry": Text("Industry", "行业"),
}  # fmt: skip


def _classed(one: object) -> Facts:
    found = ((said, getattr(one, name, None)) for name, said in CLASSES.items())
    return [(said, term.name) for said, term in found if term]
