"""Tells what a file is by its bytes; only kinds on the list are taken, and a name that lies is refused."""

import zipfile
from collections.abc import Callable
from pathlib import Path, PurePath

from grandunion.terms.verdicts import Invalid, invalid

OFFICE = "application/vnd.openxmlformats-officedocument."
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes a zip may declare
STEEPEST = 120  # times its packed size, once above a megabyte
MOST_ENTRIES = 5000
HEAD = 4096
MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "<iframe", "<!--")


def media_type(path: Path, file_name: str) -> str:
    """The media type of the file at `path`, if it is what its name says and of a kind that is taken.

    Raises Invalid with the sentence for the person who chose it: kind not taken, name and content differ,
    a packed file that would unpack to far more than it is, or a document with macros.
    """
    ending = PurePath(file_name).suffix.lower().lstrip(".")
    if ending not in KINDS:
        raise _not_taken(ending)
    named, proves = KINDS[ending]
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not proves(path, head):
        raise invalid(
            "file",
            f"The file is not what its name says: the content is not “.{ending}”. Save it anew in that format.",
            f"文件内容与扩展名“.{ending}”不符，请用正确的格式另存后再上传。",
        )
    return named


def _not_taken(ending: str) -> Invalid:
    listed = ", ".join(sorted(KINDS))
    return invalid(
        "file",
        f"Files of the kind “.{ending}” are not taken. Taken are: {listed}.",
        f"不接受“.{ending}”类型的文件，可上传：{listed}。",
    )


def _begins(*signs: bytes) -> Callable[[Path, bytes], bool]:
    return lambda path, head: head.startswith(signs)


def _is_webp(path: Path, head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(path: Path, head: bytes) -> bool:
    """Plain text in UTF-8 or GB18030 that no browser would take for a page."""
    if b"\x00" in head:
        return False
    with path.open("rb") as file:
        whole = file.read()
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = whole.decode(coding)
        except UnicodeDecodeError:
            continue
        return "\x00" not in text and not text.lstrip()[:200].lower().startswith(MARKUP)
    return False


def _is_zip(path: Path, head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and _sound_names(path) is not None


def _office(folder: str) -> Callable[[Path, bytes], bool]:
    """An Office document of the given folder (word, xl, ppt), without macros."""

    def proves(path: Path, head: bytes) -> bool:
        names = _sound_names(path) if head.startswith(b"PK\x03\x04") else None
        if names is None or "[Content_Types].xml" not in names:
            return False
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise invalid("file", "The document holds macros: save it without.", "文档含有宏，请另存为不含宏的格式。")
        return any(name.startswith(f"{folder}/") for name in names)

    return proves


def _sound_names(path: Path) -> list[str] | None:
    """The names inside a zip that unpacks to a sane size, or None if it is no zip."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    unpacked = sum(entry.file_size for entry in entries)
    steep = unpacked > 1024 * 1024 and unpacked > STEEPEST * max(path.stat().st_size, 1)
    if unpacked > LARGEST_UNPACKED or steep or len(entries) > MOST_ENTRIES:
        raise invalid(
            "file",
            "The file would unpack to far more than it is. Upload its parts one by one.",
            "该压缩文件解压后体积异常，请拆分后逐个上传。",
        )
    return [entry.filename for entry in entries]


KINDS: dict[str, tuple[str, Callable[[Path, bytes], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "webp": ("image/webp", _is_webp),
    "txt": ("text/plain", _is_text),
    "csv": ("text/csv", _is_text),
    "zip": ("application/zip", _is_zip),
    "docx": (f"{OFFICE}wordprocessingml.document", _office("word")),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", _office("xl")),
    "pptx": (f"{OFFICE}presentationml.presentation", _office("ppt")),
}
