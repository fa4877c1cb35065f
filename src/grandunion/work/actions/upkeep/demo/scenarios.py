"""The scenarios of the demonstration are collected, refined, listed, proposed for, tried and scaled up."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from grandunion.adapters.packs.demo_scenarios import DemoCapability, DemoOpportunity, DemoPage
from grandunion.records.scenarios import Opportunity, Proposal
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import CapabilityState
from grandunion.terms.scenarios import OpportunityState as S
from grandunion.terms.text import Text
from grandunion.work.actions import documents
from grandunion.work.actions import scenarios as deeds
from grandunion.work.actions.matches import invite
from grandunion.work.actions.upkeep.demo.diary import Step, spread
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries import scenarios as queries

ORDER = (S.COLLECTED, S.REFINED, S.APPROVED, S.PUBLISHED, S.MATCHING, S.SELECTED, S.TESTING, S.ACCEPTED,
         S.DEMONSTRATION, S.SCALED)  # fmt: skip
ENDS_AFTER = {S.CLOSED_NO_SUPPLIER: S.PUBLISHED, S.FAILED: S.TESTING}
MOST = 100_000
INVITATION = Text("See the site first: the scenario manager arranges a day.", "欢迎先到现场查看，可由场景经理人安排。")


def write_scenarios(stage: Stage) -> None:
    """Write every capability's and every opportunity's way into the diary."""
    for row in stage.demo.capabilities:
        _write_capability(stage, row)
    for row in stage.demo.opportunities:
        Way(stage, row).write()


def _write_capability(stage: Stage, row: DemoCapability) -> None:
    def on(day: int, what: str, deed: object) -> None:
        stage.diary.on(day, f"capability {row.code}: {what}", deed)

    def record() -> object:
        return stage.get("capability", row.code)

    on(row.written_day, "hand in", lambda at: _hand_in(stage, row, at))
    if row.state == CapabilityState.SUBMITTED:
        return
    looked = written(row.looked)
    on(row.written_day + 1, "verify", lambda at: deeds.verify_capability(record(), note=looked, by=stage.officer(at),
                                                                         at=at))  # fmt: skip
    if row.state == CapabilityState.PUBLISHED:
        on(row.moved_day, "list", lambda at: deeds.publish_capability(record(), level=row.level, by=stage.officer(at),
                                                                      at=at))  # fmt: skip
    if row.state == CapabilityState.WITHDRAWN:
        on(row.moved_day, "withdraw", lambda at: deeds.move_capability(record(), "withdraw", reason=looked,
                                                                       by=stage.officer(at), at=at))  # fmt: skip


def _hand_in(stage: Stage, row: DemoCapability, at: datetime) -> None:
    said = row.references
    values = {
        "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": row.text.zh, "text_en": row.text.en,
        "references_zh": said.zh if said else "", "references_en": said.en if said else "", "domain": row.domain,
        "field": row.field, "owner": stage.get("organisation", row.owner).number, "trl": row.trl, "weeks": row.weeks,
        "price_min": row.price_min, "price_max": row.price_max,
    }  # fmt: skip
    stage.put("capability", row.code, deeds.create_capability(values, by=stage.officer(at), at=at))


def page_values(page: DemoPage) -> dict[str, object]:
    """What is written on the one page."""
    return {name: getattr(page, name) for name in ("heading", "solution", "rationale", "plan", "trl", "price", "weeks")}


@dataclass
class Way:
    """One opportunity's way to the state in which the set has it."""

    stage: Stage
    row: DemoOpportunity

    def write(self) -> None:
        for day, step in spread(list(self._steps()), self.row.collected_day, self.row.moved_day):
            self.stage.diary.on(day, f"opportunity {self.row.code}: {step.what}", step.deed)
        for code in self.row.invites:
            self.stage.diary.on(self.row.moved_day + 1, f"opportunity {self.row.code}: invite for {code}",
                                lambda at, code=code: self._invite(code, at))  # fmt: skip

    @property
    def record(self) -> Opportunity:
        return self.stage.get("opportunity", self.row.code)

    def _officer(self, deed: object, *args: object, **options: object) -> object:
        return lambda at: deed(self.record, *args, by=self.stage.officer(at), at=at, **options)

    def _reaches(self, state: S) -> bool:
        """Whether the way leads through a state."""
        last = ENDS_AFTER.get(self.row.state, self.row.state)
        return ORDER.index(last) >= ORDER.index(state)

    def _steps(self) -> Iterator[Step]:
        row = self.row
        yield Step("collect", self._collect, row.collected_day)
        if self._reaches(S.REFINED):
            yield Step("refine", self._officer(deeds.move_opportunity, "refine"))
        if self._reaches(S.APPROVED):  # a second person approves; the house stands in for a colleague
            yield Step("approve", lambda at: deeds.move_opportunity(self.record, "approve", by=self.stage.house(at),
                                                                    at=at))  # fmt: skip
        if self._reaches(S.PUBLISHED):
            yield Step("list", self._list)
            for page in row.proposals:
                yield Step(f"{page.by} proposes", lambda at, page=page: self._propose(page, at))
        yield from self._tried()
        if row.state == S.CLOSED_NO_SUPPLIER:
            yield from self._declined()
            yield Step("close", self._officer(deeds.move_opportunity, "close", reason=written(row.reason)))

    def _tried(self) -> Iterator[Step]:
        row = self.row
        if self._reaches(S.MATCHING):
            yield Step("begin to match", self._officer(deeds.move_opportunity, "begin_matching"))
        if self._reaches(S.SELECTED):
            yield Step("select", self._select)
            yield from self._declined()
        if self._reaches(S.TESTING):
            yield Step("begin the trial", self._begin_trial)
            yield Step("measure", self._measure)
        if row.state == S.FAILED:
            yield Step("fail", self._officer(deeds.fail, reason=written(row.reason)))
        yield from self._accepted()

    def _accepted(self) -> Iterator[Step]:
        if self._reaches(S.ACCEPTED):
            yield Step("accept", self._officer(deeds.accept))
        if self._reaches(S.DEMONSTRATION):
            yield Step("demonstrate", self._officer(deeds.demonstrate))
        if self._reaches(S.SCALED):
            yield Step("name the place", self._carry_over)
            yield Step("scale", self._officer(deeds.scale, follow_on_value=self.row.follow_on_value))

    def _collect(self, at: datetime) -> None:
        row = self.row
        unit = self.stage.get("organisation", row.unit).number if row.unit else row.unit_name
        values = {
            "title_zh": row.title.zh, "title_en": row.title.en, "pain_zh": row.pain.zh, "pain_en": row.pain.en,
            "owner": unit, "demand_type": row.demand_type.value, "domain": row.domain, "field": row.field,
            "area": row.area, "budget": row.budget, "openness": [one.value for one in row.openness],
            "base_site": row.base_site, "safety_permit": row.permit.value,
        }  # fmt: skip
        made = deeds.create_opportunity(values, wanted="\n".join(row.indicators), by=self.stage.officer(at), at=at)
        self.stage.put("opportunity", row.code, made)

    def _list(self, at: datetime) -> None:
        # What is proposed was proposed in time: the last day lies behind only where nobody proposes any more.
        until = self.stage.diary.day(self.row.until_day if self.row.until_day is not None else self.row.moved_day)
        deeds.publish_opportunity(self.record, proposals_until=until, level=self.row.level, by=self.stage.officer(at),
                                  at=at)  # fmt: skip

    def _invite(self, code: str, at: datetime) -> None:
        by, able = self.stage.officer(at), self.stage.get("capability", code)
        invite(self.record, able, note=written(INVITATION), by=by, at=at)

    def _propose(self, page: DemoPage, at: datetime) -> None:
        by = self.stage.as_(page.by, at)
        draft = deeds.begin_proposal(self.record, by=by, at=at, values=page_values(page))
        deeds.hand_in(draft, by=by, at=at)

    def _proposal(self, page: DemoPage, by: Reader) -> Proposal:
        wanted = self.stage.users[page.by]
        theirs = self.stage.as_(page.by, by.at).organisation_ids
        found = queries.proposals(by).filter(opportunity=self.record.pk, owner__in=theirs).first()
        if found is None:
            raise LookupError(f"{wanted.email} has not proposed for {self.row.code}")
        return queries.proposal(found.number, by)

    def _select(self, at: datetime) -> None:
        by = self.stage.officer(at)
        page = next(one for one in self.row.proposals if one.is_chosen)
        deeds.select(self.record, self._proposal(page, by), by=by, at=at)

    def _declined(self) -> Iterator[Step]:
        for page in self.row.proposals:
            if not page.is_chosen:
                yield Step(f"decline {page.by}", lambda at, page=page: self._decline(page, at))

    def _decline(self, page: DemoPage, at: datetime) -> None:
        by = self.stage.officer(at)
        deeds.decline(self._proposal(page, by), feedback=written(page.feedback), by=by, at=at)

    def _begin_trial(self, at: datetime) -> None:
        deeds.begin_trial(self.record, site=self.row.site, starts_on=at.date(), by=self.stage.officer(at), at=at)

    def _measure(self, at: datetime) -> None:
        by, record = self.stage.officer(at), self.record
        text = f"检测报告（演示） {self.row.title.zh}\nTest report (demonstration) {self.row.title.en}\n".encode()
        report = documents.attach(record, io.BytesIO(text), "test-report.txt", limit=MOST, by=by, at=at)
        wanted = queries.opportunity_rows(record).indicators
        values = {one.pk: Decimal(value) for one, value in zip(wanted, self.row.values, strict=False)}
        deeds.measure_all(
            record, values, deeds.Taken(None, at.date(), "江淮检测技术服务有限公司", report), by=by, at=at
        )

    def _carry_over(self, at: datetime) -> None:
        deeds.add_place(self.record, name=self.row.place, is_replication=True, used_since=at.date(),
                        by=self.stage.officer(at), at=at)  # fmt: skip
