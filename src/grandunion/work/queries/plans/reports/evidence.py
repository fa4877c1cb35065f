"""The evidence of a report: everything an auditor needs to count each of its figures anew, and the check of it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import InvalidOperation

from grandunion.engines.indicators import Ratio, read
from grandunion.engines.reporting import FORM, RATIO, Finding, digest, prove
from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Erratum, Target, WorkReport
from grandunion.terms.readers import Reader, house
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Problem, Refused, invalid
from grandunion.terms.work_reports import Basis, Check
from grandunion.work.queries.lists import term
from grandunion.work.queries.plans.doors import openable
from grandunion.work.queries.plans.figures import definitions, in_force, indicator
from grandunion.work.queries.plans.opening import counting
from grandunion.work.queries.plans.reports import rows
from grandunion.work.queries.plans.reports.sealing import both, content
from grandunion.work.queries.plans.reports.values import counted, of_claim, of_target, told

Evidence = Mapping[str, object]
Figure = Mapping[str, object]
Proof = Mapping[str, object]
BROKEN = Text("This is not an evidence file of a work report.", "该文件不是工作报告的证据文件。")


def evidence(report: WorkReport, reader: Reader, *, is_whole: bool) -> dict[str, object]:
    """The evidence of a report the reader has opened; of a signed one as it was on signing.

    `is_whole` (staff who read rows, and whoever was granted it) lists every record counted; others are given the
    records they may open themselves, and how many there are besides.
    """
    frozen = content(report, reader.at)
    proofs = report.proofs if report.digest else proofs_of(frozen, reader.at)
    if not is_whole:
        proofs = {str(one["key"]): _opened_by(one, proofs[str(one["key"])], reader) for one in frozen["figures"]}
    return {
        "form": FORM, "report": frozen, "digest": digest(frozen), "made_at": reader.at.isoformat(),
        "is_signed": bool(report.digest), "state": report.state,
        "signed_at": report.signed_at.isoformat() if report.signed_at else None,
        "proofs": proofs, "errata": [_erratum(row) for row in rows.errata(report)],
    }  # fmt: skip


def public_evidence(report: WorkReport, reader: Reader) -> dict[str, object]:
    """The evidence for everybody: what was sealed, its claims and targets, and of what was counted only how many
    records; none of them is listed, for their days and amounts are not everybody's, nor are the hub's people named.
    """
    made = evidence(report, reader, is_whole=True)
    proofs = {key: _unlisted(proof) for key, proof in made["proofs"].items()}
    return {**made, "proofs": proofs, "errata": [{**one, "by": None} for one in made["errata"]]}


def _unlisted(proof: Proof) -> Proof:
    if proof.get("statistic") == RATIO:
        return {**proof, "of": _unlisted(proof["of"]), "to": _unlisted(proof["to"])}
    if "records" not in proof:
        return proof
    return {**proof, "records": [], "hidden": proof["hidden"] + len(proof["records"])}


def proofs_of(frozen: Mapping[str, object], at: datetime) -> dict[str, dict[str, object]]:
    """For each figure what it was made of at this moment: the records counted, or what the claim or target says."""
    return {str(one["key"]): _proof(one, house(at)) for one in frozen["figures"]}


def _erratum(row: Erratum) -> dict[str, object]:
    return {
        "figure": row.figure, "was": both(row.was), "now": both(row.now), "reason": both(row.reason),
        "at": row.at.isoformat(), "by": both(row.by.name) if row.by else None,
    }  # fmt: skip


def _opened_by(figure: Figure, proof: Proof, reader: Reader) -> Proof:
    """The proof with the records the reader may open, and how many there are besides."""
    if figure["basis"] != Basis.FIGURE:
        return proof
    return _open(proof, reader)


def _open(proof: Proof, reader: Reader) -> Proof:
    if proof["statistic"] == RATIO:
        return {**proof, "of": _open(proof["of"], reader), "to": _open(proof["to"], reader)}
    numbers = [row["number"] for row in proof["records"]]
    mine = set(openable(str(proof["class"]), reader).filter(number__in=numbers).values_list("number", flat=True))
    listed = [row for row in proof["records"] if row["number"] in mine]
    return {**proof, "records": listed, "hidden": len(numbers) - len(listed)}


def _proof(figure: Figure, reader: Reader) -> Proof:
    if figure["basis"] == Basis.FIGURE:
        return _counted(str(figure["code"]), figure, reader)
    row = _published(figure)
    return {} if row is None else told(of_claim(row) if figure["basis"] == Basis.CLAIM else of_target(row))


def _published(figure: Figure) -> Claim | Target | None:
    table = Claim if figure["basis"] == Basis.CLAIM else Target
    return table.objects.filter(code=figure["code"]).first()


def _counted(code: str, figure: Figure, reader: Reader) -> Proof:
    """What a figure was counted from: the lines of the ledger, of a ratio those of both its parts."""
    as_of = date.fromisoformat(str(figure["as_of"]))
    found = in_force(definitions([code], [as_of]), code, as_of)
    rule = read(found.rule) if found else None
    if isinstance(rule, Ratio):
        parts = {"of": _counted(rule.of, figure, reader), "to": _counted(rule.to, figure, reader)}
        return {"statistic": RATIO, "is_per": rule.is_per, **parts}
    behind = counting(indicator(code), as_of=as_of, area=_area(figure))
    lines = list(behind.lines().order_by("on", "pk").values_list("subject_id", "on", "key", "amount"))
    numbers = dict(openable(behind.rule.record, reader).filter(
        pk__in=behind.lines().values("subject_id")).values_list("pk", "number"))  # fmt: skip
    listed = [
        {"number": numbers.get(pk, str(pk)), "on": on.isoformat(), "key": key, "amount": f"{amount:f}"}
        for pk, on, key, amount in lines
    ]
    return {
        "statistic": behind.rule.statistic.value, "is_keyed": bool(behind.rule.key), "class": behind.rule.record,
        "version": behind.definition.version, "records": listed, "hidden": 0,
    }  # fmt: skip


def _area(figure: Figure) -> Term | None:
    return term("areas", str(figure["area"]), "area") if figure["area"] else None


def verify(
    evidence: Evidence, at: datetime, *, is_alone: bool = False
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the file proves by itself, and whether this hub still says the same (not asked where `is_alone`).

    Refused if it is no evidence file.
    """
    try:
        alone = prove(evidence)
        figures = () if is_alone else evidence["report"]["figures"]
        return alone, tuple(_against_hub(one, at) for one in figures)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise Refused(BROKEN, (Problem("file", BROKEN),)) from error


def _against_hub(figure: Figure, at: datetime) -> Finding:
    key = str(figure["key"])
    if figure["basis"] == Basis.FIGURE:
        try:
            found = counted(indicator(str(figure["code"])), date.fromisoformat(str(figure["as_of"])), _area(figure), at)
        except Absent:
            return Finding(key, Check.DIFFERS, Text("This hub has no such indicator.", "本系统没有该指标。"))
        return _compared(key, told(found), figure)
    row = _published(figure)
    if row is None:
        return Finding(key, Check.DIFFERS, Text("This hub has no such claim or target.", "本系统没有该数据或目标。"))
    return _compared(key, told(of_claim(row) if figure["basis"] == Basis.CLAIM else of_target(row)), figure)


def _compared(key: str, now: Mapping[str, object], figure: Figure) -> Finding:
    if all(now[name] == figure[name] for name in ("value", "qualifier", "words")):
        return Finding(key, Check.HOLDS, Text("This hub says the same.", "与本系统当前数据一致。"))
    says = Text("The report says {was}, this hub now says {now}.", "报告为 {was}，本系统当前为 {now}。")
    return Finding(key, Check.DIFFERS, says.fill(was=_said(figure), now=_said(now)))


def _said(value: Mapping[str, object]) -> Text:
    if value["value"] is not None:
        return Text(str(value["value"]), str(value["value"]))
    words = value["words"] or {"en": "nothing", "zh": "无"}
    return Text(words["en"], words["zh"])


def refuse_file() -> Refused:
    """The refusal of a file that cannot be read as evidence at all."""
    return invalid("file", BROKEN.en, BROKEN.zh)
