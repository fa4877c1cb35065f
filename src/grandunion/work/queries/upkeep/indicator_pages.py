"""The generated pages of figures: what each counts by which rule, and the words a rule is written in."""

from collections.abc import Iterable, Iterator

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.indicators import Indicator
from grandunion.engines.indicators import Ratio, read, said
from grandunion.terms.counting import CLASSES, SUBJECTS, Field, Operator, RecordClass, Statistic, Subject
from grandunion.terms.text import Text, Word

HEAD = "Generated from the pack and the vocabulary of counting; do not edit. 由数据包与计数词汇生成，请勿手工修改。"
RULES: tuple[tuple[str, type[Word]], ...] = (("Operators 运算符", Operator), ("Statistics 统计方式", Statistic))


def pages(pack: Pack) -> dict[str, str]:
    """The two pages by their path from the root of the sources."""
    return {
        "docs/generated/indicators.md": "\n".join(_indicators(pack)),
        "docs/generated/counting.md": "\n".join(_vocabulary()),
    }


def _indicators(pack: Pack) -> Iterator[str]:
    known = {one.code: one for one in pack.indicators}
    yield from (f"# Indicators of the pack {pack.hub.code} 指标", "", HEAD)
    counted = [one for one in pack.indicators if one.counts is not None]
    for subject in Subject:
        rows = [one for one in counted if _subject(one, known) is subject]
        if rows:
            yield from ("", f"## {subject.text.en} {subject.text.zh}", "")
            yield from _table(("Code 代码", "Indicator 指标", "Unit 单位", "Kind 性质", "How it is counted 计算规则"),
                              ((f"`{one.code}`", _both(one.name), _both(one.unit), _both(one.kind.text),
                                _both(_rule(one, known))) for one in rows))  # fmt: skip
    yield from ("", "## Not counted here 系统暂不计算", "")
    yield from _table(("Code 代码", "Indicator 指标", "Unit 单位", "Why 原因"),
                      ((f"`{one.code}`", _both(one.name), _both(one.unit), _both(one.why_uncounted))
                       for one in pack.indicators if one.why_uncounted is not None))  # fmt: skip
    yield ""


def _subject(one: Indicator, known: dict[str, Indicator]) -> Subject:
    while one.counts.is_ratio:
        one = known[str(one.counts.rule["of"])]
    return SUBJECTS[str(one.counts.rule["record"])]


def _rule(one: Indicator, known: dict[str, Indicator]) -> Text:
    rule = read(one.counts.rule)
    if not isinstance(rule, Ratio):
        return said(rule)
    return Text("{of} / {to}", "{of} / {to}").fill(of=known[rule.of].name, to=known[rule.to].name)


def _vocabulary() -> Iterator[str]:
    yield from ("# The words of counting rules 计数规则词汇", "", HEAD)
    for title, words in RULES:
        yield from ("", f"## {title}", "")
        yield from _table(("Code 代码", "Name 名称"), ((f"`{word.value}`", _both(word.text)) for word in words))
    for code, record in CLASSES.items():
        yield from ("", f"## {record.name.en} {record.name.zh} · `{code}`", "")
        yield from _table(("Field 字段", "Name 名称", "Kind 类型", "Values 取值"),
                          ((f"`{name}`", _both(one.name), _both(one.kind.text), _values(one))
                           for name, one in record.fields.items()))  # fmt: skip
        yield from _cuts(record)
    yield ""


def _cuts(record: RecordClass) -> Iterator[str]:
    if record.dimensions:
        cuts = sorted(one.value for one in record.dimensions)
        yield from ("", f"Cut by 分类维度: {', '.join(f'`{one}`' for one in cuts)}")


def _values(one: Field) -> str:
    if one.words is not None:
        return ", ".join(f"`{word}`" for word in one.words.codes())
    return f"list `{one.list}`" if one.list else f"`{one.of}`" if one.of else ""


def _both(text: Text) -> str:
    return text.en if text.en == text.zh else f"{text.en}<br>{text.zh}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
