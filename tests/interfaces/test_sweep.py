"""One sweep over every role, route, kind of record and level: no page shows what its reader may not read."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from grandunion.adapters import index
from grandunion.records.parties import Organisation
from grandunion.records.plans import ReportComment, ReportSection, Sentence
from grandunion.terms.achievements import AchievementState
from grandunion.terms.events import EventState
from grandunion.terms.matches import Market
from grandunion.terms.needs import Category, IssueState, NeedState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import visitor
from grandunion.terms.returns import ReturnState
from grandunion.terms.roles import Role
from grandunion.terms.rounds import RoundState
from grandunion.terms.scenarios import BidState, CapabilityState, ChallengeState, OpportunityState, ProposalState
from grandunion.terms.secrecy import Level
from grandunion.terms.work_reports import WorkReportState
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.permissions.base import clearance, may_see
from grandunion.work.queries.parties import reader_of
from tests.asking import Asker
from tests.cast import NOON, make_organisation, make_person, make_user
from tests.lasting import lasting
from tests.noting import heard_by, said_in, say_everything
from tests.planting import KINDS, MARKER, Planted, guarded_kinds, marker, plant
from tests.planting_parts import PARTS, plant_parts
from tests.reporting import make_form
from tests.sameness import Refusals, turns_everybody_away

pytestmark = pytest.mark.django_db

LEVELS = list(Level)
HOUR = timedelta(hours=1)
# Routes that show no record of the hub: accounts by allauth, switches, static words.
OTHERS = ("accounts/", "language/", "theme/", "static/")
# What may stand in a route's place; a route with another parameter fails until it is added here.
FILLINGS = {"move": "dispatch", "code": "projects_landed", "list_code": "areas", "market": "technology",
            "section": "technologies", "dimension": "area", "name": "settle"}  # fmt: skip
PLACES = (
    "number code move deed pk key token id name kind document list_code child contract grant person user membership "
    "market edition section word delivery dimension capability"
)
SECTIONS = {  # that are not called as their kind
    "matches": "match", "reports": "work_report", "problems": "issue", "scenarios": "opportunity",
    "capabilities": "capability", "technologies": "achievement", "partners": "organisation", **PARTS,
}  # fmt: skip
ASKS = ("?q=xq", "?format=csv")  # what lists are asked
THOROUGH = ("visitor", "enterprise")  # who ask every page, whether it offers that or not
PARAMETERS = frozenset(PLACES.split())
SECRETS = frozenset({"key", "token", "word"})  # drawn by lot: no number opens them


def routes(patterns: list | None = None, base: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address of the hub as a pattern with the names of its parameters."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = base + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, text)
        elif isinstance(one, URLPattern) and not text.startswith(OTHERS):
            yield text, tuple(one.pattern.converters)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Each kind at each level in a published state, all owned by a company nobody of the cast belongs to, but one."""
    with lasting(django_db_blocker, _lay_out) as world:
        yield world


def _lay_out() -> tuple[dict[tuple[str, int], Planted], Organisation]:
    stranger = make_organisation("Stranger", OrganisationKind.ENTERPRISE, level=Level.MEMBERS)
    mine = make_organisation("Mine", OrganisationKind.ENTERPRISE, level=Level.MEMBERS)
    planted: dict[tuple[str, int], Planted] = {}
    for number, level in enumerate(LEVELS):
        for owner, step in ((stranger, 0), (mine, 10)):
            _plant_all(planted, number + step, level, owner)
    for one in planted.values():
        if hasattr(one.record, "searched"):
            index.put(one.record.kind, one.record.pk, [getattr(one.record, name) for name in one.record.searched])
    plant_parts(planted)
    return planted, mine


def _plant_all(planted: dict, number: int, level: Level, owner: Organisation) -> None:
    def keep(kind: str, **values: object) -> object:
        planted[kind, number] = plant(kind, number, level, **values)
        return planted[kind, number].record

    keep("organisation", organisation_kind=OrganisationKind.ENTERPRISE)
    keep("person")
    achievement = keep("achievement", owner=owner, state=AchievementState.DISPOSABLE)
    keep("issue", owner=owner, state=IssueState.OPEN, category=Category.TECHNOLOGY)
    need = keep("need", owner=owner, state=NeedState.RECEIVED, category=Category.TECHNOLOGY)
    keep("offer", owner=owner, state=OfferState.PUBLISHED, offer_kind=OfferKind.PRODUCT)
    keep("round", owner=owner, state=RoundState.PUBLISHED, market=Market.CAPITAL)
    keep("match", owner=owner, need=need, achievement=achievement, market=Market.TECHNOLOGY)
    project = keep("project", owner=owner, state=ProjectState.MATCHING, phase="matching")
    opportunity = keep("opportunity", owner=owner, state=OpportunityState.PUBLISHED)
    able = keep("capability", owner=owner, state=CapabilityState.PUBLISHED)
    planted["match", number + 20] = plant("match", number + 20, level, owner=owner, opportunity=opportunity,
                                          capability=able, offering=owner, market=Market.SCENARIO)  # fmt: skip
    keep("proposal", owner=owner, state=ProposalState.SUBMITTED, opportunity=opportunity)
    challenge = keep("challenge", owner=owner, state=ChallengeState.BIDS_OPEN)
    keep("bid", owner=owner, state=BidState.SUBMITTED, challenge=challenge)
    event = keep("event", owner=owner, state=EventState.MINUTES_CONFIRMED, starts_at=NOON, ends_at=NOON + HOUR)
    keep("action", owner=owner, event=event, due_on=NOON.date())
    _reported(keep, number, owner)
    _told(keep, number, level, owner)
    keep("document", owner=owner, subject_kind="project", subject_id=project.pk, size=1, media_type="text/plain",
         fingerprint="0" * 64, file_name="a.txt")  # fmt: skip


def _reported(keep: Callable[..., object], number: int, owner: Organisation) -> None:
    """A return whose values and comments bear marks too, and for half of the levels one of them accepted."""
    said = {name: marker("return", number, name) for name in ("values", "comments")}
    keep(
        "return", owner=owner, form=make_form(f"sweep_{number}", "enterprise", "half"), starts_on=date(2026, 1, 1),
        ends_on=date(2026, 7, 1), due_at=NOON, values={"projects": "7", "words": {"zh": said["values"]}},
        comments={"money": said["comments"]},
        state=ReturnState.SUBMITTED if number % 2 else ReturnState.ACCEPTED,
    )  # fmt: skip


def _told(keep: Callable[..., object], number: int, level: Level, owner: Organisation) -> None:
    """A work report: published and sealed where it is public, elsewhere a draft with a sentence and a comment."""
    said = marker("work_report", number, "title_zh")
    both = {"zh": said, "en": said}
    frozen = {"sections": [{"title": both, "sentences": [{"key": "1.1", "text": both}]}], "figures": []}
    is_public = level is Level.PUBLIC
    report = keep(
        "work_report", owner=owner, scope="city", year=2025, digest="0" * 64 if is_public else "",
        state=WorkReportState.PUBLISHED if is_public else WorkReportState.DRAFTED,
        frozen=frozen if is_public else None, proofs={} if is_public else None,
    )  # fmt: skip
    text = marker("work_report", number, "template")
    section = ReportSection.objects.create(report=report, place=1, code="review", title_zh=text)
    sentence = Sentence.objects.create(section=section, place=1, text_zh=text, text_en=text)
    ReportComment.objects.create(sentence=sentence, text=text, at=NOON)


def _people(mine: Organisation) -> dict[str, object]:
    """An account for each role; the enterprise's belongs to the company that owns half of the world."""
    people: dict[str, object] = {"visitor": None}
    for role in Role:
        organisation = mine if role is Role.ENTERPRISE else make_organisation(f"Home of {role.value}")
        is_hub = role in (Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR)
        person = make_person(f"Person {role.value}")
        people[role.value] = make_user(
            f"{role.value}@sweep.example", role, None if is_hub else organisation, person=person
        )
    return people


def test_every_kind_of_confidential_record_is_planted():
    assert guarded_kinds() == set(KINDS)


def test_every_route_is_swept():
    unknown = {name for _, names in routes() for name in names} - PARAMETERS
    assert not unknown, f"give the sweep values for these parameters: {unknown}"
    assert len(list(routes())) > 60


def _addresses(planted: dict, is_owner: bool) -> dict[str, tuple[str, Planted | None]]:
    """Every list with words, filters, orders and formats, and every route with the numbers that belong there.

    Only the owner is asked about the half of the world that has one; a number goes where its kind lives, one of each
    kind goes where any may, and one in a secret's place. Each address comes with its route and whose number it has.
    """
    found: dict[str, tuple[str, Planted | None]] = {}
    for text, names in routes():
        asks = () if names else ("", *ASKS)
        found |= {f"/{text}{ask}": (text, None) for ask in asks}
        meant = _meant(text, names, planted, is_owner) if names else ()
        wish = "?format=docx" if text.rstrip("/").endswith("file") else ""  # in a PDF nobody could find a word
        found |= {_filled("/" + text, names, one) + wish: (text, one) for one in meant}
    return found


def _meant(text: str, names: tuple[str, ...], planted: dict, is_owner: bool) -> list[Planted]:
    named = {kind for kind in KINDS if f"/{kind}s/" in f"/{text}" or f"/{kind}/" in f"/{text}"}
    kinds = named | {kind for section, kind in SECTIONS.items() if f"{section}/" in text}
    asked = [
        one
        for (kind, number), one in planted.items()
        if (kind in kinds or (not kinds and number % 10 == 2)) and (is_owner or number % 20 < 10)
    ]
    if SECRETS & set(names) and not kinds:
        return asked[:1]
    if kinds and "<int:" in text:  # a part that is not there: only behind an open door does that say anything
        return [one for one in asked if one.number % 10 == 0]
    return asked


def _filled(address: str, names: tuple[str, ...], one: Planted) -> str:
    """The address with something in each place."""
    given = {**FILLINGS, "kind": getattr(one.record, "kind", "")}
    for name in names:
        shape = re.search(rf"<(?:\w+:)?{name}>", address).group()
        value = "1" if shape.startswith("<int:") else given.get(name, one.called)
        address = address.replace(shape, value)
    return address


def _leaks(text: str, reader: object, planted: dict) -> set[str]:
    """Markers in an answer that its reader may not read."""
    leaked = set()
    for kind, number, field in set(MARKER.findall(text)):
        one = planted[kind, int(number)]
        if not may_see(reader, one.record) or one.secrecy_of(field) > clearance(reader, one.record):
            leaked.add(f"{kind} at level {one.record.level}, field {field} ({one.secrecy_of(field).name})")
    return leaked


@pytest.fixture(scope="session")
def no_gets() -> set[str]:
    """The routes found to take no GET from anybody."""
    return set()


@pytest.mark.parametrize("role", ["visitor", *Role.codes()])
def test_nobody_is_shown_what_they_may_not_read(world, no_gets, role):
    planted, mine = world
    needs = say_everything(planted)
    user = _people(mine)[role]
    client, headers, heard = Asker(), {}, set()
    if user is not None:
        client.force_login(user)
        now = timezone.now()
        _, token = issue_token(user, "sweep", ["read"], 30, by=reader_of(user, now), at=now)
        headers, heard = {"Authorization": f"Bearer {token}"}, heard_by(reader_of(user, now), needs)
    reader = visitor(NOON) if user is None else reader_of(user, NOON)
    shown, leaks = 0, {}
    for address, text in _answers(client, headers, _addresses(planted, role == Role.ENTERPRISE), role, no_gets):
        found = _leaks(text, reader, planted)
        shown += bool(MARKER.search(text))
        if found and not _only_echoes(address, text):
            leaks[address] = sorted(found)
        if unheard := said_in(text) - heard:
            leaks[address] = sorted(map(str, unheard))
    assert not leaks, "\n".join(f"{address}: {found}" for address, found in sorted(leaks.items())[:20])
    if role in ("officer", "enterprise", "planner"):
        assert shown > 20, "the sweep must see something, or it proves nothing"


def _answers(client: Asker, headers: dict, addresses: dict, role: str, no_gets: set[str]) -> Iterator[tuple[str, str]]:
    """What is said at each address; left out is what would be said in the same words as before, or to nobody."""
    refusals, lists = Refusals(), set()
    for address, (route, one) in addresses.items():
        if route in no_gets or not (role in THOROUGH or _is_worth_it(address, route in lists)):
            continue
        if one is not None and refusals.would_be_met(address, one):
            continue
        with refusals.listening(address, one) if one else nullcontext(lambda status: None) as told:
            answer = client.get(address, headers=headers if address.startswith("/api/") else {})
            told(answer.status_code)
        assert answer.status_code < 500, address
        if answer.status_code == 405 and turns_everybody_away(address):
            no_gets.add(route)
        text = _said(answer)
        lists |= {route} if "format=csv" in text else set()
        yield address, text


def _is_worth_it(address: str, is_list: bool) -> bool:
    """Whether the answer may differ from the one without the question: what is no list takes none."""
    if not address.endswith(ASKS):
        return True
    return address.endswith(ASKS[0]) if address.startswith("/api/") else is_list


def _said(answer: object) -> str:
    """All words of an answer, its heading and, of a document, every part of it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(map(parts.read, parts.namelist()))
    return body.decode("utf-8", "replace") + str(answer.headers)


def _only_echoes(address: str, text: str) -> bool:
    """Whether the markers are only what the question itself said."""
    return all("".join(found) in address.replace("xq", "").replace("z", "") for found in MARKER.findall(text))


@pytest.mark.parametrize("role", ["investor", "bureau", "student"])
def test_what_is_not_there_and_what_is_not_yours_look_alike(world, role):
    planted, mine = world
    client = Asker()
    client.force_login(_people(mine)[role])
    sections = {"achievement": "achievements", "need": "needs", "project": "projects", "match": "matches"}
    for (kind, number), one in planted.items():
        if kind in sections and LEVELS[number % 10] is Level.NAMED:
            hidden, absent = (
                _without_what_changes(client.get(f"/w/{sections[kind]}/{number}/"), number)
                for number in (one.record.number, f"{one.record.number[:-4]}0000")
            )
            assert hidden == absent


def _without_what_changes(answer: object, number: str) -> str:
    """A refusal's page without the asker's own words and the form's token."""
    assert answer.status_code == 404
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(number, "")
