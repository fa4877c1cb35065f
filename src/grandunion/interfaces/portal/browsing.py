"""What everybody may look at: the front page, technologies on offer, open needs, areas, office hours."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from grandunion.interfaces.kit import figures
from grandunion.interfaces.kit.pages import Deed
from grandunion.interfaces.portal.lists import found
from grandunion.interfaces.portal.notices import address
from grandunion.interfaces.portal.pages import show
from grandunion.terms.text import Text, Word, listed
from grandunion.work.queries import lists
from grandunion.work.queries.achievements import public as achievements
from grandunion.work.queries.events import coming
from grandunion.work.queries.needs import public as needs
from grandunion.work.queries.plans.front import front as front_of

TECHNOLOGIES = (Text("Technologies on offer", "可转化技术"), "/technologies/")
NEEDS = (Text("Open needs", "公开需求"), "/needs/")
STEPS = (
    ("flask-conical", Text("Discover", "发现"), Text(
        "We visit laboratories, and inventors tell us what they have found.", "走访实验室，发明人披露成果。")),
    ("scale", Text("Evaluate and settle rights", "评价与确权"), Text(
        "Reviewers without conflict of interest judge it; rights and shares are settled in public notice.",
        "由无利益冲突的专家评价，赋权与份额经公示确定。")),
    ("handshake", Text("Match", "撮合"), Text(
        "We bring it together with a company, an investor or a place to try it; both sides agree first.",
        "与企业、投资机构或应用场景撮合，双方同意后再交换联系方式。")),
    ("rocket", Text("Prove and land", "验证与落地"), Text(
        "Proof of concept, contract, registration, space in one of the areas.",
        "概念验证、技术合同、企业注册、片区落户。")),
    ("sprout", Text("Grow", "成长"), Text(
        "Visits, policies, money and answers to every difficulty, for years.",
        "持续走访，对接政策与资金，诉求件件有回应。")),
)  # fmt: skip
AHEAD = timedelta(days=120)
EVENTS = 3


def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    figures.kept(request)
    found_now = front_of(request.at)
    return show(
        request, "front.html", Text("From the laboratory to the company", "从实验室到企业"), about=lists.hub().summary,
        front=found_now, steps=STEPS, planned=Text("Planned", "规划中"),
        news=[(one, address(one)) for one in found_now.news],
        events=coming(request.at, EVENTS), scanned=lists.scanned(request.build_absolute_uri("/")),
    )  # fmt: skip


def technologies(request: HttpRequest) -> HttpResponse:
    """The technologies on offer, to be searched."""
    about = Text(
        "Research results that their owners offer for transfer, licence or joint development.",
        "权利单位愿意转让、许可、作价入股或合作开发的科技成果。",
    )
    return show(request, "technologies.html", TECHNOLOGIES[0], about=about, subtitle=about,
                **found(request, achievements.OFFERED, achievements.technologies))  # fmt: skip


def technology(request: HttpRequest, number: str) -> HttpResponse:
    """One technology, as far as it is public."""
    row = achievements.technology(number, request.at)
    return show(
        request, "technology.html", row.title, about=row.abstract, row=row, number=row.number, state=row.state,
        tone="good" if row.is_on_offer else "neutral", crumbs=[TECHNOLOGIES, (row.title, "")],
        facts=[(None, _of_technology(row))],
        actions=[_deed(f"/ask/?about={row.number}", Text("I am interested", "我感兴趣"))] if row.is_on_offer else [],
    )  # fmt: skip


def _of_technology(row: achievements.Technology) -> list[tuple[Text, object]]:
    rows = [
        (Text("Owner", "权利单位"), row.owner_name),
        (Text("Kind", "成果类型"), row.kind),
        (Text("Technology readiness", "技术成熟度"), row.trl),
        (Text("Field", "技术领域"), row.field),
        *((Text("Industry", "应用行业"), industry) for industry in row.industries),
        *((Text("Way of transfer", "转化方式"), mode) for mode in row.modes),
        (Text("Keywords", "关键词"), row.keywords),
    ]
    return [pair for pair in rows if pair[1]]


def open_needs(request: HttpRequest) -> HttpResponse:
    """The needs that are open to everybody, to be searched."""
    about = Text(
        "What companies and teams here look for: technology, partners, people, places to try things.",
        "区内企业和团队正在寻找的技术、伙伴、人才与应用场景。",
    )
    return show(request, "needs.html", NEEDS[0], about=about, subtitle=about,
                **found(request, needs.OPEN, needs.all_wanted))  # fmt: skip


def need(request: HttpRequest, number: str) -> HttpResponse:
    """One need, as far as it is public; never who states it."""
    row = needs.wanted(number, request.at)
    return show(
        request, "need.html", row.title, about=row.text, row=row, number=row.number, state=row.state,
        crumbs=[NEEDS, (row.title, "")], facts=[(None, _of_need(row))],
        actions=[_deed(f"/ask/?about={row.number}", Text("I can help", "我能提供帮助"))],
    )  # fmt: skip


def _of_need(row: needs.Wanted) -> list[tuple[Text, object]]:
    rows = [
        (Text("Category", "类别"), row.category),
        (Text("Subject", "主题"), row.subject),
        (Text("Field", "技术领域"), row.field),
        (Text("Industry", "行业"), row.industry),
        (Text("Budget", "预算"), row.budget),
        (Text("Wanted by", "期望完成"), row.wanted_by),
        (Text("Readiness wanted (TRL)", "期望技术成熟度"), row.trl_wanted),
        (Text("Ways of transfer welcome", "可接受的转化方式"), _all_of(row.modes_wanted)),
        (Text("Round of financing", "融资轮次"), row.finance_round),
        (Text("Forms of money welcome", "可接受的资金形式"), _all_of(row.instruments_wanted)),
    ]
    return [pair for pair in rows if pair[1]]


def _all_of(words: tuple[Word, ...]) -> Text | None:
    return listed(word.text for word in words) if words else None


def hours(request: HttpRequest) -> HttpResponse:
    """Office hours, the next public holidays, and how to reach the hub."""
    hub = lists.hub()
    return show(
        request, "hours.html", Text("Office hours and contact", "服务时间与联系方式"), about=hub.office_hours,
        holidays=_holidays(timezone.localtime(request.at).date()),
    )  # fmt: skip


def _holidays(today: date) -> list[tuple[Text, str, str]]:
    """The public holidays ahead: name, first and last day."""
    kept = (lists.setting("calendar") or {}).get("holidays", ())
    return [
        (Text(row["name_en"], row["name_zh"]), row["starts_on"], row["ends_on"])
        for row in kept
        if row["ends_on"] >= today.isoformat() and row["starts_on"] <= (today + AHEAD).isoformat()
    ]


def _deed(url: str, text: Text) -> Deed:
    return Deed(url, text, "handshake", is_primary=True)
