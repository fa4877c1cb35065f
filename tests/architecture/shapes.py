"""The shapes a line of Python may take: where imports stand, who reads the clock, how rows are reached."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.sources import FUNCTIONS, Source

RELATIONS = {"ForeignKey", "ManyToManyField", "OneToOneField"}
SIGNALS = {"django.db.models.signals", "django.core.signals", "django.dispatch", "allauth.account.signals"}
CLOCKS = {
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("functions", "Now"),
}  # fmt: skip
# Given a moment, these only change its zone.
CONVERTERS = {"localdate", "localtime"}
CLOCK_IMPORTS = {("django.utils.timezone", "now"), ("time", "time"), ("django.db.models.functions", "Now")}
TRANSLATORS = re.compile(r"^(n|np|p)?gettext(_lazy|_noop)?$")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
UNSCOPED_DOORS = {"get_object_or_404", "get_list_or_404", "ModelChoiceField", "ModelMultipleChoiceField"}
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|commons?|managers?|datas?|infos?|misc)$")
# Heavy libraries are imported inside the command that needs them: `grandunion --help` must be quick.
LATE_IMPORTS = ("interfaces/cli",)


def files_open_with_a_sentence(source: Source) -> Iterator[str]:
    """A file opens with one sentence that says what it is for; more may follow after a blank line."""
    first = (ast.get_docstring(source.tree) or "").split("\n\n")[0].replace("\n", " ")
    if not first.endswith((".", "?", "。")) or re.search(r"[a-z]{2}[.!?] [A-Z]", first):
        yield "line 1: open the file with one sentence that says what it is for"


def names_say_something(source: Source) -> Iterator[str]:
    """No file or folder is called utils, helpers, common, manager, data or info."""
    for part in PurePosixPath(source.path).with_suffix("").parts:
        if EMPTY_NAMES.match(part):
            yield f"“{part}” says nothing: name it after what it holds"


def imports_stand_on_top(source: Source) -> Iterator[str]:
    """An import inside a function is a circle in disguise."""
    for function in source.nodes(*FUNCTIONS) if not source.is_under(*LATE_IMPORTS) else ():
        lines = range(function.lineno, function.end_lineno + 1)
        for node in source.nodes(ast.Import, ast.ImportFrom):
            if node.lineno in lines:
                yield f"line {node.lineno}: move the import to the top, or the verb to the right column"


def relations_name_the_class(source: Source) -> Iterator[str]:
    """A relation names the class, never a string, so that the imports draw the map."""
    for call in source.nodes(ast.Call):
        if _name(call.func) in RELATIONS:
            targets = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "to")]
            if any(isinstance(to, ast.Constant) and isinstance(to.value, str) and to.value != "self" for to in targets):
                yield f"line {call.lineno}: name the class, not a string"


def order_is_stated_where_it_matters(source: Source) -> Iterator[str]:
    """No Meta.ordering."""
    for node in source.nodes(ast.ClassDef):
        if node.name == "Meta":
            for child in node.body:
                if isinstance(child, ast.Assign) and any(_name(to) == "ordering" for to in child.targets):
                    yield f"line {child.lineno}: no Meta.ordering; order the query and break ties"


def nobody_listens_to_signals(source: Source) -> Iterator[str]:
    """No signals: what follows from a deed stands in the action."""
    for node in source.nodes(ast.ImportFrom):
        if node.module in SIGNALS or (node.module or "").endswith(".signals") or _imports(node, "signals"):
            yield f"line {node.lineno}: no signals; call what must follow"


def the_clock_is_an_argument(source: Source) -> Iterator[str]:
    """Only interfaces and config look at the clock; everybody else is told `at`."""
    if not source.is_under("src") or source.is_under("interfaces", "config"):
        return
    given = {call.func for call in source.nodes(ast.Call) if call.args and _name(call.func) in CONVERTERS}
    for node in source.nodes(ast.Attribute, ast.ImportFrom, ast.keyword):
        reads = isinstance(node, ast.Attribute) and (_name(node.value), node.attr) in CLOCKS and node not in given
        imports = isinstance(node, ast.ImportFrom) and any((node.module, a.name) in CLOCK_IMPORTS for a in node.names)
        automatic = isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
        if reads or imports or automatic:
            yield f"line {node.lineno}: the moment is an argument (`at`); only interfaces read the clock"


def rows_have_one_door(source: Source) -> Iterator[str]:
    """Outside work and records nobody touches a table's manager; nobody takes Django's shortcuts."""
    if not source.is_under("src"):
        return
    is_inside = source.is_under("work", "records")
    for node in source.nodes(ast.Name, ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not is_inside:
            yield f"line {node.lineno}: rows are reached through work, not through .{node.attr}"
        if _name(node) in UNSCOPED_DOORS:
            yield f"line {node.lineno}: {_name(node)} walks past visible_to"


def unscoped_says_why(source: Source) -> Iterator[str]:
    """Whoever opens all rows says why, in words that can be found."""
    for call in unscoped_calls(source):
        reason = call.args[0] if call.args else None
        if not (isinstance(reason, ast.Constant) and isinstance(reason.value, str) and len(reason.value) >= 8):
            yield f'line {call.lineno}: write unscoped("the reason") with the reason as plain words'


def both_languages_stand_side_by_side(source: Source) -> Iterator[str]:
    """There is no gettext in our own code."""
    for node in source.nodes(ast.ImportFrom) if source.is_under("src") else ():
        if any(TRANSLATORS.match(alias.name) for alias in node.names):
            yield f"line {node.lineno}: write Text(English, 中文) instead of gettext"


def unscoped_calls(source: Source) -> list[ast.Call]:
    """Every place that opens all rows of a guarded record."""
    if "unscoped" not in source.text:  # most files need not be parsed for this
        return []
    calls = source.nodes(ast.Call)
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "unscoped"]


def _name(node: ast.AST) -> str:
    return getattr(node, "id", None) or getattr(node, "attr", None) or ""


def _imports(node: ast.ImportFrom, name: str) -> bool:
    return (node.module or "").startswith("django") and any(alias.name == name for alias in node.names)
