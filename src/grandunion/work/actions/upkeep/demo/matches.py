"""The matches of the demonstration are suggested, accepted, introduced, and come to something or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters.packs.demo_projects import DemoMatch
from grandunion.records.matches import Match
from grandunion.terms.matches import MatchState as S
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.work.actions import matches as deeds
from grandunion.work.actions.upkeep.demo.diary import Step, spread
from grandunion.work.actions.upkeep.demo.stage import OFFICER, Stage, written
from grandunion.work.queries.matches import ON_OFFER

SENT = frozenset(S) - {S.SUGGESTED}
INTRODUCED = (S.INTRODUCED, S.MEETING, S.NEGOTIATING, S.SUCCESS, S.FAILED)


def write_matches(stage: Stage) -> None:
    """Write every match's way into the diary."""
    for row in stage.demo.matches:
        Way(stage, row).write()


@dataclass
class Way:
    """One match's way to the state in which the set has it."""

    stage: Stage
    row: DemoMatch

    def write(self) -> None:
        for day, step in spread(list(self._steps()), self.row.suggested_day, self.row.moved_day):
            self.stage.diary.on(day, f"match {self.row.code}: {step.what}", step.deed)

    @property
    def record(self) -> Match:
        return self.stage.get("match", self.row.code)

    def _by_officer(self, deed: object, *args: object, **options: object) -> object:
        return lambda at: deed(self.record, *args, by=self.stage.officer(at), at=at, **options)

    def _steps(self) -> Iterator[Step]:
        row = self.row
        yield Step("suggest", self._suggest, row.suggested_day)
        if row.state in SENT:
            yield Step("send", self._by_officer(deeds.send), None if row.state == S.SENT else row.suggested_day)
        if row.state == S.VIEWED:
            yield Step("view", lambda at: deeds.view(self.record, by=self.stage.house(at), at=at))
        consents = ((row.needing_accepted_day, Side.NEEDING), (row.offering_accepted_day, Side.OFFERING))
        for day, side in sorted((day, side) for day, side in consents if day is not None):
            yield Step(f"{side} accepts", lambda at, side=side: self._accept(side, at), day)
        if row.state == S.DECLINED:
            yield Step("decline", self._decline)
        if row.state in INTRODUCED:
            yield from self._introduced()

    def _introduced(self) -> Iterator[Step]:
        row = self.row
        both_accepted = max(row.needing_accepted_day, row.offering_accepted_day)
        yield Step("introduce", self._by_officer(deeds.introduce),
                   None if row.state == S.INTRODUCED else both_accepted + 1)  # fmt: skip
        for one in sorted(row.meetings, key=lambda meeting: meeting.day):
            yield Step("meet", lambda at, one=one: deeds.meet(
                self.record, held_at=at, place=written(one.place)[:200], note=written(one.note),
                by=self.stage.officer(at), at=at), one.day)  # fmt: skip
        if row.state in (S.NEGOTIATING, S.SUCCESS, S.FAILED):
            yield Step("negotiate", self._by_officer(deeds.negotiate))
        if row.state == S.SUCCESS:
            yield Step("succeed", self._by_officer(deeds.succeed, row.outcome))
        if row.state == S.FAILED:
            yield Step("fail", self._by_officer(deeds.fail, row.fail_reason))

    def _suggest(self, at: datetime) -> None:
        stage, row = self.stage, self.row
        offer = self._offer()
        match = deeds.suggest(stage.get("need", row.need), offer, by=stage.officer(at), at=at, note=written(row.note))
        stage.put("match", row.code, match)

    def _offer(self) -> object:
        """A written offer, or an achievement on offer that is its offering side's own; else whoever offers."""
        stage, row = self.stage, self.row
        if row.offer:
            return stage.get("offer", row.offer)
        found = stage.some("achievement", row.achievement)
        theirs = stage.some("organisation", row.offering)
        if found and found.state in ON_OFFER and (theirs is None or found.owner_id == theirs.pk):
            return found
        return stage.some("person", row.expert) or theirs

    def _side(self, side: Side, at: datetime) -> tuple[Reader, str]:
        """Who speaks for a side: its account, or the officer with a note of who said so."""
        match = self.record
        need = next(one for one in self.stage.demo.needs if one.code == self.row.need)
        owner = match.offering_id if side == Side.OFFERING else match.owner_id
        codes = {pk: code for (kind, code), pk in self.stage.ids.items() if kind == "organisation"}
        organisation = need.organisation if side == Side.NEEDING else codes.get(owner, "")
        account = self.stage.account_at(organisation)
        note = "" if account else "该方已电话确认。Confirmed by telephone."
        return self.stage.as_(account or OFFICER, at), note

    def _accept(self, side: Side, at: datetime) -> None:
        by, note = self._side(side, at)
        deeds.accept(self.record, side, by=by, at=at, note=note)

    def _decline(self, at: datetime) -> None:
        decline = self.row.decline
        by, _ = self._side(decline.side, at)
        deeds.decline(self.record, decline.reason, by=by, at=at, note=written(decline.comment))
