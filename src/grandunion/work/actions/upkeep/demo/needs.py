"""The needs of the demonstration are stated, dispatched, answered, rated and closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from grandunion.adapters.packs.demo_needs import DemoAssignment, DemoNeed, DemoNote
from grandunion.records.needs import Need
from grandunion.terms.needs import CLOSED_NEED_STATES, AssignmentState, NoteKind
from grandunion.terms.needs import NeedState as S
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING
from grandunion.work.actions import needs as deeds
from grandunion.work.actions.upkeep.demo.diary import Step, spread
from grandunion.work.actions.upkeep.demo.stage import OFFICER, Stage, written
from grandunion.work.queries import needs as queries

HEARD = (S.RATED, S.CALLED_BACK, S.REOPENED, *CLOSED_NEED_STATES)
ANSWERED = (S.ANSWERED, *HEARD)
HANDLED = {
    AssignmentState.TAKING_CARE: "take", AssignmentState.DONE_HELPED: "help",
    AssignmentState.DONE_NO_HELP_AVAILABLE: "find_no_help", AssignmentState.DONE_NOT_REACHABLE: "find_unreachable",
    AssignmentState.NOT_FOR_ME: "pass_on", AssignmentState.EXPIRED: "expire",
}  # fmt: skip
CLOSINGS = {
    S.CLOSED_SOLVED: "close_solved", S.CLOSED_PARTLY: "close_partly", S.CLOSED_EXPLAINED: "close_explained",
    S.CLOSED_UNSOLVED: "close_unsolved",
}  # fmt: skip
PLAIN = {S.SPAM: "mark_as_spam", S.CANCELLED: "cancel"}


def write_needs(stage: Stage) -> None:
    """Write every need's way into the diary."""
    for row in stage.demo.needs:
        Way(stage, row).write()


@dataclass
class Way:
    """One need's way to the state in which the set has it."""

    stage: Stage
    row: DemoNeed

    def write(self) -> None:
        for day, step in spread(list(self._steps()), self.row.received_day, self.row.moved_day):
            self.stage.diary.on(day, f"need {self.row.code}: {step.what}", step.deed)
        for step in self._beside():
            self.stage.diary.on(step.day, f"need {self.row.code}: {step.what}", step.deed)

    @property
    def record(self) -> Need:
        return self.stage.get("need", self.row.code)

    def _applicant(self, at: datetime) -> Reader:
        return self.stage.as_(self.stage.account_at(self.row.organisation) or OFFICER, at)

    def _by_officer(self, deed: object, *args: object, **options: object) -> object:
        return lambda at: deed(self.record, *args, by=self.stage.officer(at), at=at, **options)

    def _said(self, note: DemoNote) -> object:
        """What the applicant or the officer writes."""
        new = deeds.Writing(note.kind, written(note.text))
        if note.kind == NoteKind.FROM_APPLICANT:
            return lambda at: deeds.add_note(self.record, new, by=self._applicant(at), at=at)
        return self._by_officer(deeds.add_note, new)

    def _steps(self) -> Iterator[Step]:
        row, state = self.row, self.row.state
        if state == S.DRAFT:
            yield Step("begin", self._begin, row.received_day)
            return
        yield Step("register", self._register, row.received_day)
        if row.level in (Level.MEMBERS, Level.PUBLIC):
            yield Step("open", self._open_to, row.received_day)
        if state in PLAIN:
            reason = written(row.outcome_note) or "演示。"
            yield Step(state.value, self._by_officer(deeds.move, PLAIN[state], reason=reason))
        elif state != S.RECEIVED:
            yield from self._handled()

    def _handled(self) -> Iterator[Step]:
        row, state = self.row, self.row.state
        asked = min((one.assigned_day for one in row.assignments), default=row.received_day + 1)
        if not (state in (S.MERGED,) and not row.assignments):
            yield Step("triage", self._by_officer(deeds.move, "begin_triage"),
                       None if state == S.TRIAGE else min(row.received_day + 1, asked))  # fmt: skip
        yield from self._assigned()
        if state in HEARD:
            yield from self._heard()
        if state == S.ESCALATED:
            reason = written(row.outcome_note) or "需上级协调。"
            yield Step("escalate", self._by_officer(deeds.escalate, reason=reason))
        if state == S.MERGED:
            yield Step("merge", self._merge)

    def _assigned(self) -> Iterator[Step]:
        """The first are dispatched to, later ones are asked too; each does what the set says."""
        turns = sorted(self.row.assignments, key=lambda one: (one.assigned_day, written(one.question)))
        events: list[tuple[int, int, Step]] = []
        for turn, ((day, question), some) in enumerate(
            groupby(turns, key=lambda one: (one.assigned_day, written(one.question)))
        ):
            codes = [one.organisation for one in some]
            ask = self._dispatch if turn == 0 else self._ask_also
            deed = lambda at, ask=ask, codes=codes, question=question: ask(codes, question, at)  # noqa: E731
            events.append((day, 0, Step(f"ask {', '.join(codes)}", deed, day)))
        for one in turns:
            events += self._handling(one)
        yield from (step for _, _, step in sorted(events, key=lambda event: event[:2]))

    def _beside(self) -> Iterator[Step]:
        """What happens without moving it: a question and its answer, a common problem, a call after the closing."""
        row = self.row
        if row.issue:
            collected = next(one.collected_day for one in self.stage.demo.issues if one.code == row.issue)
            yield Step("link", self._link, max(collected, row.received_day))
        for note in row.notes:
            yield Step(f"note {note.kind.value}", self._said(note), note.day)
        if question := row.question:
            asked = self._by_officer(deeds.ask_applicant, written(question.text))
            yield Step("ask", asked, question.asked_day)
            if question.answer is not None:
                yield Step("reply", lambda at: deeds.reply(
                    self.record, written(question.answer), by=self._applicant(at), at=at
                ), question.answered_day)  # fmt: skip
        if call := row.follow_up:
            heard = self._by_officer(deeds.follow_up, result=call.result, note=written(call.comment))
            yield Step("follow up", heard, call.day)

    def _link(self, at: datetime) -> None:
        deeds.link(self.record, to=self.stage.get("issue", self.row.issue).number, by=self.stage.officer(at), at=at)

    def _handling(self, one: DemoAssignment) -> Iterator[tuple[int, int, Step]]:
        if one.state == AssignmentState.WAITING:
            return
        taken = one.assigned_day + 1
        done = max(one.answered_day if one.answered_day is not None else taken, one.assigned_day)
        if one.state in (AssignmentState.DONE_HELPED, AssignmentState.DONE_NO_HELP_AVAILABLE) and done > taken:
            yield taken, 1, Step(f"{one.organisation} takes", lambda at: self._handle(one, "take", at), taken)
        deed = HANDLED[one.state]
        yield done, 2, Step(f"{one.organisation} {deed}", lambda at: self._handle(one, deed, at), done)

    def _dispatch(self, codes: list[str], question: str, at: datetime) -> None:
        to = [self.stage.get("organisation", code) for code in codes]
        deeds.dispatch(self.record, to=to, question=question, by=self.stage.officer(at), at=at)

    def _ask_also(self, codes: list[str], question: str, at: datetime) -> None:
        to = [self.stage.get("organisation", code) for code in codes]
        deeds.ask_also(self.record, to=to, question=question, by=self.stage.officer(at), at=at)

    def _handle(self, one: DemoAssignment, deed: str, at: datetime) -> None:
        wanted = self.stage.ids["organisation", one.organisation]
        row = next(found for found in queries.assignments(self.record) if found.organisation_id == wanted)
        by = self.stage.as_(self.stage.account_at(one.organisation) or OFFICER, at)
        by = self.stage.house(at) if deed == "expire" else by
        if one.suggests:
            suggest = self.stage.get("organisation", one.suggests).number
            deeds.pass_on(row, reason=written(one.reason), suggest=suggest, by=by, at=at)
            return
        has_answer = deed in ("help", "find_no_help")
        deeds.handle(
            row, deed, by=by, at=at, answer=written(one.answer) if has_answer else "", reason=written(one.reason)
        )

    def _heard(self) -> Iterator[Step]:
        row, state = self.row, self.row.state
        called = row.callback if state != S.RATED else None
        if row.rating:
            day = None if state == S.RATED else (called.day - 1 if called else None)
            yield Step("rate", self._rate, day)
        if called:
            heard = self._by_officer(deeds.call_back, result=called.result, note=written(called.comment))
            yield Step("call back", heard, None if state == S.CALLED_BACK else called.day)
        if state == S.REOPENED:
            reason = written(row.rating.comment) or "申请人不满意。"
            yield Step("reopen", self._by_officer(deeds.reopen, reason=reason[:300]))
        if state in CLOSINGS:
            note = written(row.outcome_note) or "演示。"
            yield Step("close", self._by_officer(deeds.close, CLOSINGS[state], outcome=row.outcome, note=note[:300]))

    def _rate(self, at: datetime) -> None:
        rating = self.row.rating
        given = deeds.Rating(rating.score, rating.was_contacted, rating.was_useful, written(rating.comment))
        deeds.rate(self.record, given, by=self._applicant(at), at=at)

    def _merge(self, at: datetime) -> None:
        other = self.stage.get("need", self.row.merged_into)
        deeds.merge(self.record, into=other.number, by=self.stage.officer(at), at=at)

    def _open_to(self, at: datetime) -> None:
        """To the public a second person opens it; the house stands in for a colleague."""
        by = self.stage.officer(at) if self.row.level == Level.MEMBERS else self.stage.house(at)
        deeds.open_to(self.record, self.row.level, by=by, at=at)

    def _begin(self, at: datetime) -> None:
        self.stage.put("need", self.row.code, deeds.begin(self._values(), by=self._applicant(at), at=at))

    def _register(self, at: datetime) -> None:
        self.stage.put("need", self.row.code, deeds.register(self._values(), by=self._applicant(at), at=at))

    def _values(self) -> dict[str, object]:
        row, text = self.row, self.row.text or NOTHING
        contact = self.stage.some("person", row.contact)
        organisation = self.stage.get("organisation", row.organisation)
        return {
            "applicant_type": row.applicant_type.value, "organisation": organisation.number,
            "contact_name": contact.name_zh if contact else organisation.name.zh[:100],
            "contact_email": contact.email if contact else "", "category": row.category.value, "subject": row.subject,
            "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": text.zh, "text_en": text.en,
            "area": row.area, "industry": row.industry, "field": row.field, "budget": row.budget,
            "currency": row.currency or "CNY", "headcount": row.headcount, "trl_wanted": row.trl_wanted,
            "wanted_by": self.stage.diary.day(row.wanted_day), "urgency": row.urgency.value,
            "modes_wanted": row.modes_wanted, "finance_round": row.finance_round or "",
            "instruments_wanted": row.instruments_wanted,
            "details": {one.code: one.answer for one in row.answers},
            "acceptance_criteria": written(row.acceptance_criteria), "attempts_so_far": written(row.attempts_so_far),
        }  # fmt: skip
