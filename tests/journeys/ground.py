"""What a hub has before a story begins: the pack and the files of the outside world, through the command itself."""

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from grandunion.interfaces.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "data"
COMPANY = ["symbol", "name", "summary", "sector", "industry_group", "industry", "exchange", "country", "city",
           "zipcode", "website", "market_cap", "isin", "delisted"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the outside world: what it becomes, the mapping that reads it, how many rows that makes."""

    kind: str
    mapping: str
    path: Path
    rows: int
    joined: Path | None = None

    def words(self) -> list[str]:
        """The words of the command that imports it."""
        join = ["--join", f"names={self.joined}"] if self.joined else []
        return ["import", self.kind, str(self.path), "--mapping", self.mapping, *join, "--yes"]


def command(*words: str) -> None:
    """`grandunion` with these words, which it must carry out."""
    assert app([*words], standalone_mode=False) in (None, 0), f"grandunion {' '.join(words)} was refused"


def sources(folder: Path) -> tuple[tuple[Source, ...], str]:
    """The sets kept beside the project; where they are absent, small files in the same columns and a sentence."""
    if not SETS.is_dir():
        return _small(folder), f"{SETS} is absent: the story goes on with three small files in the same columns."
    companies, software = SETS / "financedatabase-china", SETS / "nasa-software-catalog" / "nasa_code.jsonl.gz"
    names, calls = companies / "zh_en_listed_company_names.csv", SETS / "eu-funding-calls-2026" / "eu_calls.jsonl.gz"
    listed = companies / "cn_hk_listed_companies.csv.gz"
    return (
        Source("organisations", "financedatabase-china", listed, 5234, names),
        Source("achievements", "nasa-software-catalog", software, 1304),
        Source("needs", "eu-funding-calls-2026", calls, 625),
    ), ""


def _small(folder: Path) -> tuple[Source, ...]:
    names, companies = folder / "names.csv", folder / "companies.csv.gz"
    names.write_text("symbol,name_en,short_name_zh\n600000.SS,Example Bank,示例银行\n", "utf-8")
    with gzip.open(companies, "wt", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COMPANY, restval="")
        rows.writeheader()
        for number in range(3):
            rows.writerow({"symbol": f"60000{number}.SS", "name": f"Example {number} Co., Ltd.", "country": "China",
                           "city": "Hefei", "delisted": "False"})  # fmt: skip
    software = {"id": "a-1", "name": "Trajectory planner", "organization": "ARC", "description": "Plans a flight.",
                "nlp": ["flight", "planning"]}  # fmt: skip
    call = {"reference": "C-1", "title": "Clean propulsion", "programme": "Horizon Europe", "deadline": "2027-03-17",
            "callStatus": "open", "budgetMin": 1000, "budgetMax": 2000, "description": "Quieter engines."}  # fmt: skip
    return (
        Source("organisations", "financedatabase-china", companies, 3, names),
        Source("achievements", "nasa-software-catalog", _lines(folder / "software.jsonl.gz", software), 1),
        Source("needs", "eu-funding-calls-2026", _lines(folder / "calls.jsonl.gz", call), 1),
    )


def _lines(path: Path, *records: dict) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path
