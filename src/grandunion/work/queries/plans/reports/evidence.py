"""The evidence of a report: everything an auditor needs to count each of its figures anew, and the check of it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from grandunion.engines.reporting import FORM, Finding, digest, prove
from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Erratum, Target, WorkReport
from grandunion.terms.readers import Reader, house
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Problem, Refused, invalid
from grandunion.terms.work_reports import Basis, Check
from grandunion.work.queries.lists import term
from grandunion.work.queries.plans.figures import indicator
from grandunion.work.queries.plans.opening import Opened, records
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
    mine = set(_opened(figure, reader).listing.rows(reader).values_list("number", flat=True))
    listed = [row for row in proof["records"] if row["number"] in mine]
    return {**proof, "records": listed, "hidden": len(proof["records"]) - len(listed)}


def _proof(figure: Figure, reader: Reader) -> Proof:
    if figure["basis"] == Basis.FIGURE:
        return _records(figure, reader)
    row = _published(figure)
    return {} if row is None else told(of_claim(row) if figure["basis"] == Basis.CLAIM else of_target(row))


def _published(figure: Figure) -> Claim | Target | None:
    table = Claim if figure["basis"] == Basis.CLAIM else Target
    return table.objects.filter(code=figure["code"]).first()


def _records(figure: Figure, reader: Reader) -> Proof:
    """The records counted, in the order of their numbers."""
    opened = _opened(figure, reader)
    paths = next((column.paths[0] for column in opened.listing.columns if column.code == "amount"), None)
    wanted = ("number", "counted_on", *((paths,) if paths else ()))
    found = opened.listing.rows(reader).order_by("number").values_list(*wanted)
    listed = [
        {"number": number, "on": on.isoformat(), "key": number, "amount": f"{rest[0] if rest else Decimal(1):f}"}
        for number, on, *rest in found
    ]
    return {"sums": paths is not None, "records": listed, "hidden": 0}


def _opened(figure: Figure, reader: Reader) -> Opened:
    wanted = indicator(str(figure["code"]))
    return records(wanted, as_of=date.fromisoformat(str(figure["as_of"])), reader=reader, area=_area(figure))


def _area(figure: Figure) -> Term | None:
    return term("areas", str(figure["area"]), "area") if figure["area"] else None


def verify(evidence: Evidence, at: datetime) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the file proves by itself, and whether this hub still says the same; Invalid if it is no evidence file."""
    try:
        alone = prove(evidence)
        here = tuple(_against_hub(one, at) for one in evidence["report"]["figures"])
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise Refused(BROKEN, (Problem("file", BROKEN),)) from error
    return alone, here


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
