"""An uploaded table laid where its reader can open it, for as long as it is read."""

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from grandunion.terms.verdicts import invalid

SHEETS = (".xlsx", ".csv")
LONGEST_END = 10  # of a name that somebody sent


@contextmanager
def laid(file: UploadedFile, ends: Collection[str] = ()) -> Iterator[Path]:
    """The upload as a file of its kind (one of `ends`, where any are named); it is gone afterwards."""
    end = Path(file.name).suffix.lower()[:LONGEST_END]
    if ends and (file.size > settings.UPLOAD_LIMIT or end not in ends):
        raise invalid(
            "file", "Send a workbook (.xlsx) or CSV that is not too large.", "请上传大小合适的 .xlsx 或 .csv 文件。"
        )
    if file.size > settings.UPLOAD_LIMIT:
        raise invalid("file", "The file is too large.", "文件过大。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{end}"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        yield path
