"""The seal of a signed report, and the proof of an evidence file from nothing but itself."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from statistics import median

from grandunion.engines.reporting.sentences import Number, Value, rendered
from grandunion.terms.text import Text
from grandunion.terms.work_reports import Basis, Check

FORM = "grandunion-evidence/1"
RATIO = "ratio"
CENT, TENTH = Decimal("0.01"), Decimal("0.1")
Proof = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: which figure (or the report itself), what came of it, and the sentence."""

    about: str
    check: Check
    says: Text


def canonical(content: object) -> bytes:
    """The content as JSON in one form only: sorted keys, no spaces, UTF-8 (after RFC 8785, numbers kept as text)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: object) -> str:
    """The SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def number_of(figure: Mapping[str, object]) -> Number:
    """A frozen figure as the number that stood in the text."""
    words = figure.get("words") or {}
    value = figure.get("value")
    return Number(
        name=str(figure["name"]),
        basis=str(figure["basis"]),
        bound=Value(
            None if value is None else Decimal(str(value)), str(figure["qualifier"]),
            Text(words.get("en", ""), words.get("zh", "")),
        ),
        measure=Text(figure["measure"]["en"], figure["measure"]["zh"]),
        style=str(figure["style"]),
    )  # fmt: skip


def prove(evidence: Mapping[str, object]) -> tuple[Finding, ...]:
    """Everything that an evidence file proves by itself: its seal, its sentences, and each counted figure.

    A figure is counted anew from the records listed for it, each distinct key once; claims and targets must say what
    the text says. Raises KeyError, TypeError or InvalidOperation where the file is not of the form.
    """
    if evidence.get("form") != FORM:
        raise KeyError("form")
    frozen = evidence["report"]
    return (_seal(evidence, frozen), *_texts(frozen), *(_figure(one, evidence) for one in frozen["figures"]))


def _seal(evidence: Mapping[str, object], frozen: Mapping[str, object]) -> Finding:
    if digest(frozen) == evidence["digest"]:
        return Finding("seal", Check.HOLDS, Text("The seal fits the report.", "封存校验值与报告一致。"))
    return Finding("seal", Check.DIFFERS, Text("The report was changed after it was sealed.", "报告在封存后被改动。"))


def _texts(frozen: Mapping[str, object]) -> Iterator[Finding]:
    """Every sentence says exactly what its figures say."""
    figures = frozen["figures"]
    for section in frozen["sections"]:
        for one in section["sentences"]:
            numbers = {each["name"]: number_of(each) for each in figures if each["sentence"] == one["key"]}
            is_same = all(rendered(one["pattern"][lang], numbers, lang) == one["text"][lang] for lang in ("zh", "en"))
            if not is_same:
                says = Text("The sentence does not say what its figures say.", "语句与其引用的数字不一致。")
                yield Finding(one["key"], Check.DIFFERS, says)


def _figure(figure: Mapping[str, object], evidence: Mapping[str, object]) -> Finding:
    key = str(figure["key"])
    proof = evidence["proofs"].get(key, {})
    if figure["basis"] != Basis.FIGURE:
        return _published(key, figure, proof)
    if count := hidden(proof):
        return Finding(key, Check.UNKNOWN, Text(
            f"{count} of the records counted are not in this file: ask for a grant to the report.",
            f"有 {count} 条计入记录未列入本文件，请申请查阅授权。",
        ))  # fmt: skip
    counted = recounted(proof)
    if counted == (None if figure["value"] is None else Decimal(str(figure["value"]))):
        return Finding(key, Check.HOLDS, Text(f"Counted anew: {counted}.", f"重新计算：{counted}。"))
    return Finding(key, Check.DIFFERS, Text(
        f"The report says {figure['value']}, its records give {counted}.",
        f"报告为 {figure['value']}，按所列记录计算为 {counted}。",
    ))  # fmt: skip


def hidden(proof: Proof) -> int:
    """How many of the records counted the file leaves out."""
    if proof["statistic"] == RATIO:
        return hidden(proof["of"]) + hidden(proof["to"])
    return int(proof["hidden"])


def recounted(proof: Proof) -> Decimal | None:
    """What the listed records come to; None where they come to nothing that is a number (a share of none).

    A proof has its `statistic` (count, sum, mean, median, ratio), whether a key counts once (`is_keyed`) and the
    `records` with `key` and `amount`; one of a ratio the two proofs `of` and `to`, and `is_per`.
    """
    if proof["statistic"] == RATIO:
        part, whole = recounted(proof["of"]), recounted(proof["to"])
        if part is None or not whole:
            return None
        return (part / whole * (1 if proof["is_per"] else 100)).quantize(TENTH)
    rows = proof["records"]
    amounts = [Decimal(str(row["amount"])) for row in rows]
    if not all(amount.is_finite() for amount in amounts):
        raise InvalidOperation
    count = len({row["key"] for row in rows}) if proof["is_keyed"] else len(rows)
    return _told(str(proof["statistic"]), count, amounts)


def _told(statistic: str, count: int, amounts: list[Decimal]) -> Decimal | None:
    if statistic == "count":
        return Decimal(count)
    total = sum(amounts, Decimal(0)).quantize(CENT)
    if statistic == "sum":
        return total
    if not amounts:
        return None
    return ((total / count) if statistic == "mean" else Decimal(median(amounts))).quantize(CENT)


def _published(key: str, figure: Mapping[str, object], proof: Mapping[str, object]) -> Finding:
    if (proof.get("value"), proof.get("qualifier")) == (figure["value"], figure["qualifier"]):
        return Finding(key, Check.HOLDS, Text("It is what its source says.", "与所引来源一致。"))
    return Finding(key, Check.DIFFERS, Text("Its source says otherwise.", "与所引来源不一致。"))
