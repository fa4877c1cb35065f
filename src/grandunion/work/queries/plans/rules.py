"""The counting rules, each by its name: what is counted, by which day, and why a record counts."""

from datetime import date

from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from grandunion.records.achievements import Achievement
from grandunion.records.journal import Entry
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, OrganisationLabel
from grandunion.records.projects import Contract, Project
from grandunion.terms.achievements import AchievementState
from grandunion.terms.contracts import ContractState
from grandunion.terms.needs import NeedState
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.plans import CountingRule
from grandunion.terms.text import Text
from grandunion.work.queries.plans.counting import Rule, by_day, by_moment, by_step, end_of

COUNTED_KINDS = (OrganisationKind.ENTERPRISE, OrganisationKind.INSTITUTE, OrganisationKind.SERVICE)
LANDED_WHY = Text("Landed on {day}.", "{day} 落地。")


def _first_landing(rows: QuerySet, first: date, last: date) -> QuerySet:
    """Companies dated by the day on which the first of their projects landed."""
    landed = Project.objects.unscoped("a company counts by the first landing of its projects")
    own = landed.filter(company=OuterRef("pk"), landed_on__lte=last).order_by().values("company")
    day = Subquery(own.annotate(day=Min("landed_on")).values("day"), output_field=DateField())
    came = landed.filter(landed_on__range=(first, last)).values("company")
    return rows.filter(pk__in=came).annotate(counted_on=day).filter(counted_on__range=(first, last))


def _both_accepted(rows: QuerySet, first: date, last: date) -> QuerySet:
    """Matches dated by the later of the two consents."""
    both = rows.exclude(Q(needing_accepted_at=None) | Q(offering_accepted_at=None))
    later = Greatest("needing_accepted_at", "offering_accepted_at")
    return by_moment("both_at")(both.annotate(both_at=later), first, last)


def _since(rows: QuerySet, first: date, last: date) -> QuerySet:
    """Organisations dated by their landing, or by the day they were registered here."""
    return rows.annotate(counted_on=Coalesce("landed_on", TruncDate("created_at")))


def _alive(on: date) -> Q:
    """Organisations that were not closed by the end of the day, as the journal knows the day of closing."""
    closed_later = Entry.objects.filter(
        verb="organisation.closed", subject_kind="organisation", at__gte=end_of(on)
    ).values("subject_id")
    return Q(status=OrganisationStatus.ACTIVE) | Q(status=OrganisationStatus.CLOSED, pk__in=closed_later)


def _in_hub(on: date) -> Q:
    """Organisations that had come to an area by the day, as companies and not as teams."""
    came = Q(landed_on__lte=on) | Q(landed_on=None, created_at__lt=end_of(on))
    return came & (Q(incorporated_on=None) | Q(incorporated_on__lte=on)) & _alive(on)


def _labelled(on: date, *codes: str) -> Q:
    """Organisations whose recognition is valid on the day; one without an end counts until an end is recorded."""
    labels = OrganisationLabel.objects.unscoped("a recognition counts for the figure of its kind").filter(
        organisation=OuterRef("pk"), label__list="labels", label__code__in=codes
    )
    begun = Q(starts_on__lte=on) | Q(starts_on=None, year__lte=on.year)
    return Q(Exists(labels.filter(begun, Q(ends_on=None) | Q(ends_on__gt=on))))


def _high_tech(on: date) -> Q:
    return _in_hub(on) & _labelled(on, "high_tech_enterprise")


def _listed_or_unicorn(on: date) -> Q:
    return _in_hub(on) & (~Q(stock_symbol="") | _labelled(on, "listed", "unicorn"))


def _teams(on: date) -> Q:
    """Teams on the day: those of today, and those that became companies only afterwards."""
    became = Entry.objects.filter(verb="organisation.incorporated", subject_kind="organisation")
    later = Q(incorporated_on__gt=on, pk__in=became.values("subject_id")) | Q(
        incorporated_on=None, pk__in=became.filter(at__gte=end_of(on)).values("subject_id")
    )
    was_team = Q(organisation_kind=OrganisationKind.TEAM) | (~Q(organisation_kind=OrganisationKind.TEAM) & later)
    return Q(created_at__lt=end_of(on)) & was_team & _alive(on)


def _registered(rows: QuerySet, first: date, last: date) -> QuerySet:
    return by_step("contract", ContractState.REGISTERED)(rows, first, last)


REGISTERED = {
    "record": Contract,
    "dated": _registered,
    "why": Text("Registered on {day}.", "{day} 认定登记。"),
    "flow": "contract",
    "stood": frozenset({ContractState.REGISTERED.value, ContractState.CHANGED.value}),
    "area": "project__area",
}

ALL = (
    Rule(
        CountingRule.TECHNOLOGY_ENTERPRISES_LANDED, Organisation, _first_landing,
        Text("Different companies in which transfer projects landed, each by the day of its first landing.",
             "转化项目落地所形成的不同企业，每家企业以其首个项目的落地日期计一次。"),
        Text("Its first project landed on {day}.", "首个项目于 {day} 落地。"),
        Q(merged_into=None),
    ),
    Rule(
        CountingRule.ENTERPRISES_LANDED, Project, by_day("landed_on"),
        Text("Transfer projects with a company, by the day of landing.", "有承接企业的转化项目，按落地日期计。"),
        LANDED_WHY, ~Q(company=None),
    ),
    Rule(
        CountingRule.PROJECTS_LANDED, Project, by_day("landed_on"),
        Text("Transfer projects, by the day of landing.", "转化项目，按落地日期计。"), LANDED_WHY,
    ),
    Rule(
        CountingRule.ACHIEVEMENTS_DISCLOSED, Achievement, by_step("achievement", AchievementState.SUBMITTED),
        Text("Achievements by the day they were first submitted; drafts and withdrawn ones do not count.",
             "按首次提交披露的日期计；草稿和已撤回的不计。"),
        Text("Disclosed on {day}.", "{day} 提交披露。"),
        flow="achievement", fell=frozenset({AchievementState.DRAFT.value, AchievementState.WITHDRAWN.value}),
    ),
    Rule(
        CountingRule.ACHIEVEMENTS_EVALUATED, Achievement, by_step("achievement", AchievementState.EVALUATED),
        Text("Achievements by the day their evaluation was first concluded.", "按首次完成评价的日期计。"),
        Text("Evaluation concluded on {day}.", "{day} 完成评价。"),
    ),
    Rule(
        CountingRule.NEEDS_RECEIVED, Need, by_moment("received_at"),
        Text("Needs by the day they were received; spam does not count.", "按登记日期计；无效信息不计。"),
        Text("Received on {day}.", "{day} 登记。"), flow="need", fell=frozenset({NeedState.SPAM.value}),
    ),
    Rule(
        CountingRule.NEEDS_CLOSED_SOLVED, Need, by_step("need", NeedState.CLOSED_SOLVED, is_last=True),
        Text("Needs by the day they were last closed as solved, and not reopened since.",
             "按最近一次“销号（已解决）”的日期计，重新办理的不计。"),
        Text("Closed as solved on {day}.", "{day} 销号。"),
        flow="need", stood=frozenset({NeedState.CLOSED_SOLVED.value}),
    ),
    Rule(
        CountingRule.MATCHES_ACCEPTED, Match, _both_accepted,
        Text("Matches by the day on which the second side accepted.", "按供需双方中后一方同意的日期计。"),
        Text("Both sides had accepted on {day}.", "双方于 {day} 均已同意。"),
    ),
    Rule(
        CountingRule.CONTRACTS_REGISTERED,
        says=Text("Technology contracts by the day of registration; cancelled registrations do not count.",
                  "技术合同按认定登记日期计；登记已注销的不计。"),
        **REGISTERED,
    ),
    Rule(
        CountingRule.CONTRACT_VALUE_TOTAL, condition=Q(currency="CNY"), sums="value_total",
        says=Text("Total price of the contracts registered; contracts in another currency are not added.",
                  "认定登记合同的合同总额之和；外币合同不计入。"),
        **REGISTERED,
    ),
    Rule(
        CountingRule.CONTRACT_VALUE_TECHNICAL, condition=Q(currency="CNY"), sums="value_technical",
        says=Text("Price of the contracts registered less their non-technical part; other currencies are not added.",
                  "认定登记合同总额扣除非技术性部分后之和；外币合同不计入。"),
        **REGISTERED,
    ),
    Rule(
        CountingRule.ORGANISATIONS_IN_HUB, Organisation, _since,
        Text("Enterprises, research institutions and service institutions with an area of the hub, from their landing "
             "(or, where that is not recorded, from their registration here) until they close.",
             "登记了所在片区的企业、科研机构和科技服务机构，自落地之日（未登记落地日期的，自录入之日）起计，注销后不计。"),
        Text("In the hub since {day}.", "自 {day} 起在谷。"),
        Q(organisation_kind__in=COUNTED_KINDS, merged_into=None) & ~Q(area=None), held=_in_hub,
    ),
    Rule(
        CountingRule.HIGH_TECH_ENTERPRISES, Organisation, _since,
        Text("Organisations in the hub whose recognition as high-tech enterprise is valid on the day; without a "
             "recorded end it counts on.",
             "在谷且当日高新技术企业资质有效的单位；未登记到期日的视为有效。"),
        Text("Recognised as high-tech enterprise; in the hub since {day}.", "具有高新技术企业资质，自 {day} 起在谷。"),
        Q(organisation_kind__in=COUNTED_KINDS, merged_into=None) & ~Q(area=None), held=_high_tech,
    ),
    Rule(
        CountingRule.LISTED_AND_UNICORNS, Organisation, _since,
        Text("Organisations in the hub with a stock symbol, or recognised as listed company or unicorn on the day; "
             "each counts once.",
             "在谷且有股票代码，或当日具有上市公司、独角兽企业标签的单位，每家只计一次。"),
        Text("Listed or unicorn; in the hub since {day}.", "上市或独角兽企业，自 {day} 起在谷。"),
        Q(organisation_kind__in=COUNTED_KINDS, merged_into=None) & ~Q(area=None), held=_listed_or_unicorn,
    ),
    Rule(
        CountingRule.TEAMS_BEFORE_INCORPORATION, Organisation, _since,
        Text("Teams registered here that were not yet companies on the day.", "当日已登记而尚未注册为企业的团队。"),
        Text("A team, registered on {day}.", "未注册团队，{day} 登记。"),
        Q(merged_into=None), held=_teams,
    ),
)  # fmt: skip
RULES: dict[str, Rule] = {rule.code.value: rule for rule in ALL}


def rule_of(counts: str) -> Rule | None:
    """The rule of this name, None where nothing counts the figure yet."""
    return RULES.get(counts)
