"""The reader's desk: problems, codes and references gathered while a pack is read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from grandunion.adapters.packs.problems import PackProblem
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.text import Text


@dataclass
class Desk:
    """What was found so far. `codes` has section → code → place, `wanted` the references to prove."""

    problems: list[PackProblem] = field(default_factory=list)
    codes: dict[str, dict[str, Node]] = field(default_factory=dict)
    wanted: list[tuple[str, str, Node]] = field(default_factory=list)

    def complain(self, node: Node, en: str, zh: str) -> None:
        """Write down a mistake."""
        self.problems.append(PackProblem(node.file, node.line, Text(en, zh)))

    def note(self, node: Node, en: str, zh: str) -> None:
        """Write down something a person should know that is no mistake."""
        self.problems.append(PackProblem(node.file, node.line, Text(en, zh), is_note=True))

    def register(self, section: str, code: str, node: Node) -> None:
        """Remember a code; a second one of the same section is a mistake."""
        known = self.codes.setdefault(section, {})
        if code in known:
            first = known[code]
            self.complain(
                node,
                f"The code “{code}” is taken in {first.file} line {first.line}. Choose another.",
                f"代码“{code}”已在 {first.file} 第 {first.line} 行使用，请另取一个。",
            )
        known.setdefault(code, node)

    def want(self, section: str, code: str, node: Node) -> None:
        """Remember that a code of a section is referred to."""
        self.wanted.append((section, code, node))

    def prove_references(self) -> None:
        """Every code referred to must exist."""
        for section, code, node in self.wanted:
            known = self.codes.get(section, {})
            if code not in known:
                en, zh = nearest(code, known)
                self.complain(
                    node, f"There is no “{code}” among the {section}. {en}", f"{section} 中没有“{code}”。{zh}"
                )

    def mistakes(self) -> tuple[PackProblem, ...]:
        """Everything found that is wrong, by file and line; notes left out."""
        return tuple(sorted(problem for problem in self.problems if not problem.is_note))

    def everything(self) -> tuple[PackProblem, ...]:
        """Mistakes first, then notes, each by file and line."""
        notes = sorted(problem for problem in self.problems if problem.is_note)
        return (*self.mistakes(), *notes)


def nearest(word: str, known: Iterable[str]) -> tuple[str, str]:
    """What to write instead, in both languages."""
    known = sorted(known)
    close = get_close_matches(word, known, n=1)
    if close:
        return f"Did you mean “{close[0]}”?", f"是否应为“{close[0]}”？"
    some = known[:12]
    more = " …" if len(known) > len(some) else ""
    return f"Write one of: {', '.join(some)}{more}.", f"请填写其中之一：{'、'.join(some)}{more}。"
