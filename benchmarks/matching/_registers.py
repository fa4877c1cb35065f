"""The texts that the shipped centres are fitted on: titles of other sets than any figure is reported on."""

from benchmarks.matching import sources

NEEDS = ("cn-patents-bdci2022", "ref-gbt4754-2017", "yc-companies", "nasa-software-catalog", "eu-funding-calls-2026",
         "sbir-dod-topics")  # fmt: skip


def chinese() -> list[str]:
    """Titles of patents and names of industries."""
    patents = [row["title"] for row in sources.lines("cn-patents-bdci2022", "cn_patents.jsonl.gz")]
    return patents + [row["name"] for row in sources.table("ref-gbt4754-2017", "gbt4754_2017.csv")]


def english() -> list[str]:
    """One-line descriptions of companies, names of software, titles of calls and of topics."""
    companies = [row["short_description"] for row in sources.table("yc-companies", "yc_companies_2024-05-11.csv.gz")]
    software = [row["name"] for row in sources.lines("nasa-software-catalog", "nasa_code.jsonl.gz")]
    calls = [row["title"] for row in sources.lines("eu-funding-calls-2026", "eu_calls.jsonl.gz")]
    topics = [
        row["title"] or row["objective"][:100] for row in sources.lines("sbir-dod-topics", "sbir_topics.jsonl.gz")
    ]
    return [text for text in companies if len(text) > 8][:3200] + software + calls + topics
