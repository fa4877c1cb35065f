"""The world that is measured: 10,000 organisations, 100,000 persons, 50,000 projects with abstracts."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from grandunion.adapters import index
from grandunion.records.achievements import Achievement
from grandunion.records.documents import Document
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Membership, Organisation, Person, User
from grandunion.records.projects import (
    Contract,
    Interaction,
    Member,
    Milestone,
    Project,
    ProjectAchievement,
    ProjectMatch,
    ProofOfConcept,
    Visit,
)
from grandunion.terms.achievements import AchievementState
from grandunion.terms.contracts import ContractKind
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import Phase, ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import journal
from grandunion.work.queries.parties import reader_of

START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
WORDS_ZH = "量子 磁力 传感 芯片 氢能 电池 激光 超导 聚变 机器人 遥感 卫星 材料 催化 基因 疫苗 影像 雷达 光伏 储能"
WORDS_EN = (
    "quantum magnet sensor chip hydrogen battery laser superconducting fusion robot "
    "remote satellite alloy catalyst gene vaccine imaging radar solar storage"
)
FILLER_ZH = "系统方法装置平台工艺关键技术产业化应用示范验证性能优化控制检测分析设计制造集成服务"
MORE_EN = "system method device platform process application performance control detection analysis design service"
ZH, EN, FILLER_EN = WORDS_ZH.split(), WORDS_EN.split(), MORE_EN.split()
RARE = 500  # one project in so many speaks of the rare word
LIVELY = "PRJ-2026-000007"  # the project that is opened again and again, and so has a whole thread
PAST = {
    "achievement": (AchievementState.DRAFT, AchievementState.SUBMITTED, AchievementState.IN_LIBRARY),
    "match": (MatchState.SUGGESTED, MatchState.SENT, MatchState.INTERESTED, MatchState.INTRODUCED),
}
STATES = [state for state in ProjectState if state not in (ProjectState.ON_HOLD, ProjectState.LOST)]


def make(scale: float = 1.0) -> None:
    """Fill an empty database; the same seed makes the same world."""
    dice = random.Random(20260101)  # noqa: S311 - a world, not a secret
    with transaction.atomic():
        areas, industries = _terms("areas", 8), _terms("industries", 40)
        owners = _organisations(int(10_000 * scale), dice, areas, industries)
        _persons(int(100_000 * scale), dice)
        officer = _officer()
        _projects(int(50_000 * scale), dice, owners, areas, industries, officer)
        _thread(officer)


def _terms(list_code: str, count: int) -> list[Term]:
    made = [
        Term(list=list_code, code=f"{list_code}-{n}", name_zh=f"{list_code}{n}", name_en=f"{list_code} {n}")
        for n in range(count)
    ]
    return Term.objects.bulk_create(made)


def _officer() -> User:
    user = User(email="officer@benchmark.example", name_en="Officer", date_joined=START)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role=Role.OFFICER, starts_on=date(2020, 1, 1))
    return user


def _words(dice: random.Random, count: int) -> tuple[str, str]:
    picked = dice.sample(range(len(ZH)), 2)
    zh = "".join(ZH[p] for p in picked) + "".join(dice.choice(FILLER_ZH) for _ in range(count))
    en = " ".join([EN[p] for p in picked] + [dice.choice(FILLER_EN) for _ in range(count // 3)])
    return zh, en


def _organisations(count: int, dice: random.Random, areas: list[Term], industries: list[Term]) -> list[Organisation]:
    rows = []
    for n in range(count):
        zh, en = _words(dice, 6)
        at = START + timedelta(minutes=n)
        rows.append(
            Organisation(
                number=f"ORG-2026-{n:06d}", level=Level.MEMBERS, organisation_kind=dice.choice(list(OrganisationKind)),
                name_zh=f"{zh}有限公司{n}",
                name_en=f"{en} {n} Ltd", sort_key=f"{en} {n}", core_zh=f"{zh}{n}",
                core_en=f"{en} {n}",
                city=dice.choice(("Hefei", "Beijing", "Shanghai")), area=dice.choice(areas),
                industry=dice.choice(industries), created_at=at, updated_at=at, staff_count=dice.randrange(5, 500),
            )
        )  # fmt: skip
    rows = Organisation.objects.bulk_create(rows, batch_size=500)
    index.put_many("organisation", [(o.pk, [o.number, o.name_zh, o.name_en]) for o in rows])
    return rows


def _persons(count: int, dice: random.Random) -> None:
    rows = [
        Person(number=f"PER-2026-{n:06d}", name_zh=dice.choice("王李张刘陈杨赵黄") + dice.choice(FILLER_ZH) * 2,
               name_en=f"Person {n}", sort_key=f"person {n}", created_at=START, updated_at=START)
        for n in range(count)
    ]  # fmt: skip
    rows = Person.objects.bulk_create(rows, batch_size=1000)
    index.put_many("person", [(p.pk, [p.number, p.name_zh, p.name_en]) for p in rows])


def _projects(
    count: int,
    dice: random.Random,
    owners: list[Organisation],
    areas: list[Term],
    industries: list[Term],
    officer: User,
) -> None:
    phases = list(Phase)
    for chunk in _chunks(count, 5000):
        rows = []
        for n in chunk:
            (zh, en), (more_zh, more_en) = _words(dice, 8), _words(dice, 200)
            if n % RARE == 3:
                more_zh, more_en = f"{more_zh}托卡马克", f"{more_en} tokamak"
            at = START + timedelta(minutes=n)
            rows.append(
                Project(
                    number=f"PRJ-2026-{n:06d}", level=Level.ORGANISATION, title_zh=zh, title_en=en, summary_zh=more_zh,
                    summary_en=more_en, state=dice.choice(STATES), phase=dice.choice(phases), state_at=at,
                    owner=dice.choice(owners), area=dice.choice(areas), industry=dice.choice(industries),
                    in_charge=officer if n % 7 == 0 else None, created_at=at, updated_at=at,
                    next_step_on=date(2026, 1, 1) + timedelta(days=n % 365),
                )
            )  # fmt: skip
        rows = Project.objects.bulk_create(rows, batch_size=500)
        index.put_many(
            "project", [(p.pk, [p.number, p.title_zh, p.title_en, p.summary_zh, p.summary_en]) for p in rows]
        )


def _thread(officer: User) -> None:
    """Give one project a team, a contract, milestones, visits, contacts, a past, and what it carries."""
    project = Project.objects.unscoped("the benchmark's own world").select_related("owner").get(number=LIVELY)
    day, owner = date(2026, 3, 2), project.owner
    buyer = Organisation.objects.unscoped("the benchmark's own world").exclude(pk=owner.pk).order_by("pk")[0]
    for person in Person.objects.unscoped("the benchmark's own world").order_by("pk")[:4]:
        Member.objects.create(project=project, person=person, role="engineer")
    contract = Contract.objects.create(
        number="CON-2026-0001", project=project, contract_kind=next(iter(ContractKind)), title="Licence", seller=owner,
        buyer=buyer, value_total=1_200_000, value_technical=1_000_000, signed_on=day, created_at=START,
        updated_at=START,
    )  # fmt: skip
    for n in range(4):
        on = day + timedelta(days=30 * n)
        Milestone.objects.create(project=project, contract=contract if n % 2 else None, name=f"Step {n}", due_on=on)
        Interaction.objects.create(project=project, on=on, interaction_kind="call", note="Spoke", noted_by=officer)
    for n, label in enumerate(("month_3", "month_6")):
        Visit.objects.create(project=project, label=label, due_on=day + timedelta(days=90 * n), visited_on=day)
    ProofOfConcept.objects.create(project=project, technical_question="Does it hold?", starts_on=day)
    by = reader_of(officer, START)
    for n in range(10):
        changed = {"next_step": (f"step {n}", f"step {n + 1}")}
        journal.note("project.edited", project, by=by, at=START + timedelta(days=n), changes=changed)
    _carried(project, buyer, by)


def _carried(project: Project, buyer: Organisation, by: Reader) -> None:
    """What it carries: two achievements and a match of one of them, each with its past, and two files."""
    made = {"level": Level.ORGANISATION, "state_at": START, "created_at": START, "updated_at": START}
    need = Need.objects.create(number="NED-2026-000001", title_zh="需要磁力传感器", owner=buyer, received_at=START,
                               category=Category.TECHNOLOGY, state=NeedState.RECEIVED, **made)  # fmt: skip
    achievements = [
        Achievement.objects.create(number=f"ACH-2026-00000{n}", title_zh=f"量子磁力计之{n}", owner=project.owner,
                                   state=AchievementState.IN_LIBRARY, **made)
        for n in (1, 2)
    ]  # fmt: skip
    match = Match.objects.create(number="MAT-2026-000001", market=Market.TECHNOLOGY, need=need, owner=buyer,
                                 achievement=achievements[0], offering=project.owner, needing_accepted_at=START,
                                 offering_accepted_at=START, state=MatchState.INTRODUCED, **made)  # fmt: skip
    ProjectMatch.objects.create(project=project, match=match)
    for record in (*achievements, match):
        for n, target in enumerate(PAST[record.kind]):
            journal.step(
                record.kind, record, source="", target=target, by=by, at=START + timedelta(hours=n + record.pk)
            )
        if record is not match:
            ProjectAchievement.objects.create(project=project, achievement=record)
    for n in (1, 2):
        Document.objects.create(
            number=f"DOC-2026-00000{n}", level=Level.ORGANISATION, subject_kind="project", subject_id=project.pk,
            title=f"Report {n}", file_name=f"report-{n}.pdf", media_type="application/pdf", size=120_000 * n,
            fingerprint=f"{n}" * 64, uploaded_by_id=by.user_id, created_at=START, updated_at=START,
        )  # fmt: skip


def _chunks(count: int, size: int) -> Iterator[range]:
    for start in range(0, count, size):
        yield range(start, min(start + size, count))
