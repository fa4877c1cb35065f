"""Every rule holds for the whole house, and every rule is seen to fail on a line that breaks it."""

import pytest

from tests.architecture import markup, shapes, sizes, wording
from tests.architecture.sources import Rule, Source, code, complaints, everything, templates

RECORD, VIEW, ACTION = (
    f"src/grandunion/{name}.py" for name in ("records/needs", "interfaces/web/needs", "work/actions/needs")
)
PAGE, STYLE = (
    "src/grandunion/interfaces/kit/templates/kit/page.html",
    "src/grandunion/interfaces/kit/static/gu/gu.css",
)
SHORT = '"""A need."""\n'

# Each rule with the files it reads, lines that break it, and lines that keep it.
CODE_RULES: dict[Rule, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    sizes.files_are_short: (
        [(VIEW, "x = 1\n" * 401), ("tests/work/test_needs.py", "x = 1\n" * 601)],
        [(VIEW, "x = 1\n" * 400), ("tests/work/test_needs.py", "x = 1\n" * 600)],
    ),
    sizes.functions_are_short: (
        [(VIEW, "def show():\n" + "    x = 1\n" * 40)],
        [(VIEW, "def show():\n" + "    x = 1\n" * 39)],
    ),
    sizes.functions_take_few_arguments: (
        [(ACTION, "def assign(need, a, b, c, *, d, e, by, at): ...")],
        [(ACTION, "def assign(need, a, b, c, *, d, by, at): ...")],
    ),
    sizes.records_have_few_methods: (
        [(RECORD, "class Need:\n" + "".join(f"    def is_{n}(self): ...\n" for n in range(16)))],
        [(RECORD, "class Need:\n" + "".join(f"    def is_{n}(self): ...\n" for n in range(15)))],
    ),
    shapes.files_open_with_a_sentence: (
        [(VIEW, "import re"), (VIEW, '"""Needs"""'), (VIEW, '"""One thing here. Another thing."""')],
        [(VIEW, SHORT), (VIEW, '"""What a need is.\n\nIt reads these facts. All are plain.\n"""')],
    ),
    shapes.names_say_something: (
        [("src/grandunion/work/utils.py", SHORT), ("src/grandunion/work/helpers/needs.py", SHORT)],
        [("src/grandunion/work/queries/base.py", SHORT)],
    ),
    shapes.imports_stand_on_top: (
        [(ACTION, "def close():\n    import json"), (VIEW, "def show():\n    from a import b")],
        [
            (ACTION, "import json"),
            ("src/grandunion/interfaces/cli/imports.py", "def run():\n    import json"),
        ],
    ),
    shapes.relations_name_the_class: (
        [(RECORD, 'need = ForeignKey("records.Need")'), (RECORD, 'need = models.OneToOneField(to="Need")')],
        [
            (RECORD, "need = models.ForeignKey(Need, PROTECT)"),
            (RECORD, 'parent = ForeignKey("self", PROTECT)'),
        ],
    ),
    shapes.order_is_stated_where_it_matters: (
        [(RECORD, "class Need:\n    class Meta:\n        ordering = ['pk']")],
        [(RECORD, "class Need:\n    class Meta:\n        constraints = []")],
    ),
    shapes.nobody_listens_to_signals: (
        [
            (RECORD, "from django.db.models.signals import post_save"),
            (RECORD, "from django.dispatch import receiver"),
            (RECORD, "from django.db.models import signals"),
        ],
        [(RECORD, "from django.db import models")],
    ),
    shapes.the_clock_is_an_argument: (
        [
            (ACTION, "at = timezone.now()"),
            (ACTION, "at = datetime.datetime.now(tz)"),
            (ACTION, "today = timezone.localdate()"),
            (RECORD, "made_at = DateTimeField(default=timezone.now)"),
            (RECORD, "made_at = DateTimeField(auto_now_add=True)"),
            ("src/grandunion/engines/calendars.py", "from time import time"),
        ],
        [
            (VIEW, "at = timezone.now()"),
            (ACTION, "day = timezone.localtime(at).date()"),
            (ACTION, "started = time.monotonic()"),
            (ACTION, "day = at.date()"),
        ],
    ),
    shapes.rows_have_one_door: (
        [
            (VIEW, "rows = Need.objects.all()"),
            (ACTION, "need = get_object_or_404(Need, pk=1)"),
            (VIEW, "need = forms.ModelChoiceField(rows)"),
        ],
        [
            (ACTION, "rows = Need.objects.visible_to(reader)"),
            ("tests/work/test_needs.py", "Need.objects.all()"),
        ],
    ),
    shapes.unscoped_says_why: (
        [
            (ACTION, "Need.objects.unscoped()"),
            (ACTION, 'Need.objects.unscoped("all")'),
            (ACTION, "rows.unscoped(why)"),
        ],
        [(ACTION, 'Need.objects.unscoped("the import writes every row")')],
    ),
    shapes.both_languages_stand_side_by_side: (
        [(VIEW, "from django.utils.translation import gettext_lazy as _")],
        [(VIEW, "from django.utils.translation import get_language")],
    ),
    wording.sentences_have_both_languages: (
        [
            (ACTION, 'Text("Close", "")'),
            (ACTION, 'Text("", "关闭")'),
            (ACTION, 'no("Close it first.", "Close it first.")'),
            (ACTION, 'invalid("number", "Wrong.", "wrong")'),
            (ACTION, 'Text("关闭", "关闭")'),
            (ACTION, 'Text(f"{number} rows", f"{number} rows")'),
            (ACTION, 'class State(Word):\n    OPEN = "open", "Open", "Open"'),
        ],
        [
            (ACTION, 'Text("Close", "关闭")'),
            (ACTION, 'Text("TRL", "TRL")'),
            (ACTION, 'Text("{n} %", "{n} %")'),
            (ACTION, 'Text(f"{n} rows", f"{n} 行")'),
            (ACTION, "Text(row.name_en, row.name_zh)"),
            (ACTION, 'class State(Word):\n    OPEN = "open", "Open", "受理中"'),
            ("src/grandunion/terms/verdicts.py", 'Text("", "")'),
        ],
    ),
    markup.markup_in_code_obeys_too: (
        [(VIEW, "cell = '<td style=\"color:red\">'"), (VIEW, "cell = f'<a onclick=\"{go}\">'")],
        [(VIEW, "cell = '<td class=\"number\">'")],
    ),
}

PAGE_RULES: dict[Rule, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    sizes.templates_are_short: ([(PAGE, "<p>\n" * 151)], [(PAGE, "<p>\n" * 150)]),
    wording.templates_say_both_languages: (
        [
            (PAGE, '{% say "Close" "" %}'),
            (PAGE, '{% say "Close" "Close" %}'),
            (PAGE, '{% say "Close" %}'),
            (PAGE, '{% trans "Close" %}'),
        ],
        [
            (PAGE, '{% say "Close" "关闭" %}'),
            (PAGE, '{% say "{n} rows" "{n} 行" n=rows %}'),
            ("src/grandunion/interfaces/kit/templates/account/login.html", '{% trans "Sign In" %}'),
        ],
    ),
    markup.pages_load_only_our_own: (
        [
            (PAGE, '<p style="color:red">'),
            (PAGE, '<button type="button" onclick="go()">'),
            (PAGE, "<style>p{}</style>"),
            (PAGE, "<script>go()</script>"),
            (PAGE, '<a href="javascript:go()">'),
            (PAGE, '<script src="https://cdn.example/x.js"></script>'),
            (PAGE, '<img src="//cdn.example/x.png">'),
        ],
        [
            (PAGE, '<script src="{% asset "gu/gu.js" %}" defer></script>'),
            (PAGE, '<svg xmlns="http://www.w3.org/2000/svg"><use href="#search"/></svg>'),
            (PAGE, '{# write no <p style="x"> here #}<a href="/w/needs/">'),
        ],
    ),
    markup.static_files_stay_at_home: (
        [
            (STYLE, '@import "other.css";'),
            (STYLE, "p{background:url(https://cdn.example/x.png)}"),
            (STYLE.replace("css", "js"), "eval(text)"),
            (STYLE.replace("css", "js"), 'fetch("https://api.example.com/x")'),
        ],
        [
            (STYLE, "p{background:url(mark.svg)}"),
            (STYLE.replace("css", "js"), 'ns = "http://www.w3.org/2000/svg"'),
        ],
    ),
}

TEXT_RULES: dict[Rule, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    # Escapes keep these samples from being found in this file.
    wording.nothing_from_the_workbench: (
        [("docs/page.md", "TO\x44O later"), ("docs/page.md", "made in Session\x203"), (VIEW, "# FIX\x4dE")],
        [("docs/page.md", "Two sessions of the round were held; to do so is easy.")],
    ),
    wording.no_registry_is_named: (
        [("Makefile", "pip install --index-url https://pypi\x2eorg/simple")],
        [("Makefile", "pip install --require-hashes -r requirements/dev.lock")],
    ),
}

ALL_RULES = {**CODE_RULES, **PAGE_RULES, **TEXT_RULES}


def named(rule: Rule) -> str:
    """The rule's name, for pytest's listing."""
    return rule.__name__


@pytest.mark.parametrize("rule", CODE_RULES, ids=named)
def test_the_code_keeps(rule: Rule) -> None:
    """The rule holds in every Python file."""
    assert complaints(tuple(CODE_RULES), code)[rule] == []


@pytest.mark.parametrize("rule", PAGE_RULES, ids=named)
def test_the_pages_keep(rule: Rule) -> None:
    """The rule holds in every template and static file."""
    assert complaints(tuple(PAGE_RULES), templates)[rule] == []


@pytest.mark.parametrize("rule", TEXT_RULES, ids=named)
def test_the_papers_keep(rule: Rule) -> None:
    """The rule holds in every text file of the project."""
    assert complaints(tuple(TEXT_RULES), everything)[rule] == []


@pytest.mark.parametrize("rule", ALL_RULES, ids=named)
def test_a_line_that_breaks_it_is_named(rule: Rule) -> None:
    """Each bad sample gets at least one complaint."""
    breaking, _ = ALL_RULES[rule]
    assert [path_and_text for path_and_text in breaking if not list(rule(Source(*path_and_text)))] == []


@pytest.mark.parametrize("rule", ALL_RULES, ids=named)
def test_a_line_that_keeps_it_is_left_alone(rule: Rule) -> None:
    """Each good sample gets none."""
    _, keeping = ALL_RULES[rule]
    assert [said for path_and_text in keeping for said in rule(Source(*path_and_text))] == []


def test_the_rules_read_real_files() -> None:
    """The finder finds: a rule over nothing would hold for ever."""
    assert "src/grandunion/terms/text.py" in {source.path for source in code()}
    assert {"Makefile", "pyproject.toml"} <= {source.path for source in everything()}
    assert any(source.path.endswith(".css") for source in templates())
