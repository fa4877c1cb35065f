"""`python -m benchmarks.matching._drawing FILE`: draws pairs of a need and an offer to be judged without their origin.

For each of twenty needs, drawn by a fixed seed: what the engine puts first, what BM25 over the same words puts first,
each also among the offers in English, and one at random. The offers of a need are shuffled; FILE has the texts, its key
who drew each pair and is opened only after every pair has its grade.
"""

import json
import math
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.matching import sources
from grandunion.adapters.index import cut, telling

SEED, NEEDS = 20261122, 20
HOME = sources.KEPT / "library"
ENGLISH = "nasa"


def library(**asked: object) -> dict:
    """What the kept hub answers."""
    surroundings = {**os.environ, "GRANDUNION_MEANING": "auto"}
    surroundings.pop("GRANDUNION_DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.matching._library", str(HOME)]
    done = subprocess.run(  # noqa: S603 - our own
        command, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=sources.ROOT, env=surroundings
    )
    return json.loads(done.stdout)


def needs() -> dict[str, str]:
    """Every need's text by its id."""
    rows = sources.table("bdci2019-needs", "requirements.csv.gz")
    return {row["Rid"]: f"{row['title']}\n{row['content']}" for row in rows}


def offers() -> dict[tuple[str, str], str]:
    """Every offer's text by its register and id."""
    patents = sources.lines("cn-patents-bdci2022", "cn_patents.jsonl.gz")
    software = sources.lines("nasa-software-catalog", "nasa_code.jsonl.gz")
    found = {("patent", row["id"]): f"{row['title']}\n{row['abstract']}" for row in patents}
    return found | {(ENGLISH, row["id"]): f"{row['name']}\n{row['description']}" for row in software}


class Lexical:
    """BM25 (k1 1.2, b .75) over the index words of the offers: pairs of Chinese characters, Latin words."""

    def __init__(self, texts: dict[tuple[str, str], list[str]]) -> None:
        self.counts = {key: Counter(words) for key, words in texts.items()}
        self.seen = Counter(word for counts in self.counts.values() for word in counts)
        self.length = sum(map(Counter.total, self.counts.values())) / len(self.counts)

    def best(self, words: set[str]) -> list[tuple[str, str]]:
        """The offers that share a word, the best first; equal ones by key."""
        scores = {key: self.score(words, key) for key in self.counts}
        return sorted((key for key in scores if scores[key]), key=lambda key: (-scores[key], key))

    def score(self, words: set[str], key: tuple[str, str]) -> float:
        """What an offer is worth for the words of a need."""
        counts, total = self.counts[key], 0.0
        for word in words & counts.keys():
            weight = math.log(1 + (len(self.counts) - self.seen[word] + 0.5) / (self.seen[word] + 0.5))
            total += weight * counts[word] * 2.2 / (counts[word] + 1.2 * (0.25 + 0.75 * counts.total() / self.length))
        return total


def asked(texts: Iterable[str]) -> list[str]:
    """The needs that are judged."""
    return random.Random(SEED).sample(sorted(texts), NEEDS)  # noqa: S311 - a draw that can be repeated


def drawn() -> dict[tuple[str, str, str], list[str]]:
    """The pairs (need, register, offer) with who drew each."""
    texts, pool = needs(), offers()
    chosen = asked(texts)
    engine = library(ranked=chosen, most=10_000)["ranked"]
    lexical, dice = Lexical({key: cut(text) for key, text in pool.items()}), random.Random(SEED)  # noqa: S311 - as above
    found: dict[tuple[str, str, str], list[str]] = {}
    for need in chosen:
        ranks = {
            "engine": [(kind, ref) for kind, ref, _ in engine[need]],
            "words": lexical.best(set(telling(texts[need], most=10_000))),
        }
        for way, best in ranks.items():
            found.setdefault((need, *best[0]), []).append(way)
            foreign = next((one for one in best if one[0] == ENGLISH), None)
            if foreign:
                found.setdefault((need, *foreign), []).append(f"{way} in English")
        found.setdefault((need, *dice.choice(sorted(pool))), []).append("random")
    return found


def main(path: Path) -> int:
    """Write the blind list and, apart from it, the key."""
    found, texts, pool = drawn(), needs(), offers()
    pairs = sorted(found)
    random.Random(SEED + 1).shuffle(pairs)  # noqa: S311 - as above
    pairs.sort(key=lambda pair: pair[0])  # one need after the other is read once; its offers stay shuffled
    with path.open("w", encoding="utf-8") as file:
        last = ""
        for place, (need, kind, ref) in enumerate(pairs, 1):
            if need != last:
                file.write(f"\n======== NEED {need}\n{texts[need]}\n")
            last = need
            file.write(f"\n---- {place}\n{pool[kind, ref]}\n")
    key = [[*pair, ",".join(sorted(found[pair]))] for pair in pairs]
    path.with_suffix(".key").write_text(json.dumps(key), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
