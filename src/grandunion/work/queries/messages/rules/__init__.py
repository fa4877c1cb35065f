"""Every rule of telling, by the verb it reads: one file for each group of columns."""

from collections import defaultdict
from collections.abc import Mapping

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules import (
    cases,
    matches,
    meetings,
    needs,
    parties,
    returns,
    scenarios,
    seeing,
    work_reports,
)
from grandunion.work.queries.messages.rules.pieces import Rule, moved

ALL: tuple[Rule, ...] = (
    *needs.RULES, *scenarios.RULES, *matches.RULES, *cases.RULES, *meetings.RULES, *parties.RULES, *seeing.RULES,
    *returns.RULES, *work_reports.RULES,
)  # fmt: skip
# Who watches a record is told of every deed that has a rule, and of every change of its state.
WATCHED = Rule("*", MessageKind.WATCHED, (to.watchers,), Text("{number} has changed.", "{number} 有更新。"))
WATCHED_STATE = Rule(
    "*", MessageKind.WATCHED, (to.watchers,), Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved
)


def _by_verb() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in ALL:
        found[rule.verb].append(rule)
    return {verb: tuple(rules) for verb, rules in found.items()}


BY_VERB = _by_verb()


def rules_of(verb: str) -> tuple[Rule, ...]:
    """The rules a verb of the journal sets going, the most particular first: of several, a person is told the first."""
    own = BY_VERB.get(verb, ())
    general = BY_VERB.get(f"{verb.partition('.')[0]}.*", ())
    if any(rule.is_inner for rule in own):
        return own
    watched = (WATCHED_STATE, WATCHED) if own else (WATCHED_STATE,)
    return (*(own or general), *watched)


__all__ = ["ALL", "BY_VERB", "Rule", "rules_of"]
