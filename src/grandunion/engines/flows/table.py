"""A life cycle as a table: which moves it allows, to whom, when, and the sentence when it does not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from grandunion.engines.flows import checking, presets
from grandunion.engines.flows.pieces import REASON, Fact, Facts, Move, State, is_filled
from grandunion.terms.roles import Part
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import YES, Problem, Refused, Verdict


@dataclass(frozen=True)
class Flow:
    """One life cycle: its states, its moves and the facts it reads about a record.

    `prefix` opens the record's number (ACH-2026-0001). State codes are stable: retired, never renamed or
    removed. All parameters called `facts` are plain mappings prepared by the caller, with the names and
    shapes that `Flow.facts` lists; what is absent counts as unknown, and unknown never opens a guard.
    """

    code: str
    name: Text
    prefix: str
    initial: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    facts: tuple[Fact, ...] = ()

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    @cached_property
    def _labels(self) -> dict[str, Text]:
        return {fact.name: fact.label for fact in (*self.facts, REASON)}

    @cached_property
    def _from(self) -> dict[str, tuple[Move, ...]]:
        return {code: tuple(m for m in self.moves if code in m.sources) for code in self._states}

    def state(self, code: str) -> State:
        """The state of this code, retired ones too; refuses an unknown code."""
        if code not in self._states:
            raise Refused(
                Text(
                    f"“{code}” is not a state of “{self.name.en}”: it is one of {', '.join(self._states)}.",
                    f"“{code}”不是“{self.name.zh}”的状态，可用状态：{'、'.join(self._states)}。",
                )
            )
        return self._states[code]

    def move(self, code: str) -> Move:
        """The move of this code; refuses an unknown one."""
        for move in self.moves:
            if move.code == code:
                return move
        raise Refused(Text(f"“{self.name.en}” has no move “{code}”.", f"“{self.name.zh}”没有操作“{code}”。"))

    def moves_from(self, source: str) -> tuple[Move, ...]:
        """The moves that lead out of a state into states still in use, in the order of the table."""
        self.state(source)
        return tuple(m for m in self._from[source] if m.returns_to or not self._states[m.target].is_closed)

    def label(self, fact: str) -> Text:
        """What a person calls the fact; refuses a fact the flow does not know."""
        if fact not in self._labels:
            raise Refused(Text(f"“{self.name.en}” knows no “{fact}”.", f"“{self.name.zh}”没有“{fact}”这一项。"))
        return self._labels[fact]

    def may_move(self, source: str, to: str, facts: Facts, parts: Collection[Part]) -> Verdict:
        """Whether a record may go from `source` by a move, or to a state, named by its code.

        Asked in this order: is it a move of the table, may one of these parts make it, is everything the next
        state requires filled, do the guards hold. A refusal names the state and all that is missing. Where
        several moves lead to the same state, one that is allowed is enough. Refuses an unknown `source`.
        """
        ways = self._ways(source, to, facts)
        mine = frozenset(parts)
        verdicts = [self._judge(move, facts, mine) for move in sorted(ways, key=lambda m: not m.parts & mine)]
        return next((v for v in verdicts if v), verdicts[0] if verdicts else self._no_way(source, to))

    def offers(self, source: str, facts: Facts, parts: Collection[Part]) -> tuple[tuple[Move, Verdict], ...]:
        """Each move these parts may make from here, with what still stops it.

        What the move's own form asks counts as given here; `may_move` judges it once it is filled in.
        """
        mine = frozenset(parts)
        return tuple(
            (move, self._judge(move, facts, mine, move.asked)) for move in self.moves_from(source) if move.parts & mine
        )

    def with_preset(self, preset: Mapping[str, Mapping[str, object]]) -> "Flow":
        """This flow as a pack wants it (see `presets.apply`); refuses what would break the table."""
        changed = replace(self, states=presets.apply(self.states, preset))
        found = changed.check()
        if found:
            raise Refused(found[0].text, found)
        return changed

    def check(self) -> tuple[Problem, ...]:
        """Everything wrong with the table; empty for a sound one."""
        return checking.problems(self.initial, self.states, self.moves, self.facts)

    def reachable(self, source: str) -> frozenset[str]:
        """The codes of all states in use that a record in `source` can still come to, and its own."""
        return checking.reachable([self.state(source).code], checking.edges(self.states, self.moves))

    def _ways(self, source: str, to: str, facts: Facts) -> tuple[Move, ...]:
        moves = self.moves_from(source)
        named = tuple(move for move in moves if move.code == to)
        return named or tuple(move for move in moves if move.target_of(facts) == to)

    def _judge(self, move: Move, facts: Facts, parts: frozenset[Part], asked: frozenset[str] = frozenset()) -> Verdict:
        code = move.target_of(facts)
        if move.returns_to and code not in checking.origins(move, self.moves):
            return _refusal(
                "“{move}” has nowhere to go: where the record stood before is not known.",
                "无法“{move}”：不清楚该记录之前所处的状态。",
                move=move.label,
            )
        if not move.parts & parts:
            return _refusal(
                "Only these may do “{move}”: {parts}.",
                "只有以下人员可以“{move}”：{parts}。",
                move=move.label,
                parts=listed(part.text for part in Part if part in move.parts),
            )
        return self._complete(move, self._states[code], facts, asked)

    def _complete(self, move: Move, target: State, facts: Facts, asked: frozenset[str]) -> Verdict:
        needed = (*target.requires, REASON.name) if move.needs_reason else target.requires
        empty = [name for name in needed if name not in asked and not is_filled(facts.get(name))]
        fields = listed(self.label(name) for name in empty)
        fill = [Text(f"Fill in: {fields.en}.", f"请填写：{fields.zh}。")] if empty else []
        stops = [g.says for g in move.guards if not asked & set(g.reads) and not g.holds(facts)]
        if not fill and not stops:
            return YES
        return _refusal(
            "“{move}” (to “{target}”) has to wait. {missing}",
            "暂不能“{move}”（进入“{target}”）。{missing}",
            move=move.label,
            target=target.name,
            missing=Text(" ".join(t.en for t in fill + stops), "".join(t.zh for t in fill + stops)),
        )

    def _no_way(self, source: str, to: str) -> Verdict:
        labels = {move.code: move.label for move in self.moves} | {s.code: s.name for s in self.states}
        ways = listed(move.label for move in self.moves_from(source))
        none = Text("Nothing leads on from here.", "该状态没有后续操作。")
        return _refusal(
            "“{wanted}” does not follow “{here}”. {onward}",
            "“{here}”之后不能直接“{wanted}”。{onward}",
            wanted=labels.get(to, Text(to, to)),
            here=self.state(source).name,
            onward=Text(f"From here one can: {ways.en}.", f"当前可以：{ways.zh}。") if ways.en else none,
        )


def _refusal(en: str, zh: str, **values: object) -> Verdict:
    return Verdict(False, Text(en, zh).fill(**values))
