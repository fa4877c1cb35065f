"""The projects of the demonstration go their way from a lead to a landed company, or are lost on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters.packs.demo_projects import DemoProject
from grandunion.records.projects import Project
from grandunion.terms.projects import ProjectState as S
from grandunion.terms.projects import Route
from grandunion.terms.readers import Reader
from grandunion.work.actions import projects as deeds
from grandunion.work.actions.parties import organisations
from grandunion.work.actions.upkeep.demo.contracts import Papers
from grandunion.work.actions.upkeep.demo.diary import Step, spread
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries import projects as queries

FIRST = (S.LEAD, S.CONTACTED, S.QUALIFIED, S.TRIAGE, S.DUE_DILIGENCE, S.POC, S.EVALUATED, S.PROFILE_READY, S.MATCHING,
         S.INTRODUCED, S.NEGOTIATING, S.TERM_SHEET, S.CONTRACT_SIGNED, S.CONTRACT_REGISTERED, S.COMPANY_REGISTERED,
         S.SPACE_ASSIGNED, S.FIRST_FUNDING, S.LANDED)  # fmt: skip
FOLLOWED = (S.MONTH_3, S.MONTH_6, S.MONTH_12, S.CHECK, S.GROWING, S.AT_RISK, S.STALLED, S.GRADUATED, S.EXITED)
PLAIN = {S.CONTACTED: "contact", S.QUALIFIED: "verify", S.TRIAGE: "begin_triage", S.DUE_DILIGENCE: "investigate",
         S.EVALUATED: "pass_evaluation", S.PROFILE_READY: "finish_profile", S.MATCHING: "begin_matching",
         S.TERM_SHEET: "agree_terms"}  # fmt: skip
BEGIN = {S.MONTH_3: "begin_month_3", S.MONTH_6: "begin_month_6", S.MONTH_12: "begin_month_12", S.CHECK: "begin_check",
         S.GROWING: "find_growing", S.AT_RISK: "find_at_risk", S.STALLED: "find_stalled", S.GRADUATED: "graduate",
         S.EXITED: "exit"}  # fmt: skip
JUDGED = (S.GROWING, S.AT_RISK, S.STALLED, S.GRADUATED)
GIVEN_REASON = (S.AT_RISK, S.STALLED, S.EXITED)
SIDE = (S.ON_HOLD, S.LOST, S.FAILED)


def write_projects(stage: Stage) -> None:
    """Write every project's way into the diary."""
    for row in stage.demo.projects:
        Way(stage, row).write()


@dataclass
class Way:
    """One project's way to the state in which the set has it."""

    stage: Stage
    row: DemoProject

    def write(self) -> None:
        row = self.row
        last = min(row.moved_day, 0)
        for day, step in spread(list(self._steps()), row.started_day, last):
            self._on(day, step.what, step.deed)
        for one in row.members:
            self._on(row.started_day, f"member {one.person}", lambda at, one=one: self._member(one, at))
        for one in row.interactions:
            self._on(max(one.day, row.started_day), "talk", lambda at, one=one: self._talk(one, at))
        for one in row.milestones:
            self._milestone(one)

    def _on(self, day: int, what: str, deed: Callable) -> None:
        self.stage.diary.on(day, f"project {self.row.code}: {what}", deed)

    @property
    def record(self) -> Project:
        return self.stage.get("project", self.row.code)

    def _by(self, at: datetime) -> Reader:
        return self.stage.as_(self.row.in_charge, at)

    def _move(self, code: str, **brought: object) -> Callable:
        return lambda at: deeds.move(self.record, code, by=self._by(at), at=at, **brought)

    @property
    def goal(self) -> S:
        """The state to reach by the main way: before a side state, where it stood."""
        return self.row.state_before if self.row.state in SIDE else self.row.state

    def _steps(self) -> Iterator[Step]:
        row, goal = self.row, self.goal
        yield from self._begun()
        ways = FIRST.index(goal) if goal in FIRST else len(FIRST) - 1
        for state in FIRST[1 : ways + 1]:
            yield from self._to(state)
        if goal not in FIRST:
            yield from self._followed()
        yield Step("next step", self._next)
        reason = written(row.lost_note) or written(row.risk_reason) or "演示。"
        if row.state == S.ON_HOLD:
            yield Step("hold", self._move("hold", reason=reason[:300]), row.moved_day)
        if row.state == S.LOST:
            yield Step("lose", self._move("lose", lost_reason=row.lost_reason.value, lost_note=written(row.lost_note)),
                       row.moved_day)  # fmt: skip
        if row.state == S.FAILED:
            yield Step("fail", self._move("fail", reason=reason[:300]), row.moved_day)

    def _to(self, state: S) -> Iterator[Step]:
        """How a state on the main way is reached; optional ones only where the set knows of them."""
        special = {
            S.POC: self._poc, S.INTRODUCED: self._introduced, S.NEGOTIATING: self._negotiating,
            S.TERM_SHEET: self._term_sheet, S.CONTRACT_SIGNED: self._papers, S.CONTRACT_REGISTERED: lambda: (),
            S.COMPANY_REGISTERED: self._company, S.SPACE_ASSIGNED: self._space, S.FIRST_FUNDING: self._funding,
            S.LANDED: self._landed,
        }  # fmt: skip
        if state in special:
            yield from special[state]()
        else:
            yield Step(PLAIN[state], self._move(PLAIN[state]))

    def _begun(self) -> Iterator[Step]:
        """Opened with the first achievement that is there; the others are linked when they are disclosed."""
        disclosed = {one.code: one.disclosed_day for one in self.stage.demo.achievements}
        codes = sorted(self.row.achievements, key=lambda code: disclosed[code])
        there = [code for code in codes if disclosed[code] < self.row.started_day]
        yield Step("open", lambda at: self._open(there[:1], at), self.row.started_day)
        for code in [code for code in codes if code not in there[:1]]:
            day = max(disclosed[code] + 1, self.row.started_day)
            yield Step(f"link {code}", lambda at, code=code: deeds.link_achievement(
                self.record, self.stage.get("achievement", code), by=self._by(at), at=at), day)  # fmt: skip

    def _open(self, first: list[str], at: datetime) -> None:
        achievement = self.stage.get("achievement", first[0]) if first else None
        project = deeds.open_project(self._values(), by=self._by(at), at=at, achievement=achievement)
        self.stage.put("project", self.row.code, project)

    def _values(self) -> dict[str, object]:
        stage, row = self.stage, self.row

        def number(code: str) -> str:
            return stage.get("organisation", code).number if code else ""

        words = {name: getattr(row, name) for name in ("route", "founder_type", "manager_type", "source_region")}
        return {
            "title_zh": row.title.zh, "title_en": row.title.en, "summary_zh": row.summary.zh,
            "summary_en": row.summary.en, "owner": number(row.owner), "university": number(row.university),
            "host_partner": number(row.host_partner), "in_charge": stage.users[row.in_charge].email,
            "area": row.area, "field": row.field, "industry": row.industry, "level": row.level.value,
            "trl_at_entry": row.trl_at_entry, "trl_now": row.trl_now, "market_note": written(row.market_note),
            "conflict_check": written(row.conflict_check)[:300], "why_hefei": written(row.why_hefei),
            **{name: word.value for name, word in words.items() if word},
        }  # fmt: skip

    def _poc(self) -> Iterator[Step]:
        poc = self.row.poc
        if poc is None:
            return
        facts = {
            "technical_question": written(poc.technical_question), "scene_question": written(poc.scene_question),
            "budget": poc.budget, "starts_on": self.stage.diary.day(poc.starts_day),
        }  # fmt: skip

        def begin(at: datetime) -> None:
            centre = self.stage.get("organisation", poc.centre).number
            deeds.begin_poc(self.record, by=self._by(at), at=at, centre=centre, **facts)

        yield Step("begin poc", begin, poc.starts_day)
        if poc.ended_day is not None and self.goal != S.POC:
            ended = self.stage.diary.day(poc.ended_day)
            yield Step("end poc", self._move("end_poc", result=poc.result.value, finding=written(poc.finding),
                                             ended_on=ended), poc.ended_day)  # fmt: skip

    def _accepted(self) -> list[tuple[int, str]]:
        """The matches of the project that both sides accept, with the day on which they have."""
        rows = (one for one in self.stage.demo.matches if one.code in self.row.matches)
        return sorted(
            (max(one.needing_accepted_day, one.offering_accepted_day), one.code)
            for one in rows
            if one.needing_accepted_day is not None and one.offering_accepted_day is not None
        )

    def _leading(self) -> list[tuple[int, str]]:
        """Those of them that led to the project's first contract; later ones the company won itself."""
        first = min((one.signed_day for one in self.row.contracts if one.signed_day is not None), default=1)
        return [one for one in self._accepted() if one[0] < first]

    def _introduced(self) -> Iterator[Step]:
        """Linking a match that both sides have accepted is the introduction."""
        leading = self._leading()
        for day, code in self._accepted():
            if (day, code) in leading:
                yield Step(f"link {code}", lambda at, code=code: self._link(code, at), day)
            else:
                self._on(day, f"link {code}", lambda at, code=code: self._link(code, at))

    def _link(self, code: str, at: datetime) -> None:
        deeds.link_match(self.record, self.stage.get("match", code), by=self._by(at), at=at)

    def _negotiating(self) -> Iterator[Step]:
        code = "negotiate" if self._leading() else "go_own_way"
        brought = {} if self._leading() else {"route": Route.START_UP.value}
        signed = [one.signed_day for one in self.row.contracts if one.signed_day is not None]
        before = min(signed) - 3 if signed and self.goal != S.NEGOTIATING else None
        yield Step(code, self._move(code, **brought), before)

    def _term_sheet(self) -> Iterator[Step]:
        if self.goal == S.TERM_SHEET:
            yield Step("agree terms", self._move("agree_terms"))

    def _papers(self) -> Iterator[Step]:
        yield from Papers(self.stage, self.row).steps()

    def _company(self) -> Iterator[Step]:
        landing = self.row.landing
        company = next(one for one in self.stage.demo.organisations if one.code == landing.company)
        facts = {
            "credit_code": company.credit_code, "name_zh": company.name.zh, "name_en": company.name.en,
            "registered_on": self.stage.diary.day(landing.registered_day), "area_code": landing.area,
            "registered_capital": company.registered_capital,
        }  # fmt: skip
        yield Step("register company", self._move("register_company", **facts), landing.registered_day)
        if company.labels:
            yield Step("label", lambda at: self._labels(company, at), landing.registered_day)

    def _labels(self, company: object, at: datetime) -> None:
        """What the company is recognised as."""
        record, by = self.stage.get("organisation", company.code), self.stage.house(at)
        for label in company.labels:
            organisations.add_label(record, label.label, label.year, by=by, at=at)

    def _space(self) -> Iterator[Step]:
        landing = self.row.landing
        if self.goal == S.SPACE_ASSIGNED or landing.landed_day is not None:
            facts = {"area_code": landing.area, "space_agreement": written(landing.agreement)[:200],
                     "building": written(landing.building)[:200]}  # fmt: skip
            yield Step("assign space", self._move("assign_space", **facts))

    def _funding(self) -> Iterator[Step]:
        money = self.row.landing.first_funding
        if money is not None:
            yield Step("record funding", self._move("record_funding", first_funding=money))

    def _landed(self) -> Iterator[Step]:
        landed = self.row.landing.landed_day
        yield Step("land", self._move("land", landed_on=self.stage.diary.day(landed)), landed)

    def _followed(self) -> Iterator[Step]:
        for one in sorted(self.row.visits, key=lambda visit: visit.visited_day):
            yield Step(f"visit {one.label}", lambda at, one=one: self._visit(one, at), one.visited_day)
        labels = {visit.label for visit in self.row.visits}
        if self.goal in JUDGED and S.CHECK not in labels:
            yield Step("begin check", self._move(BEGIN[S.CHECK]))
        if self.goal not in labels:
            reason = written(self.row.risk_reason) or "演示。"
            brought = {"reason": reason[:300]} if self.goal in GIVEN_REASON else {}
            yield Step(BEGIN[self.goal], self._move(BEGIN[self.goal], **brought))

    def _visit(self, one: object, at: datetime) -> None:
        project = self.record
        visit = next(row for row in queries.visits([project.pk]) if row.label == one.label and row.visited_on is None)
        deeds.log_visit(project, visit, visited_on=self.stage.diary.day(one.visited_day), by=self._by(at), at=at,
                        staff_count=one.staff_count, revenue=one.revenue, rd_spending=one.rd_spending,
                        note=written(one.note))  # fmt: skip

    def _member(self, one: object, at: datetime) -> None:
        deeds.add_member(self.record, self.stage.get("person", one.person), by=self._by(at), at=at,
                         role=written(one.role)[:100], is_full_time=one.is_full_time,
                         share_percent=one.share_percent)  # fmt: skip

    def _talk(self, one: object, at: datetime) -> None:
        who = self.stage.some("person", one.person)
        deeds.note_interaction(self.record, by=self._by(at), at=at, on=self.stage.diary.day(one.day),
                               interaction_kind=one.kind.value, note=written(one.note),
                               who=who.name.zh if who else "")  # fmt: skip

    def _milestone(self, one: object) -> None:
        name, day = written(one.name)[:200], self.stage.diary.day
        start = self.row.started_day

        def add(at: datetime) -> None:
            deeds.add_milestone(self.record, name, due_on=day(one.due_day), by=self._by(at), at=at)

        def finish(at: datetime) -> None:
            row = next(found for found in queries.milestones([self.record.pk]) if found.name == name)
            evidence = written(one.evidence) or "已完成。"
            deeds.finish_milestone(self.record, row, done_on=day(one.done_day), evidence=evidence,
                                   by=self._by(at), at=at)  # fmt: skip

        self._on(start, f"milestone {name}", add)
        if one.done_day is not None:
            self._on(max(one.done_day, start), f"reach {name}", finish)

    def _next(self, at: datetime) -> None:
        row = self.row
        if row.next_step and row.next_step_day is not None:
            deeds.plan_next(self.record, next_step=written(row.next_step)[:300],
                            next_step_on=self.stage.diary.day(row.next_step_day), by=self._by(at), at=at)  # fmt: skip
        if row.risk_level:
            deeds.set_risk(self.record, risk_level=row.risk_level.value, risk_reason=written(row.risk_reason)[:300],
                           by=self._by(at), at=at)  # fmt: skip
