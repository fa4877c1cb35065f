"""A Word file of the staff's own as the mould of a paper: its styles, margins, head and foot, without its text."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import LxmlError

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem

LARGEST, UNPACKED, PARTS = 5_000_000, 60_000_000, 2000
NEEDED = ("Title", "Heading 1", "Normal")
BEGINS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # how XML of any coding may begin, besides with its first mark
ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|\.bin$|customUI", re.IGNORECASE)
# Kinds of relationship (ISO/IEC 29500) by which a file runs something or takes another one in.
REACHING = re.compile(
    r"/(vba\w*|wordVba\w*|oleObject|package|control|activeX\w*|aFChunk|frame|subDocument|attachedTemplate|"
    r"externalLink\w*|mailMerge\w*|recipientData|extensibility)$",
    re.IGNORECASE,
)
# Fields that fetch or start something when they are brought up to date, in the head or foot of a page.
FETCHING = re.compile(r"DDE|INCLUDE(TEXT|PICTURE)|(?<!HYPER)LINK|IMPORT|DATABASE|MACROBUTTON", re.IGNORECASE)


def emptied(styles: bytes) -> Document:
    """The file without its text; Invalid, with what to do, where it is no plain Word file or lacks a style."""
    _checked(styles)
    try:
        document = docx.Document(BytesIO(styles))
        missing = [name for name in NEEDED if name not in document.styles]
    except Exception as error:  # the library raises whatever its XML reader meets in a broken file
        raise _refused("This is no Word file (.docx) that can be read.", "无法读取该 Word 文件（.docx）。") from error
    if missing:
        names = ", ".join(missing)
        raise _refused(f"The file lacks these styles: {names}. Use each once, then save it.",
                       f"文件缺少以下样式：{names}。请在文件中各使用一次后保存。")  # fmt: skip
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return document


def _checked(styles: bytes) -> None:
    """Refuse what is no zip, unpacks to too much, or carries anything that runs or reaches outside."""
    if len(styles) > LARGEST:
        raise _refused("The file is larger than 5 MB.", "文件超过 5 MB。")
    try:
        with zipfile.ZipFile(BytesIO(styles)) as packed:
            parts = packed.infolist()
            if len(parts) > PARTS or sum(one.file_size for one in parts) > UNPACKED:
                raise _refused("The file unpacks to too much.", "文件解压后过大。")
            names = [one.filename for one in parts]
            reaches = any(_reaches(name, packed.read(name)) for name in names)
    except (zipfile.BadZipFile, LxmlError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _refused("This is no Word file (.docx).", "该文件不是 Word 文件（.docx）。") from error
    if "word/document.xml" not in names:
        raise _refused("This is no Word file (.docx).", "该文件不是 Word 文件（.docx）。")
    if reaches or any(ACTIVE.search(name) for name in names):
        raise _refused("The file carries macros, embedded objects or links to other files. Save it without them.",
                       "文件含有宏、嵌入对象或外部链接，请清除后保存。")  # fmt: skip


def _reaches(name: str, part: bytes) -> bool:
    """Whether a part of the file runs something, or takes something in from outside; pictures and fonts do not."""
    if name.lower().endswith(".rels"):
        return _is_linked(part)
    return (part.lstrip()[:1] == b"<" or part.startswith(BEGINS)) and _fetches(part)


def _is_linked(relations: bytes) -> bool:
    """Whether a part is linked to something that opening the file would fetch or run; a plain hyperlink is not."""
    return any(
        REACHING.search(kind) or (mode.lower() == "external" and not kind.endswith("/hyperlink"))
        for kind, mode in _relations(relations)
    )


def _relations(relations: bytes) -> Iterator[tuple[str, str]]:
    for one in parse_xml(relations):
        yield str(one.get("Type", "")).strip(), str(one.get("TargetMode", "")).strip()


def _fetches(part: bytes) -> bool:
    """Whether a field of the part fetches or starts something; its words may be cut into pieces."""
    root = parse_xml(part)
    pieces = [one.text or "" for one in root.iter(qn("w:instrText"))]
    pieces += [one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple"))]
    return bool(FETCHING.search("".join(pieces).replace(" ", "")))


def _refused(en: str, zh: str) -> Invalid:
    return Invalid(Problem("file", Text(en, zh)))
