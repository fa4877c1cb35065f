"""The quarter itself: needs come in, the clock works every two hours, offices and enterprises act as people do."""

import heapq
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.desk._ground import Ground
from grandunion.engines.calendars import WorkingCalendar
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, CallbackResult, Category, NeedState, Outcome
from grandunion.terms.readers import house
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import needs as deeds
from grandunion.work.actions.needs.due import run_due
from grandunion.work.queries import needs

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TICK = 2 * HOUR
DOWN = 26 * HOUR  # once in the middle the worker does not run at all
WEIGHTS = (14, 10, 12, 9, 8, 14, 8, 9, 5, 6, 5)  # of the categories, in their order


@dataclass
class Quarter:
    """What happens when; `deeds` counts what was done, `seconds` what it cost."""

    ground: Ground
    starts_at: datetime
    ends_at: datetime
    calendar: WorkingCalendar
    dice: random.Random
    agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    deeds: Counter = field(default_factory=Counter)
    seconds: Counter = field(default_factory=Counter)
    seen: dict[int, str] = field(default_factory=dict)  # assignments an office has got to know of, with their needs
    slowest: float = 0.0
    turns: Iterator[int] = field(default_factory=itertools.count)

    def live(self, count: int) -> None:
        """Let so many needs come in over the quarter, and everything that follows happen."""
        for _ in range(count):
            self.plan(self._some_moment(), self._state)
        middle, at = self.starts_at + (self.ends_at - self.starts_at) / 2, self.starts_at
        while at < self.ends_at:
            if not middle <= at < middle + DOWN:
                self.plan(at, self._worker)
            at += TICK
        for day in range((self.ends_at - self.starts_at).days):
            self.plan(self.starts_at + day * DAY + 10 * HOUR, self._officer)
        while self.agenda and self.agenda[0][0] < self.ends_at:
            at, _, deed = heapq.heappop(self.agenda)
            deed(at)
        self._worker(self.ends_at)

    def plan(self, at: datetime, deed: Callable[[datetime], None]) -> None:
        heapq.heappush(self.agenda, (at, next(self.turns), deed))

    def _some_moment(self) -> datetime:
        """Most needs come in opening hours; some at night and on holidays."""
        at = self.starts_at + (self.ends_at - self.starts_at - 20 * DAY) * self.dice.random()
        return at if self.calendar.is_working(at) or self.dice.random() < 0.2 else self._some_moment()

    def _do(self, name: str, deed: Callable, *args: object, **named: object) -> object | None:
        """One deed with its time; what the house refuses is counted as refused."""
        began = time.perf_counter()
        try:
            done = deed(*args, **named)
        except Refused as refused:
            self.deeds[f"refused: {name}: {refused.reason.en[:60]}"] += 1
            return None
        self.deeds[name] += 1
        self.seconds[name] += time.perf_counter() - began
        return done

    def _state(self, at: datetime) -> None:
        """An officer takes a need down on the phone; one in ten lacks the area the rules ask for."""
        company = self.dice.choice(self.ground.companies)
        category = self.dice.choices(tuple(Category), WEIGHTS)[0]
        values = {
            "organisation": company.number, "contact_name": "王经理", "category": category.value,
            "title_zh": f"{category.text.zh}方面的需求", "text_zh": "情况如下，请予协调。",
            "urgency": "critical" if self.dice.random() < 0.02 else "normal",
        }  # fmt: skip
        self._do("need registered", deeds.register, values, by=self.ground.as_officer(at), at=at)

    def _worker(self, at: datetime) -> None:
        """The clock does what is due until nothing is left; then the offices look what came to them."""
        began = time.perf_counter()
        while done := run_due(house(at), at):
            self.deeds["done by the clock"] += done
        took = time.perf_counter() - began
        self.seconds["done by the clock"] += took
        self.slowest = max(self.slowest, took)
        self.deeds["runs of the clock"] += 1
        rows = Assignment.objects.unscoped("the quarter lets the offices act").filter(state="waiting")
        fresh = rows.filter(pk__gt=max(self.seen, default=0)).order_by("pk")
        for pk, number in fresh.values_list("pk", "need__number"):
            self.seen[pk] = number
            self._office(pk, at)

    def _office(self, pk: int, at: datetime) -> None:
        """How an office will act: most take it on within days, some pass it on, some never look at it."""
        luck = self.dice.random()
        when = at + self.dice.lognormvariate(2.6, 1.0) * HOUR
        if luck < 0.05:
            return
        if luck < 0.12:
            self.plan(when, lambda at: self._handle(pk, "pass_on", at, reason="不属于本单位职责"))
            return
        self.plan(when, lambda at: self._handle(pk, "take", at))
        answered = when + self.dice.lognormvariate(4.2, 0.9) * HOUR
        if luck < 0.35:
            asked = when + self.dice.random() * 20 * HOUR
            self.plan(asked, lambda at: self._ask(pk, at))
            answered += 30 * HOUR
        deed = "help" if luck < 0.9 else "find_no_help" if luck < 0.98 else "find_unreachable"
        self.plan(answered, lambda at: self._handle(pk, deed, at, answer="已办理，详见附件。"))

    def _row(self, pk: int, at: datetime) -> Assignment | None:
        """The assignment with its need, read as the page reads them, if it is still open."""
        need = self._need(self.seen[pk], at)
        row = next((one for one in needs.assignments(need) if one.pk == pk), None)
        if row is None or row.state not in OPEN_ASSIGNMENT_STATES:
            return None
        row.need = need
        return row

    def _handle(self, pk: int, deed: str, at: datetime, **said: str) -> None:
        row = self._row(pk, at)
        if row is None:
            return
        by = self.ground.as_office(row.organisation_id, at) if row.organisation_id in self.ground.offices else house(at)
        said = {name: text for name, text in said.items() if name != "answer" or deed in ("help", "find_no_help")}
        self._do(f"assignment: {deed}", deeds.handle, row, deed, by=by, at=at, **said)

    def _ask(self, pk: int, at: datetime) -> None:
        """The office asks the enterprise; three of four answer within days, the others never."""
        row = self._row(pk, at)
        if row is None or row.need.paused_at or row.need.state != NeedState.DISPATCHED:
            return
        by = self.ground.as_office(row.organisation_id, at) if row.organisation_id in self.ground.offices else house(at)
        if self._do("applicant asked", deeds.ask_applicant, row.need, "请补充规格。", by=by, at=at) is None:
            return
        if self.dice.random() < 0.75:
            need = row.need.number
            self.plan(at + self.dice.lognormvariate(3.4, 0.8) * HOUR, lambda at: self._reply(need, at))

    def _need(self, number: str, at: datetime) -> Need:
        return needs.get(number, house(at))

    def _reply(self, number: str, at: datetime) -> None:
        need = self._need(number, at)
        if need.paused_at:
            self._do("applicant answered", deeds.reply, need, "规格见附件。", by=self.ground.as_officer(at), at=at)

    def _officer(self, at: datetime) -> None:
        """Every working morning: dispatch what the clock may not, call back, close, make the calls that are due."""
        if not self.calendar.is_working(at):
            return
        by = self.ground.as_officer(at)
        mine = needs.visible_to(by).order_by("due_at", "pk")
        on_desk = mine.filter(state__in=("received", "triage", "reopened", "escalated"), paused_at=None)
        for number in on_desk.values_list("number", flat=True)[:60]:
            self._dispatch(number, at)
        for number in mine.filter(state=NeedState.ANSWERED).values_list("number", flat=True)[:120]:
            self._close(number, at)
        for number in needs.to_call(by).values_list("number", flat=True)[:120]:
            result = self.dice.choices(tuple(CallbackResult), (60, 20, 6, 14))[0]
            self._do("call after the closing", deeds.follow_up, self._need(number, at), result=result, by=by, at=at)

    def _dispatch(self, number: str, at: datetime) -> None:
        need, by = self._need(number, at), self.ground.as_officer(at)
        if need.basket_at:
            return
        able = needs.answerers_for(need, by, needs.assignments(need)).able
        if able:
            self._do("dispatched by hand", deeds.dispatch, need, to=[able[0].who], by=by, at=at)
        else:
            self._do("answered at the desk", deeds.answer, need, text="暂无可承办单位，说明如下。", by=by, at=at)

    def _close(self, number: str, at: datetime) -> None:
        need, by = self._need(number, at), self.ground.as_officer(at)
        if self.dice.random() < 0.6:
            self._do(
                "rated",
                deeds.rate,
                need,
                deeds.Rating(self.dice.choices((1, 2, 3, 4, 5), (4, 6, 15, 40, 35))[0]),
                by=by,
                at=at,
            )
        if need.state == NeedState.RATED and need.satisfaction < 3:
            self._do("reopened", deeds.reopen, need, reason="不满意", by=by, at=at)
            return
        self._do("called back", deeds.call_back, need, result=CallbackResult.SATISFIED, by=by, at=at)
        self._do("closed", deeds.close, need, "close_solved", outcome=Outcome.SUPPORT_FOUND, by=by, at=at)
