"""The organisations, persons and accounts of the demonstration come to the hub."""

from collections.abc import Iterable
from datetime import datetime

from grandunion.adapters.packs.demo import DemoAccount, DemoOrganisation, DemoPerson
from grandunion.records.parties import Organisation
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import HUB_ROLES
from grandunion.terms.text import NOTHING
from grandunion.work.actions.parties import enrol, incorporate, open_account, organisations, persons
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.actions.upkeep.packs.organisations import NAMED
from grandunion.work.queries.lists import setting

BEFORE = 30  # days the first people are here before the first case


def first_day(stage: Stage) -> int:
    """The day on which the demonstration begins: before its first case."""
    demo = stage.demo
    begins = [
        *(one.disclosed_day for one in demo.achievements), *(one.received_day for one in demo.needs),
        *(one.started_day for one in demo.projects),
    ]  # fmt: skip
    return min(begins, default=0) - BEFORE


def write_people(stage: Stage) -> None:
    """Write into the diary when everybody comes."""
    start, landed = first_day(stage), {project.landing.company for project in stage.demo.projects if project.landing}
    for row in stage.demo.organisations:
        came = min(max(row.founded_day or start, start), _first_use(stage, row.code) - 1, 0)
        stage.diary.on(max(came, start), f"organisation {row.code}: come", _Come(stage, row, row.code in landed))
        if row.team_name and row.incorporated_day is not None and row.code not in landed:
            stage.diary.on(max(row.incorporated_day, came), f"organisation {row.code}: incorporate",
                           lambda at, row=row: _incorporate(stage, row, at))  # fmt: skip
    for row in stage.demo.persons:
        stage.diary.on(start, f"person {row.code}: come", lambda at, row=row: _person(stage, row, at))
        for position in row.positions:
            stage.diary.on(
                max(position.from_day, start, day_of_coming(stage, position.organisation)),
                f"person {row.code}: at {position.organisation}",
                lambda at, row=row, position=position: _place(stage, row, position, at),
            )
    for row in stage.demo.accounts:
        day = max(start, day_of_coming(stage, row.organisation)) if row.organisation else start
        stage.diary.on(day, f"account {row.code}: open", lambda at, row=row: _account(stage, row, at))


def day_of_coming(stage: Stage, code: str) -> int:
    """The day on which an organisation comes, as written in the diary."""
    what = f"organisation {code}: come"
    at = next(entry.at for entry in stage.diary.entries if entry.what == what)
    return (at.astimezone(stage.diary.now.tzinfo).date() - stage.diary.now.date()).days


def _first_use(stage: Stage, code: str) -> int:
    """The first day on which a case needs the organisation."""
    demo = stage.demo
    days: Iterable[int] = (
        *(one.disclosed_day for one in demo.achievements if code in _of_achievement(one)),
        *(one.received_day for one in demo.needs if one.organisation == code),
        *(a.assigned_day for one in demo.needs for a in one.assignments if a.organisation == code),
        *(one.suggested_day for one in demo.matches if one.offering == code),
        *(one.written_day for one in demo.offers if one.owner == code),
        *(one.started_day for one in demo.projects if code in _of_project(one)),
    )
    return min(days, default=1)


def _of_achievement(one: object) -> set[str]:
    acceptor = {one.rights.acceptor} if one.rights else set()
    return {one.owner, *acceptor, *(inventor.organisation for inventor in one.inventors)}


def _of_project(one: object) -> set[str]:
    sides = {side for contract in one.contracts for side in (contract.seller, contract.buyer)}
    landing = {one.landing.company} if one.landing else set()
    centre = {one.poc.centre} if one.poc else set()
    return {one.owner, one.university, one.host_partner, *sides, *landing, *centre}


class _Come:
    """An organisation comes to the hub: as the team it was, where it becomes a company later."""

    def __init__(self, stage: Stage, row: DemoOrganisation, lands: bool) -> None:
        self.stage, self.row = stage, row
        self.is_team = bool(row.team_name) and (lands or row.incorporated_day is not None)

    def __call__(self, at: datetime) -> None:
        stage, row, by = self.stage, self.row, self.stage.house(at)
        if row.named:
            number = setting(NAMED)[row.named]["number"]
            record = Organisation.objects.unscoped("an organisation that the pack has named").get(number=number)
        else:
            values = _team(row) if self.is_team else _company(stage, row)
            record = organisations.create(values, by=by, at=at, is_confirmed=True)
        stage.put("organisation", row.code, record)
        for label in row.labels if not self.is_team else ():
            organisations.add_label(record, label.label, label.year, by=by, at=at)


def _shared(row: DemoOrganisation) -> dict[str, object]:
    summary = row.summary or NOTHING
    return {
        "level": row.level.value, "area": row.area, "region": row.region, "industry": row.industry,
        "country": row.country or ("CN" if row.region else ""), "summary_zh": summary.zh, "summary_en": summary.en,
    }  # fmt: skip


def _team(row: DemoOrganisation) -> dict[str, object]:
    name = row.team_name or NOTHING
    kind = OrganisationKind.TEAM.value
    return {**_shared(row), "organisation_kind": kind, "name_zh": name.zh, "name_en": name.en}


def _company(stage: Stage, row: DemoOrganisation) -> dict[str, object]:
    name, short, day = row.name or NOTHING, row.short_name or NOTHING, stage.diary.day
    return {
        **_shared(row), "organisation_kind": row.kind.value, "name_zh": name.zh, "name_en": name.en,
        "short_name_zh": short.zh, "short_name_en": short.en, "credit_code": row.credit_code,
        "size": row.size.value if row.size else "", "founded_on": day(row.founded_day),
        "incorporated_on": day(row.incorporated_day), "landed_on": day(row.landed_day),
        "registered_capital": row.registered_capital, "staff_count": row.staff_count,
    }  # fmt: skip


def _incorporate(stage: Stage, row: DemoOrganisation, at: datetime) -> None:
    """A team that became a company without a project here."""
    values = {name: value for name, value in _company(stage, row).items() if value not in (None, "")}
    values.pop("organisation_kind")
    incorporate(stage.get("organisation", row.code), by=stage.house(at), at=at, **values)


def _person(stage: Stage, row: DemoPerson, at: datetime) -> None:
    title = row.title or NOTHING
    values = {
        "name_zh": row.name.zh, "name_en": row.name.en, "title_zh": title.zh, "title_en": title.en,
        "expertise": written(row.expertise)[:500], "email": row.email, "affiliation": _affiliation(stage, row),
    }  # fmt: skip
    stage.put("person", row.code, persons.create(values, by=stage.house(at), at=at))


def _affiliation(stage: Stage, row: DemoPerson) -> str:
    """Where the person is now, by name."""
    now = [position.organisation for position in row.positions if position.to_day is None]
    found = next((one for one in stage.demo.organisations if now and one.code == now[0]), None)
    return found.name.zh if found and found.name else ""


def _place(stage: Stage, row: DemoPerson, position: object, at: datetime) -> None:
    persons.place(
        stage.get("person", row.code), stage.get("organisation", position.organisation), position.role,
        by=stage.house(at), at=at, starts_on=stage.diary.day(position.from_day),
        ends_on=stage.diary.day(position.to_day), share_percent=position.share_percent,
        is_full_time=position.is_full_time,
    )  # fmt: skip


def _account(stage: Stage, row: DemoAccount, at: datetime) -> None:
    by, person = stage.house(at), stage.get("person", row.person)
    user = open_account(row.email, person.name_zh, person.name_en, stage.demo.password, by=by, at=at, person=person)
    at_ = stage.some("organisation", row.organisation) if row.role not in HUB_ROLES else None
    enrol(user, row.role, at_, stage.term("areas", row.area), starts_on=at.date(), by=by, at=at)
    stage.users[row.code] = user
