"""A Word file of the staff's own as the mould of a paper: its styles, margins, head and foot, without its text."""

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem

LARGEST, UNPACKED, PARTS = 5_000_000, 60_000_000, 2000
NEEDED = ("Title", "Heading 1", "Normal")
ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|\.bin$|customUI", re.IGNORECASE)


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
            reaches = [one for one in names if one.endswith(".rels") and _reaches_outside(packed.read(one))]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _refused("This is no Word file (.docx).", "该文件不是 Word 文件（.docx）。") from error
    if "word/document.xml" not in names:
        raise _refused("This is no Word file (.docx).", "该文件不是 Word 文件（.docx）。")
    if reaches or any(ACTIVE.search(name) for name in names):
        raise _refused("The file carries macros, embedded objects or links to other files. Save it without them.",
                       "文件含有宏、嵌入对象或外部链接，请清除后保存。")  # fmt: skip


def _reaches_outside(relations: bytes) -> bool:
    """Whether a part is linked to something outside that opening the file would fetch; a plain hyperlink is not."""
    found = re.findall(rb"<Relationship\b[^>]*>", relations)
    return any(b'TargetMode="External"' in one and b"/hyperlink" not in one for one in found)


def _refused(en: str, zh: str) -> Invalid:
    return Invalid(Problem("file", Text(en, zh)))
