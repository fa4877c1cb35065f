"""The open challenges of the demonstration are listed, bid for, reviewed, noticed, signed and worked on."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from grandunion.adapters.packs.demo_scenarios import DemoChallenge, DemoPage
from grandunion.records.scenarios import Bid, Challenge
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import BidCriterion, BidState
from grandunion.terms.scenarios import ChallengeState as S
from grandunion.work.actions import matches
from grandunion.work.actions import scenarios as deeds
from grandunion.work.actions.upkeep.demo.scenarios import page_values
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries import scenarios as queries

ORDER = (S.NEED_COLLECTED, S.SCREENED, S.BIDS_OPEN, S.BIDS_CLOSED, S.NOTICE, S.SIGNED, S.IN_PROGRESS)
CLOSES = time(18, 0)
NOTICE_DAYS = 12  # from the notice to the contract: more than its working days, whatever holidays lie between


def write_challenges(stage: Stage) -> None:
    """Write every challenge's way into the diary."""
    for row in stage.demo.challenges:
        Way(stage, row).write()


@dataclass
class Way:
    """One challenge's way to the state in which the set has it; bids come while they are taken, not before."""

    stage: Stage
    row: DemoChallenge

    @property
    def record(self) -> Challenge:
        return self.stage.get("challenge", self.row.code)

    def _on(self, day: int, what: str, deed: object) -> None:
        self.stage.diary.on(min(day, self.row.moved_day), f"challenge {self.row.code}: {what}", deed)

    def _officer(self, deed: object, *args: object, **options: object) -> object:
        return lambda at: deed(self.record, *args, by=self.stage.officer(at), at=at, **options)

    def _reaches(self, state: S) -> bool:
        return ORDER.index(self.row.state) >= ORDER.index(state)

    def write(self) -> None:
        row, first = self.row, self.row.collected_day
        self._on(first, "collect", self._collect)
        if self._reaches(S.SCREENED):
            self._on(first + 1, "screen", self._officer(deeds.move_challenge, "screen"))
        if self._reaches(S.BIDS_OPEN):
            self._on(first + 2, "list", self._list)
            for place, page in enumerate(row.bids):
                self._on(first + 3 + place, f"{page.by} bids", lambda at, page=page: self._bid(page, at))
        if self._reaches(S.BIDS_CLOSED):
            self._on((row.until_day or 0) + 1, "close", self._officer(deeds.close_bids))
        if self._reaches(S.NOTICE):
            self._reviewed((row.until_day or 0) + 2)
        if self._reaches(S.SIGNED):
            self._worked((row.until_day or 0) + 5 + NOTICE_DAYS)

    def _reviewed(self, day: int) -> None:
        for page in self.row.bids:
            self._on(day, f"admit {page.by}", lambda at, page=page: self._admit(page, at))
        for user in self.row.reviewers:
            self._on(day, f"ask {user}", lambda at, user=user: self._ask(user, at))
        self._on(day + 1, "begin the review", self._officer(deeds.begin_review))
        for user in self.row.reviewers:
            self._on(day + 2, f"{user} scores", lambda at, user=user: self._score(user, at))
        where = "officer@demo.grandunion.example"
        self._on(day + 3, "give notice", self._officer(deeds.give_notice, objections_to=where))

    def _worked(self, day: int) -> None:
        row = self.row
        for page in row.bids:
            if page.feedback is not None:
                self._on(day - 1, f"answer {page.by}", lambda at, page=page: self._decline(page, at))
        self._on(day, "sign", self._sign)
        if self._reaches(S.IN_PROGRESS):
            self._on(day + 1, "plan the instalments", self._plan)
            self._on(day + 2, "begin the work", self._officer(deeds.move_challenge, "begin_work"))

    def _collect(self, at: datetime) -> None:
        row = self.row
        values = {
            "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": row.text.zh, "text_en": row.text.en,
            "conditions_zh": row.conditions.zh, "conditions_en": row.conditions.en, "field": row.field,
            "industry": row.industry, "owner": self.stage.get("organisation", row.enterprise).number,
            "total_budget": row.total_budget, "fiscal_share": row.fiscal_share, "months": row.months,
            "enterprise_share": row.total_budget - row.fiscal_share,
        }  # fmt: skip
        made = deeds.create_challenge(values, wanted="\n".join(row.indicators), by=self.stage.officer(at), at=at)
        self.stage.put("challenge", row.code, made)

    def _list(self, at: datetime) -> None:
        """A second person publishes; the house stands in for a colleague."""
        day = self.stage.diary.day(self.row.until_day)
        until = timezone.make_aware(datetime.combine(day, CLOSES))
        deeds.publish_list(self.record, bids_until=until, level=self.row.level, by=self.stage.house(at), at=at)

    def _bid(self, page: DemoPage, at: datetime) -> None:
        by = self.stage.as_(page.by, at)
        draft = deeds.begin_bid(self.record, by=by, at=at, values=page_values(page))
        deeds.hand_in(draft, by=by, at=at)

    def _of(self, page: DemoPage, by: Reader) -> Bid:
        theirs = self.stage.as_(page.by, by.at).organisation_ids
        found = queries.bids(by).get(challenge=self.record.pk, owner__in=theirs)
        return queries.bid(found.number, by)

    def _admit(self, page: DemoPage, at: datetime) -> None:
        by = self.stage.officer(at)
        deeds.admit(self._of(page, by), by=by, at=at)

    def _ask(self, account: str, at: datetime) -> None:
        user = self.stage.users[account]
        matches.ask_reviewer(self.record, user, by=self.stage.officer(at), at=at)
        matches.declare(self.record, user.pk, has_conflict=False, by=self.stage.as_(account, at), at=at)

    def _score(self, account: str, at: datetime) -> None:
        by = self.stage.as_(account, at)
        for page in self.row.bids:
            points = dict.fromkeys((one.value for one in BidCriterion), page.points)
            matches.score(self._of(page, by), points=points, by=by, at=at)

    def _decline(self, page: DemoPage, at: datetime) -> None:
        by = self.stage.officer(at)
        deeds.decline(self._of(page, by), feedback=written(page.feedback), by=by, at=at)

    def _sign(self, at: datetime) -> None:
        by = self.stage.officer(at)
        won = queries.bids(by).get(challenge=self.record.pk, state=BidState.AWARDED)
        deeds.sign(self.record, contract_number=f"JBGS-{at.year}-01", contract_value=won.price, signed_on=at.date(),
                   by=by, at=at)  # fmt: skip

    def _plan(self, at: datetime) -> None:
        lines = [line.rsplit("|", 1) for line in self.row.instalments]
        dated = "\n".join(f"{head}| {self.stage.diary.day(int(day))}" for head, day in lines)
        deeds.plan_instalments(self.record, queries.instalments_of(dated), by=self.stage.officer(at), at=at)
