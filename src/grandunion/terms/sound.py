"""Whether a text can be kept: it fits, holds no broken characters and no citizen number; and goes out harmless."""

from grandunion.terms import identifiers
from grandunion.terms.verdicts import invalid

# What no page, feed or Word file can hold (XML 1.0, 2.2); it comes along unseen when one copies out of slides.
UNSEEN = dict.fromkeys([*(n for n in range(1, 32) if n not in (9, 10, 13)), 0x7F, 0xFFFE, 0xFFFF])
# With these a spreadsheet begins a formula (OWASP, CSV injection); one set to Chinese takes the wide signs for it too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unmarked(text: str) -> str:
    """A text that came back from a spreadsheet, without the mark that `harmless` had set before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def seen(text: str) -> str:
    """The text without the characters that nobody sees and no file can hold."""
    return text.translate(UNSEEN)


def sound(name: str, text: str, longest: int | None = None) -> str:
    """The text if it can be stored and searched: not too long, no broken characters, no citizen number."""
    text = seen(text)
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise invalid(name, "The text holds a broken character: write it again.", "文字中含有无效字符，请重新输入。")
    if longest is not None and len(text) > longest:
        raise invalid(name, f"At most {longest} characters fit here.", f"此处最多 {longest} 个字符。")
    if identifiers.holds_citizen_number(text):
        raise invalid(
            name,
            "The text holds a citizen identity number, which the hub never keeps: take it out.",
            "文字中含有公民身份号码。本平台不保存身份证号，请删除后再提交。",
        )
    return text
