"""The technology contracts of a demonstration project: drafted, signed, submitted, registered or refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters.packs.demo_projects import DemoContract, DemoProject
from grandunion.records.projects import Contract
from grandunion.terms.contracts import ContractPerformance
from grandunion.terms.contracts import ContractState as S
from grandunion.terms.readers import Reader
from grandunion.work.actions import projects as deeds
from grandunion.work.actions.upkeep.demo.diary import Step
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries import projects as queries

SUBMITTED = (S.SUBMITTED, S.CORRECTION, S.REGISTERED, S.NOT_REGISTERED, S.CHANGED, S.CANCELLED)
REGISTERED = (S.REGISTERED, S.CHANGED, S.CANCELLED)
MATERIAL = "设备与材料 Equipment and material"


@dataclass
class Papers:
    """The contracts of one project; those signed before the company is registered stand on its main way."""

    stage: Stage
    row: DemoProject

    def steps(self) -> Iterator[Step]:
        """Every step of every contract with its day, in the order of time."""
        events = [(day, place, step) for place, one in enumerate(self.row.contracts) for day, step in self._of(one)]
        company = self.row.landing.registered_day if self.row.landing else 1
        for day, _, step in sorted(events, key=lambda event: event[:2]):
            if day <= company:
                yield step
            else:  # a later contract goes its own way beside the project's
                self.stage.diary.on(day, f"project {self.row.code}: {step.what}", step.deed)

    def _of(self, one: DemoContract) -> Iterator[tuple[int, Step]]:
        signed = one.signed_day if one.signed_day is not None else self.row.moved_day
        reason = (written(one.decision_reason) or "演示。")[:300]
        yield self._step(one, "draft", lambda at: self._draft(one, at), max(signed - 4, self.row.started_day))
        if one.state == S.DRAFT:
            return
        yield self._step(one, "sign", self._move(one, "sign", signed_on=self.stage.diary.day(signed)), signed)
        if one.state in SUBMITTED:
            accepted = one.accepted_day if one.accepted_day is not None else signed + 3
            yield self._step(one, "submit", self._move(one, "submit"), accepted)
            yield from self._decided(one, accepted, reason)
        if one.performance == ContractPerformance.COMPLETED:
            ended = one.effective_to_day if one.effective_to_day is not None and one.effective_to_day < 0 else 0
            brought = {"ended_on": self.stage.diary.day(ended)}
            yield self._step(one, "complete", self._move(one, "complete", **brought), ended)

    def _decided(self, one: DemoContract, accepted: int, reason: str) -> Iterator[tuple[int, Step]]:
        decided = one.decided_day if one.decided_day is not None else min(accepted + 7, 0)
        if one.state == S.CORRECTION:
            yield self._step(one, "ask correction", self._move(one, "ask_correction", reason=reason), decided)
        if one.state == S.NOT_REGISTERED:
            yield self._step(one, "refuse", self._move(one, "refuse_registration", reason=reason), decided)
        if one.state in REGISTERED:
            number = one.registration_number
            yield self._step(one, "register", self._move(one, "register", registration_no=number), decided)
        if one.state in (S.CHANGED, S.CANCELLED):
            code = "change" if one.state == S.CHANGED else "cancel"
            yield self._step(one, code, self._move(one, code, reason=reason), decided)

    def _step(self, one: DemoContract, what: str, deed: Callable, day: int) -> tuple[int, Step]:
        return day, Step(f"{what} {one.title.en}", deed, day)

    def _by(self, at: datetime) -> Reader:
        return self.stage.as_(self.row.in_charge, at)

    def _draft(self, one: DemoContract, at: datetime) -> None:
        day, taken = self.stage.diary.day, one.value_total - one.value_technical
        values = {
            "contract_kind": one.kind.value, "contract_subkind": one.subkind.value if one.subkind else "",
            "title": self._title(one), "seller": self.stage.get("organisation", one.seller).number,
            "buyer": self.stage.get("organisation", one.buyer).number, "is_import": one.is_import,
            "currency": one.currency or "CNY", "value_total": one.value_total,
            "deductions": [(MATERIAL, taken)] if taken else [], "payment": one.payment.value,
            "ip_clause": written(one.ip_clause), "effective_from": day(one.effective_from_day),
            "effective_to": day(one.effective_to_day),
        }  # fmt: skip
        deeds.draft_contract(self.stage.get("project", self.row.code), values, by=self._by(at), at=at)

    def _title(self, one: DemoContract) -> str:
        return written(one.title)[:200]

    def _contract(self, one: DemoContract) -> Contract:
        project = self.stage.get("project", self.row.code)
        return next(found for found in queries.contracts([project.pk]) if found.title == self._title(one))

    def _move(self, one: DemoContract, code: str, **brought: object) -> Callable:
        return lambda at: deeds.move_contract(
            self.stage.get("project", self.row.code), self._contract(one), code, by=self._by(at), at=at, **brought
        )
