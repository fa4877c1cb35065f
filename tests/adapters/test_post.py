"""Letters that come in: what is new in them is read, what is broken or hostile in them harms nobody."""

import base64
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.adapters.post import MOST_FILES, MOST_TEXT, fresh, read
from grandunion.terms.verdicts import Refused


def letter(text="We can wind it.", **headers):
    made = EmailMessage()
    made["From"] = "Bo <Bo@Company.example>"
    made["To"] = "desk+1@hub.example"
    made["Subject"] = "Re: NED-2026-0001"
    made["Message-ID"] = "<1@company.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_a_reply_is_read_with_its_sender_and_its_files():
    made = letter()
    made.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="线圈.pdf")
    found = read(made.as_bytes())
    assert (found.sender, found.name, found.message_id) == ("bo@company.example", "Bo", "<1@company.example>")
    assert found.text == "We can wind it."
    assert [(one.name, one.content) for one in found.files] == [("线圈.pdf", b"%PDF-1.7 x")]
    assert not found.is_automatic


@pytest.mark.parametrize("tail", [
    "On Wed, 18 Nov 2026 at 12:00, Ada <ada@hub.example> wrote:\n> Secret of before\n",
    "在 2026年11月18日 12:00，服务台 <desk@hub.example> 写道：\n> 以前的内容\n",
    "-----Original Message-----\nFrom: desk\nSecret of before",
    "------------------ 原始邮件 ------------------\n发件人: desk\n以前的内容",
    "From: Ada\nSent: Wednesday\nSecret of before",
    "发件人：服务台\n以前的内容",
    "________________________________\nFrom: Ada\n",
    "> Secret of before\n> more of it",
    "-- \nBo, Robotics",
])  # fmt: skip
def test_what_is_quoted_or_signed_is_left_out(tail):
    assert fresh(f"We can wind it.\n\n{tail}") == "We can wind it."


def test_a_letter_that_is_all_quotation_mark_is_not_emptied_by_its_first_line():
    assert fresh("From: Hefei we send two people.\nThey come on Monday.").startswith("From: Hefei")


def test_a_page_is_read_as_its_words_without_what_runs():
    made = letter()
    made.set_content("<html><head><title>t</title><style>p{}</style></head><body><p>可以<b>绕制</b></p>"
                     "<script>alert(1)</script><div>明天回复</div></body></html>", subtype="html")  # fmt: skip
    found = read(made.as_bytes()).text
    assert "alert" not in found
    assert found.split("\n")[-1] == "明天回复"


@pytest.mark.parametrize("headers", [
    {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"},
    {"X_Autoreply": "yes"}, {"Return_Path": "<>"},
])  # fmt: skip
def test_a_letter_by_a_machine_is_known(headers):
    assert read(letter(**headers).as_bytes()).is_automatic


def test_a_subject_out_of_office_is_by_a_machine_and_a_person_s_no_is_not():
    for subject in ("Automatic reply: x", "Auto-Reply: x", "自动回复：在外出差", "Out of Office"):
        made = letter()
        made.replace_header("Subject", subject)
        assert read(made.as_bytes()).is_automatic
    assert not read(letter(Auto_Submitted="no").as_bytes()).is_automatic


@pytest.mark.parametrize("coding", ["gb2312", "gb18030", "utf-8", "x-unknown", "gbk"])
def test_chinese_is_read_in_every_coding_and_what_lies_about_its_coding_too(coding):
    body = base64.b64encode("可以绕制线圈".encode(coding if coding != "x-unknown" else "gb18030"))
    raw = b'From: bo@x.example\r\nContent-Type: text/plain; charset="' + coding.encode() + (
        b'"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + body)  # fmt: skip
    assert read(raw).text == "可以绕制线圈"


def test_a_hundred_thousand_characters_are_cut_and_said_to_be():
    found = read(letter("线圈 " * 50_000).as_bytes()).text
    assert len(found) == MOST_TEXT
    assert found.endswith("[…]")


def test_a_letter_of_thousands_of_files_within_letters_within_letters_is_read_to_the_limit():
    made = letter()
    for number in range(MOST_FILES * 3):
        made.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    assert len(read(made.as_bytes()).files) == MOST_FILES
    nested = letter()
    for _ in range(30):
        outer = letter()
        outer.add_attachment(nested)
        nested = outer
    assert read(nested.as_bytes()).text == "We can wind it."


def test_a_name_that_climbs_or_lies_stays_a_name():
    made = letter()
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="../../etc/\u202epasswd.pdf")
    (found,) = read(made.as_bytes()).files
    assert "\u202e" not in found.name  # turns the rest of a name round on the screen


@pytest.mark.parametrize("raw", [
    b"", b"\x00" * 100, b"From: =?utf-8?b?//8=?=\r\n\r\nx", b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    b"From: <<<>>>@@\r\nMessage-ID: <\r\n\r\nx", b"Content-Type: text/plain; charset=\xff\r\n\r\n\xff\xfe",
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!!", b"Subject: =?x?q?=?=\r\n\r\n", b"From: a@b\r\n" * 2000,
])  # fmt: skip
def test_a_broken_letter_is_read_without_an_error(raw):
    read(raw)


@pytest.mark.parametrize("head", [
    b"From: " + b"(" * 20_000, b"Message-ID: " + b"(" * 20_000, b"Subject: " + b"=?utf-8?q?a?= " * 20_000,
    b"From: " + b"a@b.c, " * 20_000, b"From: " + b'"' * 20_001, b"Content-Type: text/plain" + b"; a=x" * 20_000,
    b"Content-Type: text/html\r\n\r\n<![<![", b"Content-Disposition: attachment" + b"; filename*=utf-8''a" * 20_000,
])  # fmt: skip
def test_a_header_made_to_be_slow_or_deep_is_read_at_once(head):
    begun = time.process_time()
    read(head + b"\r\n\r\nhello")
    assert time.process_time() - begun < 1, "seconds of the machine for one letter"


@pytest.mark.parametrize("raw", [
    b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1000)),
    b"Content-Type: text/plain" + b"; a*0*=x" * 400 + b"\r\n\r\nhello",
], ids=["parts within parts", "a header no parser takes"])  # fmt: skip
def test_what_cannot_be_taken_apart_is_refused(raw):
    with pytest.raises(Refused):
        read(raw)


@given(some.binary(max_size=600))
def test_no_bytes_are_an_error(raw):
    found = read(raw)
    assert len(found.text) <= MOST_TEXT


@given(some.text(max_size=400))
def test_what_is_new_holds_nothing_a_screen_does_not_show(text):
    assert all(sign.isprintable() or sign in "\n\t" for sign in fresh(text))
