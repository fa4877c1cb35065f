"""The lists of opportunities, capabilities, proposals, challenges and bids: for the screen, export and API at once."""

from django.db.models import Q

from grandunion.records.scenarios import Bid, Capability, Challenge, Opportunity, Proposal
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import (
    BidState,
    CapabilityState,
    ChallengeState,
    DemandType,
    OpportunityState,
    ProposalState,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing

NUMBER = Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0)
AREA = Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", sort=("area__position",))
FIELD = Column(
    "field", Text("Field", "技术领域"), ("field__name_zh", "field__name_en"), "term", sort=("field__position",),
    secrecy=Secrecy.S0, is_shown=False,
)  # fmt: skip
DOMAIN = Column(
    "domain", Text("Domain", "场景领域"), ("domain__name_zh", "domain__name_en"), "term", sort=("domain__position",),
    secrecy=Secrecy.S0,
)  # fmt: skip
MANAGER = Column(
    "in_charge", Text("Scenario manager", "场景经理人"), ("in_charge__name_zh", "in_charge__name_en"), "term"
)
LEVEL = Column("level", Text("Open to", "公开范围"), ("level",), "word", Level, is_shown=False)
UPDATED = Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",), is_shown=False)
OWNER_FILTER = Filter("owner", Text("Organisation's number", "单位编号"), "owner__number", kind="link")
AREA_FILTER = Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term")
DOMAIN_FILTER = Filter("domain", Text("Domain", "场景领域"), "domain", list_code="scenario_domains", kind="term")
FIELD_FILTER = Filter("field", Text("Field", "技术领域"), "field", list_code="fields", kind="term")


def titled(en: str, zh: str) -> Column:
    """The column of a record's title in both languages."""
    return Column("title", Text(en, zh), ("title_zh", "title_en"), "title", sort=("title_zh", "title_en"),
                  secrecy=Secrecy.S0)  # fmt: skip


def state(words: type[Word]) -> Column:
    """The column of a record's state."""
    return Column("state", Text("State", "状态"), ("state",), "word", words, ("state",), Secrecy.S0)


def owner(en: str, zh: str) -> Column:
    """The column of whose the record is."""
    return Column("owner", Text(en, zh), ("owner__name_zh", "owner__name_en"), "term", sort=("owner__sort_key",))


class Whose(Word):
    """Whose records a list is narrowed to."""

    OURS = "ours", "Ours", "我方的"
    MINE = "mine", "In my charge", "我经办的"


def whose(value: str, reader: Reader) -> Q:
    """Records of the reader's own organisations, or in the reader's charge."""
    if not Whose.has(value):
        codes = Whose.codes()
        raise invalid(
            "whose", f"“{value}” is not one of: {', '.join(codes)}.", f"“{value}”不在可选范围：{'、'.join(codes)}。"
        )
    return Q(owner__in=reader.organisation_ids) if value == Whose.OURS else Q(in_charge=reader.user_id)


def headed(words: str) -> Q:
    """Pages by their number or their title: what is written on them is in no index."""
    return Q(number__icontains=words) | Q(heading__icontains=words)


WHOSE = Filter("whose", Text("Whose", "归属"), "owner", Whose, condition=whose)
OPPORTUNITIES = Listing(
    code="scenarios",
    name=Text("Opportunity list", "场景机会清单"),
    record=Opportunity,
    columns=(
        NUMBER, titled("Opportunity", "机会名称"), state(OpportunityState), DOMAIN,
        Column("demand_type", Text("Kind of unit", "单位类型"), ("demand_type",), "word", DemandType, ("demand_type",),
               Secrecy.S0, is_shown=False),
        owner("Demand unit", "需求单位"),
        Column("proposals_until", Text("Proposals until", "征集截止"), ("proposals_until",), "day",
               sort=("proposals_until",), secrecy=Secrecy.S0),
        Column("budget", Text("Budget", "预算"), ("budget", "currency"), "money", sort=("budget",), secrecy=Secrecy.S0,
               is_shown=False),
        Column("permit", Text("Safety permit", "安全许可"), ("safety_permit",), "word", SafetyPermit, is_shown=False,
               secrecy=Secrecy.S0),
        Column("follow_on", Text("Follow-on contract", "后续合同额"), ("follow_on_value", "currency"), "money",
               sort=("follow_on_value",), is_shown=False),
        MANAGER, AREA, FIELD, LEVEL, UPDATED,
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", OpportunityState), DOMAIN_FILTER,
        Filter("demand_type", Text("Kind of unit", "单位类型"), "demand_type", DemandType), FIELD_FILTER, AREA_FILTER,
        WHOSE, OWNER_FILTER,
    ),
)  # fmt: skip
CAPABILITIES = Listing(
    code="capabilities",
    name=Text("Capability list", "场景能力清单"),
    record=Capability,
    columns=(
        NUMBER, titled("Capability", "能力名称"), state(CapabilityState), DOMAIN, owner("Supplier", "供应方"),
        Column("trl", Text("Maturity (TRL)", "技术成熟度"), ("trl",), "count", sort=("trl",), secrecy=Secrecy.S0),
        Column("weeks", Text("Weeks until it can be tried", "可验证周期（周）"), ("weeks",), "count",
               secrecy=Secrecy.S0, is_shown=False),
        Column("valid_until", Text("Valid until", "有效期至"), ("valid_until",), "day", sort=("valid_until",),
               secrecy=Secrecy.S0),
        AREA, FIELD, LEVEL, UPDATED,
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", CapabilityState), DOMAIN_FILTER, FIELD_FILTER, AREA_FILTER,
        WHOSE, OWNER_FILTER,
    ),
)  # fmt: skip
PROPOSALS = Listing(
    code="proposals",
    name=Text("Proposals for scenarios", "场景应用方案"),
    record=Proposal,
    columns=(
        NUMBER,
        Column("title", Text("Proposal", "方案"), ("heading", "heading"), "title", sort=("heading",)),
        state(ProposalState), owner("Supplier", "供应方"),
        Column("opportunity", Text("Opportunity", "场景机会"), ("opportunity__title_zh", "opportunity__title_en"),
               "term"),
        Column("submitted", Text("Handed in", "提交时间"), ("submitted_at",), "day", sort=("submitted_at",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", ProposalState),
        Filter("opportunity", Text("Opportunity's number", "机会编号"), "opportunity__number", kind="link"),
        WHOSE, OWNER_FILTER,
    ),
    words=headed,
)  # fmt: skip
CHALLENGES = Listing(
    code="challenges",
    name=Text("Open challenges", "揭榜挂帅"),
    record=Challenge,
    columns=(
        NUMBER, titled("Challenge", "榜单名称"), state(ChallengeState), owner("Enterprise", "需求企业"),
        Column("total_budget", Text("Total budget", "总金额"), ("total_budget", "currency"), "money",
               sort=("total_budget",), secrecy=Secrecy.S0),
        Column("bids_until", Text("Bids until", "揭榜截止"), ("bids_until",), "moment", sort=("bids_until",),
               secrecy=Secrecy.S0),
        Column("industry", Text("Industry", "行业"), ("industry__name_zh", "industry__name_en"), "term",
               secrecy=Secrecy.S0, is_shown=False),
        Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
        AREA, FIELD, LEVEL, UPDATED,
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", ChallengeState), FIELD_FILTER,
        Filter("industry", Text("Industry", "行业"), "industry", list_code="industries", kind="term"), AREA_FILTER,
        WHOSE, OWNER_FILTER,
    ),
)  # fmt: skip
BIDS = Listing(
    code="bids",
    name=Text("Bids", "揭榜申请"),
    record=Bid,
    columns=(
        NUMBER,
        Column("title", Text("Bid", "揭榜申请"), ("heading", "heading"), "title", sort=("heading",)),
        state(BidState), owner("Bidder", "揭榜方"),
        Column("challenge", Text("Challenge", "榜单"), ("challenge__title_zh", "challenge__title_en"), "term"),
        Column("submitted", Text("Handed in", "提交时间"), ("submitted_at",), "day", sort=("submitted_at",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", BidState),
        Filter("challenge", Text("Challenge's number", "榜单编号"), "challenge__number", kind="link"),
        WHOSE, OWNER_FILTER,
    ),
    words=headed,
)  # fmt: skip
