"""The events of the demonstration are planned, opened, held, minuted and followed up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from grandunion.adapters.packs.demo_events import FOLLOWED, MINUTED, OVER, DemoEvent, DemoGuest, DemoStatement
from grandunion.records.events import Event
from grandunion.terms.events import ActionState, RegistrationState, StatementKind
from grandunion.terms.events import EventState as S
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.work.actions import events as deeds
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries import events as queries

SECOND = "officer_shushan"
PRESENT = RegistrationState.ATTENDED


def write_events(stage: Stage) -> None:
    """Write every event's way into the diary."""
    for row in stage.demo.events:
        Way(stage, row).write()


@dataclass
class Way:
    """One event's way to the state in which the set has it."""

    stage: Stage
    row: DemoEvent

    @property
    def held(self) -> int:
        """The day on which it is held, counted from today."""
        if self.row.held_on is None:
            return self.row.held_day or 0
        return (self.row.held_on - self.stage.diary.today).days

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.stage.diary.day(self.held), self.row.starts))

    @property
    def record(self) -> Event:
        return self.stage.get("event", self.row.code)

    def write(self) -> None:
        row, state = self.row, self.row.state
        planned = self.held if row.written_day is None else row.written_day
        moved = self.held if row.moved_day is None else row.moved_day
        self._on(planned, "plan", self._plan)
        if state is S.PLANNED:
            return
        self._on(min(planned + 1, moved), "open", self._open)
        if row.held_on is None:
            self._on(min(planned + 1, moved), "guests", self._guests)
        if state in OVER:
            self._on(self.held + (row.held_on is None), "hold", self._hold)
        if state in MINUTED:
            self._on(min(self.held + 1, moved) if row.held_on is None else self.held + 1, "minutes", self._minute)
        if state in MINUTED - {S.MINUTES_DRAFT}:
            self._on(moved if row.held_on is None else self.held + 2, "confirm", self._confirm)
        if state in FOLLOWED:
            self._on(moved, "follow", self._follow)
            self._write_results()

    def _on(self, day: int, what: str, deed: Callable[[datetime], object]) -> None:
        self.stage.diary.on(day, f"event {self.row.code}: {what}", deed)

    def _desk(self, at: datetime) -> Reader:
        """The officer; before there were accounts, and for what stands in a source, the house itself."""
        return self.stage.house(at) if self.row.held_on is not None else self.stage.officer(at)

    def _who(self, at: datetime) -> dict[str, object]:
        return {"by": self._desk(at), "at": at}

    def _plan(self, at: datetime) -> None:
        row, stage = self.row, self.stage
        text = row.text or NOTHING
        values = {
            "event_kind": row.kind.value, "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": text.zh,
            "text_en": text.en, "place_zh": row.place.zh, "place_en": row.place.en, "area": row.area,
            "starts_at": self.starts_at, "ends_at": self.starts_at + timedelta(minutes=row.minutes),
            "capacity": row.capacity, "needs_approval": row.needs_approval, "retain_until": row.keeps_until,
            "owner": stage.get("organisation", row.organiser).number if row.organiser else "",
            "round_number": stage.get("round", row.round).number if row.round else "",
            "follows": stage.get("event", row.follows).number if row.follows else "",
            "source_kind": "pack" if row.source else "", "source_ref": row.source,
        }  # fmt: skip
        stage.put("event", row.code, deeds.plan(values, **self._who(at)))

    def _open(self, at: datetime) -> None:
        deeds.open_registration(self.record, level=self.row.level.value, **self._who(at))

    def _guests(self, at: datetime) -> None:
        for guest in self.row.guests:
            for _ in range(guest.count):
                deeds.register(self.record, self._guest(guest), **self._who(at))

    def _guest(self, guest: DemoGuest) -> dict[str, object]:
        name, position = guest.name or NOTHING, guest.position or NOTHING
        return {
            **self._body(guest.organisation, guest.body), "name_zh": name.zh, "name_en": name.en,
            "position_zh": position.zh, "position_en": position.en, "attends_as": guest.attends_as.value,
            "email": guest.email, "phone": guest.phone,
        }  # fmt: skip

    def _body(self, code: str, told: Text | None) -> dict[str, object]:
        if code:
            return {"organisation": self.stage.get("organisation", code).number}
        return {"organisation_zh": told.zh, "organisation_en": told.en} if told else {}

    def _hold(self, at: datetime) -> None:
        """Whoever came is checked in by the list; a meeting out of a source is entered with its guests."""
        at = max(at, self.starts_at)
        if self.row.held_on is not None:
            self._guests(at)
        present = [guest.state == PRESENT for guest in self.row.guests for _ in range(guest.count)]
        for row, has_come in zip(queries.registrations(self.record), present, strict=True):
            if has_come:
                row.event = self.record
                deeds.check_in(row, **self._who(at))
        deeds.hold(self.record, **self._who(at))

    def _minute(self, at: datetime) -> None:
        summary = self.row.summary or NOTHING
        if self.row.summary:
            deeds.summarise(self.record, zh=summary.zh, en=summary.en, **self._who(at))
        for said in self.row.statements:
            deeds.state(self.record, self._statement(said), **self._who(at))

    def _statement(self, said: DemoStatement) -> dict[str, object]:
        speaker = said.speaker or NOTHING
        return {
            **self._body(said.organisation, said.body), "speaker_zh": speaker.zh, "speaker_en": speaker.en,
            "topic": said.topic, "statement_kind": said.kind.value, "text_zh": said.text.zh, "text_en": said.text.en,
        }  # fmt: skip

    def _confirm(self, at: datetime) -> None:
        """A second officer reads the minutes; the house stands in where there is none of the area."""
        deeds.move(self.record, "confirm", by=self.stage.house(at), at=at)

    def _follow(self, at: datetime) -> None:
        for row, said in zip(queries.statements(self.record), self.row.statements, strict=True):
            row.event = self.record
            if said.why_nothing:
                deeds.settle(row, note=written(said.why_nothing), **self._who(at))
            elif said.kind is StatementKind.DIFFICULTY:
                deeds.raise_need(row, **self._who(at))
            elif said.kind is StatementKind.COMMITMENT:
                deeds.take_up(row, {"due_on": self.stage.diary.day(said.due_day)}, **self._who(at))
        deeds.move(self.record, "track", **self._who(at))

    def _write_results(self) -> None:
        for place, said in enumerate(self.row.statements, 1):
            if said.action_state is ActionState.DONE:
                deed = lambda at, place=place, said=said: self._finish(place, said, at)  # noqa: E731
                self._on(said.action_day or 0, f"action {place}", deed)

    def _finish(self, place: int, said: DemoStatement, at: datetime) -> None:
        action = next(one for one in queries.actions_of(self.record) if one.statement.place == place)
        deeds.finish_action(action, result=written(said.result), **self._who(at))
