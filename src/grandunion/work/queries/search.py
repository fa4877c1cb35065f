"""One box over everything: records by words, pinyin, initials, credit code or number, as the reader may see them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from grandunion.adapters import index
from grandunion.terms.achievements import AchievementState
from grandunion.terms.events import EventState
from grandunion.terms.needs import IssueState, NeedState
from grandunion.terms.offers import OfferKind
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnState
from grandunion.terms.scenarios import CapabilityState, ChallengeState, OpportunityState
from grandunion.terms.text import Text, Word, either
from grandunion.terms.work_reports import WorkReportState
from grandunion.work.queries import achievements, events, matches, needs, parties, projects, scenarios
from grandunion.work.queries.plans import reports, returns

CAP = 100  # counting stops here; a page says "over 100"
ENOUGH = 500  # of the newest records that hold the words; whoever may see them all needs no more
SHOWN = 8
SUGGESTED = 3
LONGEST = 200
NUMBER = re.compile(r"([A-Za-z]{3})-(\d{4})-(\d{1,9})")
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that is searched: what is shown of it, and what its exact name is."""

    code: str
    section: str  # its place in the addresses
    name: Text
    rows: Callable[[Reader], QuerySet]
    shown: tuple[str, ...]  # name_zh, name_en, then what says more
    detail: Callable[[tuple], Text]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    kind: str
    section: str
    number: str
    name: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first hits, and how many there are up to the cap."""

    kind: str
    section: str
    name: Text
    hits: tuple[Hit, ...]
    count: int

    @property
    def is_capped(self) -> bool:
        return self.count > CAP


def _word(words: type[Word]) -> Callable[[tuple], Text]:
    return lambda more: words(more[0]).text if words.has(more[0]) else either(more[0], more[0])


def _organisation(more: tuple) -> Text:
    kind = _word(OrganisationKind)(more)
    return Text(f"{kind.en} · {more[1]}", f"{kind.zh} · {more[1]}") if more[1] else kind


def _return(more: tuple) -> Text:
    """Who reports, and how the return stands."""
    state, *names = more
    said = _word(ReturnState)((state,))
    who = either(names[0] or names[2], names[1] or names[3])
    return Text(f"{who.en} · {said.en}", f"{who.zh} · {said.zh}") if who.en else said


TITLED = ("title_zh", "title_en", "state")
KINDS = {
    kind.code: kind
    for kind in (
        Kind("organisation", "organisations", Text("Organisations", "单位"), parties.rows.present,
             ("name_zh", "name_en", "organisation_kind", "city"), _organisation),
        Kind("person", "persons", Text("Persons", "人员"), parties.rows.persons,
             ("name_zh", "name_en", "affiliation"), lambda more: either(more[0], more[0])),
        Kind("achievement", "achievements", Text("Achievements", "成果"), achievements.visible_to,
             TITLED, _word(AchievementState)),
        Kind("need", "needs", Text("Needs", "需求"), needs.visible_to, TITLED, _word(NeedState)),
        Kind("issue", "problems", Text("Common problems", "共性问题"), needs.issues_visible_to, TITLED,
             _word(IssueState)),
        Kind("offer", "offers", Text("Offers", "供给"), matches.offers_visible_to,
             ("title_zh", "title_en", "offer_kind"), _word(OfferKind)),
        Kind("opportunity", "scenarios", Text("Scenario opportunities", "场景机会"), scenarios.opportunities,
             TITLED, _word(OpportunityState)),
        Kind("capability", "capabilities", Text("Scenario capabilities", "场景能力"), scenarios.capabilities,
             TITLED, _word(CapabilityState)),
        Kind("challenge", "challenges", Text("Open challenges", "揭榜挂帅"), scenarios.challenges,
             TITLED, _word(ChallengeState)),
        Kind("event", "events", Text("Events", "活动"), events.visible_to, TITLED, _word(EventState)),
        Kind("project", "projects", Text("Projects", "项目"), projects.visible_to, TITLED, _word(ProjectState)),
        Kind("return", "returns", Text("Periodic returns", "定期报表"), returns.visible_to,
             (*TITLED, "owner__name_en", "owner__name_zh", "area__name_en", "area__name_zh"), _return),
        Kind("work_report", "work-reports", Text("Work reports", "工作报告"), reports.visible_to, TITLED,
             _word(WorkReportState)),
    )
}  # fmt: skip
# The prefixes of record numbers: where their page is, and its door. A merged organisation's page leads on.
PREFIXES: dict[str, tuple[str, Callable[[Reader], QuerySet]]] = {
    "ORG": ("organisations", parties.rows.organisations), "PER": ("persons", parties.rows.persons),
    "ACH": ("achievements", achievements.visible_to), "NED": ("needs", needs.visible_to),
    "MAT": ("matches", matches.visible_to), "PRJ": ("projects", projects.visible_to),
    "OFR": ("offers", matches.offers_visible_to), "EVT": ("events", events.visible_to),
    "ACT": ("actions", events.actions_visible_to), "CMI": ("problems", needs.issues_visible_to),
    "SCO": ("scenarios", scenarios.opportunities), "SCP": ("capabilities", scenarios.capabilities),
    "SPR": ("proposals", scenarios.proposals), "CHL": ("challenges", scenarios.challenges),
    "BID": ("bids", scenarios.bids), "RTN": ("returns", returns.visible_to),
    "RPT": ("work-reports", reports.visible_to),
}  # fmt: skip


def cleaned(words: str) -> str:
    """What was typed, without what no record can hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words[:LONGEST]).split())


def exact(words: str, reader: Reader) -> tuple[str, str] | None:
    """The (section, number) of the visible record whose number or credit code was typed, if there is one."""
    words = cleaned(words)
    if found := NUMBER.fullmatch(words):
        section, door = PREFIXES.get(found[1].upper(), ("", None))
        wanted = {"number": words.upper()}
    elif CREDIT_CODE.fullmatch(words):
        section, door, wanted = "organisations", parties.rows.present, {"credit_code": words.upper()}
    else:
        return None
    number = door(reader).filter(**wanted).values_list("number", flat=True).first() if door else None
    return (section, number) if number else None


def everywhere(words: str, reader: Reader) -> tuple[Group, ...]:
    """What the reader may see of every kind, in the order of the house; two small queries each."""
    return tuple(group for kind in KINDS if (group := within(kind, words, reader)).hits)


def within(kind: str, words: str, reader: Reader, shown: int = SHOWN) -> Group:
    """The records of one kind that hold all the words: exact names first, then the latest changed.

    Of words that more than five hundred records hold, the newest five hundred are ordered so.
    """
    wanted = KINDS[kind]
    found = _found(wanted, words, reader)
    hits = tuple(_hit(wanted, row) for row in found[:shown])
    return Group(kind, wanted.section, wanted.name, hits, len(found))


def suggested(words: str, reader: Reader) -> tuple[Hit, ...]:
    """A few of every kind, for the box that answers while somebody types; an exact number comes alone."""
    if found := exact(words, reader):
        section, number = found
        kind = next((code for code, one in KINDS.items() if one.section == section), "match")
        name = _named(kind, number, reader)
        return (Hit(kind, section, number, name, Text(number, number)),)
    groups = (within(kind, words, reader, SUGGESTED) for kind in KINDS)
    return tuple(hit for group in groups for hit in group.hits)


def _found(wanted: Kind, words: str, reader: Reader) -> list[tuple]:
    words, kind = cleaned(words), wanted.code
    newest = index.newest(kind, words, ENOUGH) if words else []
    if not newest:
        return []
    rows = _listed(wanted, words, reader, Q(pk__in=newest))
    if len(newest) < ENOUGH or len(rows) > CAP:
        return rows
    # So common a word that the newest records may all be others': only now look through every one.
    return _listed(wanted, words, reader, Q(pk__in=index.found(kind, words)))


def _listed(wanted: Kind, words: str, reader: Reader, having: Q) -> list[tuple]:
    zh, en = wanted.shown[:2]
    is_exact = Case(When(Q(**{zh: words}) | Q(**{f"{en}__iexact": words}), then=Value(True)), default=Value(False),
                    output_field=BooleanField())  # fmt: skip
    rows = wanted.rows(reader).filter(having)
    ordered = rows.annotate(is_exact=is_exact).order_by("-is_exact", "-updated_at", "-pk")
    return list(ordered.values_list("number", *wanted.shown)[: CAP + 1])


def _hit(wanted: Kind, row: tuple) -> Hit:
    return Hit(wanted.code, wanted.section, row[0], either(row[2], row[1]), wanted.detail(row[3:]))


def _named(kind: str, number: str, reader: Reader) -> Text:
    if kind not in KINDS:
        return Text("Match", "撮合")
    row = KINDS[kind].rows(reader).filter(number=number).values_list(*KINDS[kind].shown[:2]).first()
    return either(row[1], row[0]) if row else Text(number, number)
