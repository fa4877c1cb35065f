"""The public lists of scenarios, capabilities and open challenges, a page for each, and the challenges' notices."""

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.pages import Deed
from grandunion.interfaces.portal.lists import found
from grandunion.interfaces.portal.notices import standing
from grandunion.interfaces.portal.pages import show
from grandunion.terms.text import Text, listed
from grandunion.work.actions import scenarios as actions
from grandunion.work.queries import scenarios as queries

SCENARIOS = (Text("Scenario opportunities", "场景机会清单"), "/scenarios/")
CAPABILITIES = (Text("Scenario capabilities", "场景能力清单"), "/capabilities/")
CHALLENGES = (Text("Open challenges", "揭榜挂帅榜单"), "/challenges/")
ABOUT = {
    "scenarios": Text(
        "Where the city, its companies and its parks let something new be tried: propose on one page.",
        "城市、企业与园区开放的应用场景机会，一页纸即可提交方案。",
    ),
    "capabilities": Text(
        "What firms can put to use in the real world, verified before it stands here.",
        "经核实可在真实场景中应用的技术与产品能力。",
    ),
    "challenges": Text(
        "Needs put out for bids with indicators and money: whoever can reach them may bid. Bids stay sealed.",
        "面向社会公开张榜的技术攻关需求，明确指标与金额，谁能干谁揭榜，申请材料密封保存。",
    ),
}
Facts = list[tuple[Text, object]]


def scenarios(request: HttpRequest) -> HttpResponse:
    """The opportunity list."""
    shown = found(request, queries.OPEN_SCENARIOS, lambda rows: queries.all_scenarios(rows, request.at))
    return show(request, "scenarios.html", SCENARIOS[0], about=ABOUT["scenarios"], subtitle=ABOUT["scenarios"],
                here="scenarios", tile="portal/scenario_tile.html", **shown)  # fmt: skip


def capabilities(request: HttpRequest) -> HttpResponse:
    """The capability list."""
    about = ABOUT["capabilities"]
    shown = found(request, queries.OPEN_CAPABILITIES, queries.all_able)
    return show(request, "scenarios.html", CAPABILITIES[0], about=about, subtitle=about, here="capabilities",
                tile="portal/capability_tile.html", **shown)  # fmt: skip


def challenges(request: HttpRequest) -> HttpResponse:
    """The list of open challenges."""
    shown = found(request, queries.OPEN_CHALLENGES, lambda rows: queries.all_challenges(rows, request.at))
    about = ABOUT["challenges"]
    return show(request, "scenarios.html", CHALLENGES[0], about=about, subtitle=about, here="challenges",
                tile="portal/challenge_tile.html", **shown)  # fmt: skip


def scenario(request: HttpRequest, number: str) -> HttpResponse:
    """One opportunity, as far as it is public; who proposes signs in."""
    row = queries.scenario(number, request.at)
    deeds = [Deed(f"/w/scenarios/{number}/propose/", Text("Propose", "提交方案"), "send", is_primary=True)]
    return show(
        request, "scenario.html", row.title, about=row.pain, row=row, text=row.pain, number=number, state=row.state,
        tone="good" if row.is_open else "neutral", crumbs=[SCENARIOS, (row.title, "")], facts=[(None, _facts(row))],
        actions=deeds if row.is_open else [], heading=Text("The problem to be solved", "痛点问题"), here="scenarios",
        until=tags.day(row.proposals_until), schema="Demand",
    )  # fmt: skip


def _facts(row: queries.Scenario) -> Facts:
    return _filled(
        (Text("Domain", "场景领域"), row.domain), (Text("Kind of unit", "单位类型"), row.demand_type),
        (Text("Field", "技术领域"), row.field), (Text("Budget", "预算"), row.budget),
        (Text("Procurement", "采购方式"), row.route), (Text("Proposals until", "方案征集截止"),
                                                  tags.day(row.proposals_until)),
        (Text("From", "开始日期"), tags.day(row.starts_on)), (Text("To", "结束日期"), tags.day(row.ends_on)),
        (Text("Opened for the trial", "开放资源"), listed(row.openness)),
        (Text("Data there is", "数据基础"), row.base_data), (Text("Site there is", "场地基础"), row.base_site),
        (Text("Permits there are", "许可基础"), row.base_permits),
    )  # fmt: skip


def _filled(*pairs: tuple[Text, object]) -> Facts:
    return [(label, value) for label, value in pairs if (value.en if isinstance(value, Text) else value)]


def capability(request: HttpRequest, number: str) -> HttpResponse:
    """One capability, as far as it is public; the hub brings whoever is interested together with its owner."""
    row = queries.able(number, request.at)
    price = listed(part for part in (row.price_min, row.price_max) if part)
    facts = _filled(
        (Text("Domain", "场景领域"), row.domain), (Text("Field", "技术领域"), row.field),
        (Text("Technology readiness", "技术成熟度"), f"TRL {row.trl}" if row.trl else ""),
        (Text("Price", "报价"), price), (Text("Weeks until it can be tried", "可验证周期（周）"), row.weeks),
        (Text("What it needs", "应用条件"), row.conditions), (Text("Verified", "核实时间"), tags.day(row.verified_at)),
        (Text("Valid until", "有效期至"), tags.day(row.valid_until)),
        (Text("Where it runs already", "应用案例"), row.references),
    )  # fmt: skip
    deeds = [Deed(f"/ask/?about={number}", Text("I am interested", "我感兴趣"), "handshake", is_primary=True)]
    return show(
        request, "scenario.html", row.title, about=row.text, row=row, text=row.text, number=number, tone="good",
        crumbs=[CAPABILITIES, (row.title, "")], facts=[(None, facts)], actions=deeds, here="capabilities",
        heading=Text("What it does", "能力说明"), schema="Service",
    )  # fmt: skip


def challenge(request: HttpRequest, number: str) -> HttpResponse:
    """One open challenge, as far as it is public; who bids signs in."""
    row = queries.open_challenge(number, request.at)
    facts = _filled(
        (Text("Total budget", "总金额"), row.total_budget), (Text("The enterprise pays", "企业出资"),
                                                     row.enterprise_share),
        (Text("Public money", "财政出资"), row.fiscal_share),
        (Text("Months for the work", "实施周期（月）"), row.months),
        (Text("Bids until", "揭榜截止"), tags.moment(row.bids_until)), (Text("Field", "技术领域"), row.field),
        (Text("Industry", "行业"), row.industry), (Text("Conditions for bidders", "揭榜条件"), row.conditions),
        (Text("Excused if diligent", "尽职免责"), row.exemption),
    )  # fmt: skip
    deeds = [Deed(f"/w/challenges/{number}/bid/", Text("Bid", "揭榜"), "send", is_primary=True)]
    return show(
        request, "scenario.html", row.title, about=row.text, row=row, text=row.text, number=number, state=row.state,
        tone="good" if row.is_open else "neutral", crumbs=[CHALLENGES, (row.title, "")], facts=[(None, facts)],
        actions=deeds if row.is_open else [], heading=Text("What has to be solved", "技术需求"), here="challenges",
        until=tags.moment(row.bids_until), schema="Demand",
    )  # fmt: skip


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A standing notice of a challenge with its form for objections."""
    row = queries.challenge_notice(pk, request.at)
    return standing(request, row, row.challenge, row.text, actions.object_to)
