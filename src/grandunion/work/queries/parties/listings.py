"""The lists of organisations and persons: one specification each for screen, export and API."""

from django.db.models import Q

from grandunion.records.parties import Organisation, Person
from grandunion.terms.parties import OrganisationKind, OrganisationStatus, PersonRole, Size
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.parties.children import holding, placed

S0 = Secrecy.S0


def _industry(value: str, reader: Reader) -> Q:
    """The section or division chosen, with all divisions of a section."""
    codes = value.split(",")
    return Q(industry__code__in=codes) | Q(industry__parent__code__in=codes)


def _label(value: str, reader: Reader) -> Q:
    """Organisations that hold the recognition on the reader's day."""
    return Q(pk__in=holding(value.split(","), reader.at))


def _role(value: str, reader: Reader) -> Q:
    if not all(PersonRole.has(code) for code in value.split(",")):
        raise Invalid(Problem("role", Text(f"“{value}” is no role.", f"没有“{value}”这一身份。")))
    return Q(pk__in=placed(value.split(","), reader))


ORGANISATION_LISTING = Listing(
    code="organisations",
    name=Text("Organisations", "单位"),
    record=Organisation,
    columns=(
        Column("name", Text("Name", "名称"), ("name_zh", "name_en"), "title", sort=("sort_key",), secrecy=S0),
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=S0),
        Column("kind", Text("Kind", "类型"), ("organisation_kind",), "word", OrganisationKind,
               ("organisation_kind", "sort_key"), S0),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term",
               sort=("area__position", "sort_key")),
        Column("industry", Text("Industry", "行业"), ("industry__name_zh", "industry__name_en"), "term",
               sort=("industry__code", "sort_key"), secrecy=S0),
        Column("size", Text("Size", "规模"), ("size",), "word", Size),
        Column("city", Text("City", "城市"), ("city",), sort=("city", "sort_key"), secrecy=S0),
        Column("founded_on", Text("Founded", "成立日期"), ("founded_on",), "day", sort=("founded_on",), secrecy=S0),
        Column("credit_code", Text("Credit code", "统一社会信用代码"), ("credit_code",), secrecy=S0, is_shown=False),
        Column("stock_symbol", Text("Stock symbol", "股票代码"), ("stock_symbol",), secrecy=S0, is_shown=False),
        Column("landed_on", Text("Landed", "落地日期"), ("landed_on",), "day", sort=("landed_on",), is_shown=False),
        Column("status", Text("Status", "状态"), ("status",), "word", OrganisationStatus, secrecy=S0, is_shown=False),
        Column("updated_at", Text("Changed", "更新时间"), ("updated_at",), "moment", sort=("updated_at",),
               is_shown=False),
    ),
    filters=(
        Filter("kind", Text("Kind", "类型"), "organisation_kind", OrganisationKind),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("industry", Text("Industry", "行业"), "industry", list_code="industries", condition=_industry),
        Filter("size", Text("Size", "规模"), "size", Size),
        Filter("label", Text("Recognition", "资质"), "", list_code="labels", condition=_label),
        Filter("country", Text("Country", "国家或地区"), "country", list_code="countries"),
        Filter("status", Text("Status", "状态"), "status", OrganisationStatus),
    ),
    order=("sort_key", "pk"),
    within=~Q(status=OrganisationStatus.MERGED),
)  # fmt: skip

PERSON_LISTING = Listing(
    code="persons",
    name=Text("Persons", "人员"),
    record=Person,
    columns=(
        Column("name", Text("Name", "姓名"), ("name_zh", "name_en"), "title", sort=("sort_key",)),
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("Title", "职称职务"), ("title_zh", "title_en"), "term"),
        Column("affiliation", Text("Affiliation", "所在单位"), ("affiliation",), sort=("affiliation", "sort_key")),
        Column("expertise", Text("Expertise", "专长"), ("expertise",)),
        Column("orcid", Text("ORCID", "ORCID"), ("orcid",), is_shown=False),
        Column("updated_at", Text("Changed", "更新时间"), ("updated_at",), "moment", sort=("updated_at",),
               is_shown=False),
    ),
    filters=(
        Filter("role", Text("Role", "身份"), "", PersonRole, condition=_role),
        Filter("affiliation", Text("Affiliation", "所在单位"), "affiliation", kind="text"),
    ),
    order=("sort_key", "pk"),
)  # fmt: skip
