"""From the cells of one row to checked values: mapping, converters, checks, and what makes a row bad."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from grandunion.adapters.packs.mappings import FieldRule
from grandunion.adapters.packs.mappings import Mapping as ImportMapping
from grandunion.engines.trials import Line
from grandunion.terms.identifiers import holds_citizen_number
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem, Refused, invalid
from grandunion.work.queries.upkeep.imports import converting
from grandunion.work.queries.upkeep.imports.converting import Cells, Unfit
from grandunion.work.queries.upkeep.imports.kinds import Kind, kind_of
from grandunion.work.queries.upkeep.imports.references import References

EIGHTEEN = re.compile(r"\d{17}[\dXx]")
EXTRAS = ("aliases", "labels", "wanted")
FILE = "file"  # somebody's own list, not something published elsewhere
Joined = Mapping[str, Mapping[str, Cells]]  # name of the join → key → cells


@dataclass(slots=True)
class Row:
    """One checked row: values by column, further names and labels of an organisation, indicators of a scenario."""

    number: int
    ref: str
    values: dict[str, object]
    aliases: tuple[str, ...] = ()
    labels: tuple[int, ...] = ()
    wanted: tuple[Line, ...] = ()
    derived: bool = field(default=False)
    lacking: tuple[Problem, ...] = ()  # what keeps the row out if it would make a new record


class Cleaner:
    """Everything a mapping asks of a row, made ready once."""

    def __init__(
        self, mapping: ImportMapping, refers: References, joined: Joined, *, columns: tuple[str, ...], is_template: bool
    ) -> None:
        self.kind: Kind = kind_of(mapping.kind)
        self.mapping, self.refers, self.is_template = mapping, refers, is_template
        self.left_out = converting.skips(mapping)
        self.rules = [(one.target, converting.rule(one, mapping.tables, refers)) for one in there(mapping, columns)]
        self.joins = [
            (join.on, joined[join.name], [(r.target, converting.rule(r, mapping.tables, refers)) for r in join.fields])
            for join in mapping.joins
            if join.name in joined
        ]
        self.constants = self._checked_constants()
        self.note = f"{mapping.source.name.zh} · {mapping.source.licence} · {mapping.source.as_of}".strip(" ·")[:300]

    def _checked_constants(self) -> dict[str, object]:
        found = {}
        for target, value in self.mapping.constants.items():
            column, check = self.kind.fields[target]
            try:
                found[column] = check(value, self.refers)
            except Unfit as unfit:
                raise invalid(target, unfit.text.en, unfit.text.zh) from unfit
        return found

    def clean(self, number: int, cells: Cells) -> Row | tuple[Problem, ...]:
        """The row's checked values, or everything that is wrong with it."""
        problems: list[Problem] = []
        values = dict(self.constants)
        extras: dict[str, tuple] = {}
        for target, value in self._targets(cells, number, problems):
            column, check = self.kind.fields[target]
            try:
                checked = check(value, self.refers)
            except Unfit as unfit:
                problems.append(Problem(target, unfit.text, number))
                continue
            (extras if column in EXTRAS else values)[column] = checked
        ref = str(values.pop("source_ref", "") or self._own_ref(values))
        problems += self._lacks(number, ref, values)
        wrong, lacking = self.kind.answered(values, self.refers)
        problems += [replace(one, row=number) for one in wrong]
        if problems:
            return tuple(problems)
        is_own = self.mapping.source.kind == FILE
        return Row(number, ref, values, **extras, lacking=tuple(replace(one, row=number) for one in lacking if is_own))

    def _targets(self, cells: Cells, number: int, problems: list[Problem]) -> Iterator[tuple[str, object]]:
        sources = [(cells, self.rules)]
        for on, rows, rules in self.joins:
            if other := rows.get(str(cells.get(on, "")).strip()):
                sources.append((other, rules))
        for given, rules in sources:
            for target, rule in rules:
                try:
                    value = rule(given)
                except Unfit as unfit:
                    problems.append(Problem(target, unfit.text, number))
                    continue
                if value or value not in ("", None, []):
                    yield target, value

    def _own_ref(self, values: Mapping[str, object]) -> str:
        """The reference of a row that brings none: its key in the mapping, or of a template its names."""
        columns = [self.kind.fields[target].column for target in self.mapping.key]
        if self.is_template:
            columns = [*self.kind.unique, *self.kind.named]
            columns = [name for name in columns if values.get(name)][:1]
            columns += [name for name in ("affiliation", "owner_name", "owner_id", "applicant_name") if name in values]
        key = "|".join(str(values.get(name) or "") for name in columns)
        if not key.strip("|"):
            return ""
        return key if len(key) <= 200 else hashlib.sha256(key.encode()).hexdigest()

    def _lacks(self, number: int, ref: str, values: Mapping[str, object]) -> Iterator[Problem]:
        zh, en = self.kind.named
        if not values.get(zh) and not values.get(en):
            yield Problem(zh, Text("The row has no name or title.", "该行没有名称或标题。"), number)
        elif not ref:
            key = ", ".join(self.mapping.key)
            yield Problem(key, Text("The key by which the row is found again is empty.", "该行的识别键为空。"), number)
        if disagreement := self.kind.disagrees(values):
            yield Problem(*disagreement, number)
        if values.get("level") == Level.PUBLIC and not self.mapping.source.publishable:
            yield Problem("level", Text(
                "The source does not allow its content to be public. Set level to members.",
                "该来源的内容不得公开，请将 level 设为 members。",
            ), number)  # fmt: skip


def there(mapping: ImportMapping, columns: tuple[str, ...]) -> Iterator[FieldRule]:
    """The mapping's rules narrowed to the columns the file has; all of them where every row names its own."""
    for rule in mapping.fields:
        found = tuple(column for column in rule.columns if column in columns) if columns else rule.columns
        if found or rule.default:
            yield replace(rule, columns=found)


def citizen_column(cells: Cells) -> str:
    """The first column that holds an 18-digit citizen number, or nothing."""
    if not EIGHTEEN.search("\n".join(map(str, cells.values()))):
        return ""
    return next((name for name, value in cells.items() if holds_citizen_number(str(value))), "")


def refuse_column(column: str, number: int) -> Refused:
    """The refusal of a file with a column of citizen numbers."""
    text = Text(
        f"The column “{column}” holds citizen identity numbers (first in row {number}). The hub never keeps them: "
        "delete the column and import again.",
        f"“{column}”列含有公民身份号码（首次出现在第 {number} 行）。本平台不保存身份证号，请删除该列后重新导入。",
    )
    return Refused(text, (Problem(column, text, number),))


Progress = Callable[[int], None]
