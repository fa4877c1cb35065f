"""The public pages of partners and centres, of programmes, and of each area."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import tags
from grandunion.interfaces.portal.lists import found
from grandunion.interfaces.portal.pages import show
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.programmes import Knowledge
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import programmes, search, spaces
from grandunion.work.queries.parties import public as parties

PARTNERS = (Text("Partners and centres", "合作伙伴与机构"), "/partners/")
PROGRAMMES = (Text("Programmes and policies", "计划与政策"), "/programmes/")
AREAS = (Text("Areas", "片区"), "/areas/")
# What schema.org calls each kind of organisation.
SCHEMAS = {
    OrganisationKind.UNIVERSITY: "CollegeOrUniversity", OrganisationKind.INSTITUTE: "ResearchOrganization",
    OrganisationKind.BUREAU: "GovernmentOrganization", OrganisationKind.INVESTOR: "FinancialService",
}  # fmt: skip
TONES = {Knowledge.FULL: "good", Knowledge.PARTLY: "info"}
IN_AREA, LONGEST = 24, 200
ELSEWHERE = Text("District not recorded", "行政区未登记")


def partners(request: HttpRequest) -> HttpResponse:
    """The organisations that carry the hub, to be searched."""
    about = Text(
        "Universities, institutes, investors, service institutions, partners and authorities around the hub.",
        "与本平台协作的高校院所、投资机构、科技服务机构、合伙人与政府部门。",
    )
    return show(request, "partners.html", PARTNERS[0], about=about, subtitle=about,
                **found(request, parties.PARTNERS, parties.partners))  # fmt: skip


def partner(request: HttpRequest, number: str) -> HttpResponse:
    """One partner, as far as it is public."""
    row = parties.partner(number, request.at)
    facts = [
        (Text("Kind", "类型"), row.kind.text),
        (Text("Area", "片区"), row.area),
        (Text("Place", "所在地"), row.place),
        (Text("Industry", "行业"), row.industry),
        (Text("Founded", "成立日期"), tags.day(row.founded_on)),
        (Text("ROR", "ROR 编号"), row.ror),
    ]
    return show(
        request, "partner.html", row.name, about=row.summary, row=row, number=row.number, crumbs=[PARTNERS,
        (row.name, "")], facts=[(None, [pair for pair in facts if pair[1]])],
        schema=SCHEMAS.get(row.kind, "Organization"),
    )  # fmt: skip


def all_programmes(request: HttpRequest) -> HttpResponse:
    """The programmes, to be searched by words."""
    about = Text(
        "What the province, the city and the hub support, from where it is known, and whether anybody compared it "
        "with its source.",
        "省、市及本平台的支持事项，注明出处与是否已核对。",
    )
    words = search.cleaned(request.GET.get("q", ""))[:LONGEST]
    rows = programmes.programmes(visitor(request.at), words)
    return show(request, "programmes.html", PROGRAMMES[0], about=about, subtitle=about, rows=rows, words=words,
                tones=TONES)  # fmt: skip


def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme, with its source and how much of it is known."""
    row = programmes.programme(code, visitor(request.at))
    unverified = Text("Nobody compared it with its source yet", "尚未与原文核对")
    facts = [
        (Text("Responsible", "主管单位"), row.organisation),
        (Text("Highest support", "支持上限"), row.cap),
        (Text("In words", "上限说明"), row.cap_note),
        (Text("In force from", "生效日期"), tags.day(row.valid_from)),
        (Text("How much is known here", "收录情况"), row.known.text),
        (Text("Source", "来源"), row.source),
        (Text("Compared with the source", "核对日期"), tags.day(row.verified_on) or unverified),
    ]
    return show(
        request, "programme.html", row.name, about=row.summary, row=row, state=row.known.text,
        tone=TONES.get(row.known, "neutral"), crumbs=[PROGRAMMES, (row.name, "")],
        facts=[(None, [pair for pair in facts if pair[1]])],
    )  # fmt: skip


def areas(request: HttpRequest) -> HttpResponse:
    """The areas of the hub, each within its district."""
    about = Text("Where companies of the hub settle.", "企业落户的片区。")
    return show(request, "areas.html", AREAS[0], about=about, ground=ground(spaces.areas(visitor(request.at))))


def ground(rows: Iterable[spaces.AreaRow]) -> list[tuple[Text, list[spaces.AreaRow]]]:
    """The areas by district, in the order of the hub's own list; those of no known district come last."""
    within: dict[Text, list[spaces.AreaRow]] = defaultdict(list)
    for row in rows:
        within[row.district or ELSEWHERE].append(row)
    return sorted(within.items(), key=lambda pair: pair[0] is ELSEWHERE)


def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area with the partners that stand in it."""
    row = next((one for one in spaces.areas(visitor(request.at)) if one.term.code == code), None)
    if row is None:
        raise Absent
    known = row.area
    summary = either(known.summary_en, known.summary_zh) if known else None
    facts = [
        (Text("District", "所属行政区"), row.district),
        (Text("Land, km²", "面积（平方公里）"), known and known.land_km2),
        (Text("Source", "来源"), known and known.source),
    ]
    return show(
        request, "area.html", row.term.name, about=summary, row=row, summary=summary, crumbs=[AREAS,
        (row.term.name, "")], facts=[(None, [pair for pair in facts if pair[1]])],
        partners=parties.in_area(code, request.at, IN_AREA),
    )  # fmt: skip
