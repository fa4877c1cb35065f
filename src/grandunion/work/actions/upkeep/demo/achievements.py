"""The achievements of the demonstration are disclosed, evaluated, and their rights settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters.packs.demo import DemoAchievement, DemoReview
from grandunion.engines.flows.rights import TITLE_SCHEMES
from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.achievements import PriorPublication
from grandunion.terms.periods import Period
from grandunion.terms.readers import Reader
from grandunion.terms.rights import RightsState
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING
from grandunion.work.actions import achievements as deeds
from grandunion.work.actions.projects.linking import carry_on
from grandunion.work.actions.upkeep.demo.diary import Step, spread
from grandunion.work.actions.upkeep.demo.stage import OFFICER, Stage, both, written
from grandunion.work.queries import achievements as queries

OBJECTIONS_TO = "成果转化办公室，objections@demo.grandunion.example"
EVALUATED = (S.EVALUATED, S.IN_LIBRARY, S.NOT_PURSUED, S.RELEASED_TO_INVENTOR, S.RIGHTS_REVIEW, S.PUBLIC_NOTICE,
             S.DISPOSABLE, S.LINKED_TO_PROJECT, S.TRANSFORMED)  # fmt: skip
TAKEN_IN = EVALUATED[1:2] + EVALUATED[4:]
FREE = (S.DISPOSABLE, S.LINKED_TO_PROJECT, S.TRANSFORMED)
AFTER_APPROVAL = (RightsState.APPROVED, RightsState.AGREEMENT_SIGNED, RightsState.TITLE_CHANGED,
                  RightsState.MONITORING, RightsState.CLOSED)  # fmt: skip
POINTS = 2  # the set scores reviews 1 to 5, the form 0 to 10


def write_achievements(stage: Stage) -> None:
    """Write every achievement's way into the diary."""
    for row in stage.demo.achievements:
        Way(stage, row).write()


@dataclass
class Way:
    """One achievement's way to the state in which the set has it."""

    stage: Stage
    row: DemoAchievement

    def write(self) -> None:
        """The steps with their days: those the set names, the others between them."""
        row = self.row
        last = row.moved_day if row.state not in FREE else min(row.moved_day, self._freed())
        for day, step in spread(list(self._steps()), row.disclosed_day, last):
            self._on(day, step.what, step.deed)
        for day, step in spread(list(self._settled()), last, max(row.moved_day, last)):
            self._on(day, step.what, step.deed)
        if row.state in (S.LINKED_TO_PROJECT, S.TRANSFORMED):
            self._on(last, "carry on", lambda at: carry_on([self.record], by=self.stage.officer(at), at=at))

    def _on(self, day: int, what: str, deed: object) -> None:
        self.stage.diary.on(day, f"achievement {self.row.code}: {what}", deed)

    @property
    def record(self) -> Achievement:
        return self.stage.get("achievement", self.row.code)

    def _freed(self) -> int:
        return self.row.notice.ends_day if self.row.notice else self.row.moved_day

    def _author(self, at: datetime) -> Reader:
        """Whoever discloses: the officer who found it, an inventor with an account, the owner's office, the officer."""
        inventors = [self.stage.account_of_person(one.person) for one in self.row.inventors]
        found = self.row.found_by or next(filter(None, inventors), "")
        return self.stage.as_(found or self.stage.account_at(self.row.owner, Role.UNIVERSITY) or OFFICER, at)

    def _office(self, at: datetime) -> Reader:
        """The owner's transfer office, or the officer where the owner has none here."""
        return self.stage.as_(self.stage.account_at(self.row.owner, Role.UNIVERSITY) or OFFICER, at)

    def _by_officer(self, deed: object, **options: object) -> object:
        return lambda at: deed(self.record, by=self.stage.officer(at), at=at, **options)

    def _steps(self) -> Iterator[Step]:
        """From the draft to where the hub offers it, or to where it ended before."""
        row, state = self.row, self.row.state
        yield Step("disclose", self._disclose, row.disclosed_day)
        if state == S.DRAFT:
            return
        yield Step("confirm", self._confirm, row.disclosed_day)
        yield Step("submit", lambda at: deeds.submit(self.record, by=self._author(at), at=at), row.disclosed_day + 1)
        reason = written(row.decision_reason) or "演示。"
        if state == S.WITHDRAWN:
            yield Step("withdraw", lambda at: deeds.withdraw(self.record, reason=reason, by=self._author(at), at=at))
            return
        if state == S.SUBMITTED:
            return
        yield Step("screen", self._by_officer(deeds.screen), row.disclosed_day + 3)
        if state == S.MORE_INFO:
            yield Step("ask more", self._by_officer(deeds.ask_more, reason=reason))
        if state in (S.EVALUATING, *EVALUATED):
            yield from self._evaluation()
        if state in TAKEN_IN:
            yield from self._library(reason)
        if state in (S.NOT_PURSUED, S.RELEASED_TO_INVENTOR):
            deed = deeds.set_aside if state == S.NOT_PURSUED else deeds.release
            yield Step("decide", self._by_officer(deed, reason=reason))

    def _evaluation(self) -> Iterator[Step]:
        given = [one.submitted_day for one in self.row.reviews if one.submitted_day is not None]
        began = min(given, default=self.row.disclosed_day + 12) - 8
        yield Step("begin evaluation", self._by_officer(deeds.begin_evaluation), began)
        for review in self.row.reviews:
            yield Step(f"ask {review.reviewer}", lambda at, review=review: deeds.assign_reviewer(
                self.record, self.stage.users[review.reviewer], by=self.stage.officer(at), at=at), began)  # fmt: skip
        for review in sorted(self.row.reviews, key=lambda one: one.submitted_day or began):
            if review.has_conflict or review.submitted_day is not None:
                yield Step(f"review by {review.reviewer}", lambda at, review=review: self._review(review, at),
                           review.submitted_day or began + 1)  # fmt: skip
        if self.row.state in EVALUATED:
            yield Step("conclude", self._by_officer(deeds.conclude_evaluation), max(given, default=began) + 1)

    def _review(self, review: DemoReview, at: datetime) -> None:
        scores = {name: (getattr(review, name) or 0) * POINTS for name in ("market", "novelty", "team", "fit")}
        opinion = {"scores": scores, "comment": written(review.comment)} if not review.has_conflict else {}
        if review.recommendation:
            opinion["recommendation"] = review.recommendation.value
        deeds.review(self.record, has_conflict=review.has_conflict, note=written(review.conflict),
                     by=self.stage.as_(review.reviewer, at), at=at, **opinion)  # fmt: skip

    def _library(self, reason: str) -> Iterator[Step]:
        row = self.row
        given = [one.submitted_day for one in row.reviews if one.submitted_day is not None]
        taken = max(given, default=row.disclosed_day) + 3
        yield Step(
            "take in", self._by_officer(deeds.take_in, reason=reason), taken if row.state != S.IN_LIBRARY else None
        )
        if row.level == Level.PUBLIC:
            yield Step("publish", self._publish, None if row.state == S.IN_LIBRARY else taken)
        if row.rights and row.state != S.IN_LIBRARY:
            yield from self._rights()

    def _publish(self, at: datetime) -> None:
        """Somebody else than the submitter publishes."""
        by = self._office(at)
        if queries.submitter_id(self.record) == by.user_id:
            by = self.stage.officer(at)
        is_protected = queries.is_protected(queries.children(self.record), at)
        waiver = "" if is_protected else "权利单位同意公开。The owner agrees."
        deeds.publish(self.record, by=by, at=at, waiver=waiver)

    def _rights(self) -> Iterator[Step]:
        rights, notice = self.row.rights, self.row.notice
        yield Step("open case", self._open_case, rights.started_day)
        if rights.state == RightsState.DRAFT:
            return
        yield Step("submit case", self._case(deeds.submit_case))
        if rights.state == RightsState.UNIT_REVIEW:
            return
        yield Step("pass unit", self._case(deeds.pass_unit))
        if notice and rights.state in (RightsState.NOTICE, *AFTER_APPROVAL):
            yield Step("give notice", self._give_notice, notice.starts_day)
            for objection in notice.objections:
                yield Step("object", lambda at, one=objection: self._object(one, at), objection.received_day)
                if objection.settled_day is not None:
                    yield Step("settle", lambda at, one=objection: self._settle(one, at), objection.settled_day)
            if rights.state in AFTER_APPROVAL:
                yield Step("approve", self._case(deeds.approve), notice.ends_day)

    def _settled(self) -> Iterator[Step]:
        """What follows the approval: agreement, title, monitoring."""
        state = self.row.rights.state if self.row.rights and self.row.state in FREE else None
        if state not in AFTER_APPROVAL[1:]:
            return
        yield Step("sign", self._case(deeds.sign, agreement=f"协议 Agreement DEMO-{self.row.code}"))
        if state == RightsState.TITLE_CHANGED or (
            state in AFTER_APPROVAL[3:] and self.row.rights.scheme in TITLE_SCHEMES
        ):
            yield Step("change title", self._case(deeds.change_title))
        if state in AFTER_APPROVAL[3:]:
            yield Step("monitor", self._case(deeds.monitor))

    def _case(self, deed: object, **options: object) -> object:
        def run(at: datetime) -> None:
            record = self.record
            deed(record, queries.case_of(record), by=self._office(at), at=at, **options)

        return run

    def _open_case(self, at: datetime) -> None:
        rights = self.row.rights
        deeds.open_case(
            self.record, by=self._office(at), at=at, scheme=rights.scheme.value,
            inventor_share_percent=rights.inventor_share_percent, reward_percent=rights.reward_percent,
            use_right_first_years=rights.use_right_first_years, use_right_total_years=rights.use_right_total_years,
            acceptor=self.stage.get("organisation", rights.acceptor), opinion=written(rights.opinion),
            implementation_plan=written(rights.implementation_plan), price=rights.price,
            price_method=rights.price_method.value if rights.price_method else "",
            agreed_income=written(rights.agreed_income)[:200],
        )  # fmt: skip

    def _give_notice(self, at: datetime) -> None:
        record, notice, day = self.record, self.row.notice, self.stage.diary.day
        deeds.give_notice(
            record, queries.case_of(record), text=notice.text, objections_to=OBJECTIONS_TO,
            period=Period(day(notice.starts_day), day(notice.ends_day)), by=self._office(at), at=at,
        )  # fmt: skip

    def _object(self, objection: object, at: datetime) -> None:
        notice = queries.children(self.record).notice
        deeds.object_to(notice, raised_by=written(objection.raised_by)[:200], text=written(objection.text),
                        by=self.stage.house(at), at=at)  # fmt: skip

    def _settle(self, objection: object, at: datetime) -> None:
        record = self.record
        standing = next(one for one in queries.children(record).objections if one.settled_at is None)
        deeds.settle(record, standing, is_upheld=bool(objection.is_upheld), settlement=written(objection.settlement),
                     by=self._office(at), at=at)  # fmt: skip

    def _disclose(self, at: datetime) -> None:
        stage, row, by = self.stage, self.row, self._author(at)
        record = deeds.disclose(by=by, at=at, **self._values())
        stage.put("achievement", row.code, record)
        shares = [
            deeds.Share(stage.get("person", one.person), one.share_percent,
                        stage.some("organisation", one.organisation), one.role.value, one.is_representative)
            for one in row.inventors
        ]  # fmt: skip
        deeds.set_inventors(self.record, shares, by=by, at=at)
        self._origin(by, at)
        for one in row.ip:
            deeds.add_right(self.record, by=by, at=at, ip_type=one.type.value, number=one.number, office=one.office,
                            status=one.status.value, filed_on=stage.diary.day(one.filed_day),
                            granted_on=stage.diary.day(one.granted_day))  # fmt: skip
        for one in row.trl_evidence:
            deeds.add_evidence(self.record, level=one.level, evidence=written(one.evidence), by=by, at=at,
                               shown_on=stage.diary.day(one.shown_day))  # fmt: skip

    def _origin(self, by: Reader, at: datetime) -> None:
        day = self.stage.diary.day
        publications = [
            {"disclosure_kind": one.kind.value, "on": day(one.day), "place": written(one.place)[:200],
             "is_planned": one.is_planned} for one in self.row.publications
        ]  # fmt: skip
        fundings = [
            {"programme": written(one.programme)[:200], "number": one.number, "amount": one.amount,
             "obligations": written(one.obligations)} for one in self.row.funding
        ]  # fmt: skip
        prior = self.row.prior_publication
        if prior is None and self.row.state != S.DRAFT:
            prior = PriorPublication.NONE
        deeds.tell_origin(self.record, publications=publications, fundings=fundings, by=by, at=at,
                          prior_publication=prior.value if prior else "")  # fmt: skip

    def _values(self) -> dict[str, object]:
        stage, row = self.stage, self.row
        abstract = row.abstract_public or NOTHING
        return {
            "title_zh": row.title.zh, "title_en": row.title.en, "achievement_kind": row.kind.value,
            "owner": stage.get("organisation", row.owner), "area": stage.term("areas", row.area),
            "keywords": both(row.keywords, ", ")[:500], "abstract_public_zh": abstract.zh,
            "abstract_public_en": abstract.en, "abstract_confidential": written(row.abstract_confidential),
            "advantages": written(row.advantages), "limitations": written(row.limitations),
            "applications": written(row.applications), "is_service_achievement": row.is_service_achievement,
            "trl": row.trl, "industry": stage.term("industries", row.industry),
            "emerging_industry": stage.term("emerging_industries", row.emerging_industry),
            "field": stage.term("fields", row.field), "modes_wanted": [mode.value for mode in row.modes_wanted],
            "price_min": row.price_min, "price_max": row.price_max, "channel": row.channel.value,
            "found_by": stage.users.get(row.found_by), "found_on": stage.diary.day(row.disclosed_day),
        }  # fmt: skip

    def _confirm(self, at: datetime) -> None:
        """Inventors with an account confirm themselves; of the others the office holds the signed paper."""
        for one in self.row.inventors:
            account = self.stage.account_of_person(one.person)
            share = queries.inventor(self.record, self.stage.ids["person", one.person])
            if not one.is_confirmed or share.confirmed_at is not None:
                continue
            if account:
                deeds.confirm_share(self.record, by=self.stage.as_(account, at), at=at)
            else:
                deeds.confirm_on_paper(self.record, self.stage.get("person", one.person), by=self.stage.house(at),
                                       at=at, reason="已签署份额确认书。Signed paper on file.")  # fmt: skip
