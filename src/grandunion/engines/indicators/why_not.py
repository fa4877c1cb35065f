"""Says why a record does not count in a figure, by the first thing that stands in its way."""

from datetime import date

from grandunion.engines.indicators.rules import AnyOf, Condition, Rule
from grandunion.engines.indicators.saying import condition, dated
from grandunion.engines.indicators.spans import Facts, evaluator, is_timed, reached, stretches, tested
from grandunion.terms.counting import CLASSES, WhyNot
from grandunion.terms.text import Text

Reason = tuple[WhyNot, Text]


def why_not(rule: Rule, facts: Facts, first: date | None, day: date) -> Reason | None:
    """Why the record does not count as of a day in a period that began on `first` (None: none); None where it does."""
    known = CLASSES[rule.record]
    for clause in rule.where:
        if not is_timed(rule, clause) and not tested(clause, facts):
            return _told(WhyNot.CONDITION, _words(clause, rule))
    days = [on for on, _ in reached(rule.on, facts)]
    if not days:
        if rule.on.state:
            return _told(WhyNot.NOT_REACHED, known.states(rule.on.state).text)
        return _told(WhyNot.NO_DATE, dated(rule.on, known))
    if min(days) > day:
        return _on(WhyNot.NOT_YET, min(days))
    for clause in rule.where:
        if is_timed(rule, clause) and not _holds(rule, clause, facts, day):
            return _told(WhyNot.CONDITION, _words(clause, rule))
    return _of_spans(rule, facts, first, day)


def _of_spans(rule: Rule, facts: Facts, first: date | None, day: date) -> Reason | None:
    """Every condition holds: is there no amount, has it ended, or is the day of another period?"""
    known, spans = CLASSES[rule.record], evaluator(rule)(facts)
    if not spans:
        about = (
            known.fields[rule.amount].name if rule.amount else dated(rule.since, known) if rule.since else known.name
        )
        return _told(WhyNot.NO_AMOUNT, about)
    holding = [span for span in spans if span.since <= day and (span.until is None or day < span.until)]
    if not holding:
        ended = [span.until for span in spans if span.until is not None and span.until <= day]
        return _on(WhyNot.NO_LONGER, max(ended)) if ended else _on(WhyNot.NOT_YET, min(span.since for span in spans))
    if first is not None and all(span.on < first for span in holding):
        return _on(WhyNot.OUTSIDE, holding[-1].on)
    return None


def _holds(rule: Rule, clause: Condition | AnyOf, facts: Facts, day: date) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in stretches(rule, clause, facts))


def _words(clause: Condition | AnyOf, rule: Rule) -> Text:
    known = CLASSES[rule.record]
    if isinstance(clause, AnyOf):
        ones = [condition(one, known) for one in clause.conditions]
        return Text(" or ".join(one.en for one in ones), "或".join(one.zh for one in ones))
    return condition(clause, known)


def _told(why: WhyNot, what: Text) -> Reason:
    return why, why.text.fill(what=what)


def _on(why: WhyNot, day: date) -> Reason:
    return why, why.text.fill(day=day.isoformat())
