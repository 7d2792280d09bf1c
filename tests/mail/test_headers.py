"""No name and no subject breaks out of its header line."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP, compat32
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.mail.headers import NoAddress, address_line, mailbox, one_line, text_line

BOX = mailbox("ada@ada.example")


def parsed(lines: bytes) -> dict[str, str]:
    return dict(message_from_bytes(lines + b"\r\n", policy=SMTP).items())


def people_in(lines: bytes) -> list[tuple[str, str]]:
    """Names and addresses, by the older parser: the newer parts two encoded words."""
    value = message_from_bytes(lines + b"\r\n", policy=compat32)["To"]
    pairs = getaddresses([value.replace("\r\n", "")])
    return [(str(make_header(decode_header(name))), address) for name, address in pairs]


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "Dr. Ada Lovelace",
        "Lovelace, Ada",
        'Ada "The Countess" Lovelace',
        "O'Brien (Analytical)",
        "Zoë Müller-Lüdenscheidt",
        "山田 太郎",
        "محمد علي",
        "👩‍💻 Ada",
        "=?utf-8?q?evil?=",
        "ada@ada.example",
        "<other@evil.example>",
        "A" * 300,
        "ü" * 300,
        "Wolfeschlegelsteinhausenbergerdorff " * 5,
        "",
    ],
)
def test_a_name_arrives_as_it_is_and_stays_one_person(name: str) -> None:
    line = address_line("To", name, BOX)
    assert people_in(line) == [(" ".join(name.split()), "ada@ada.example")]
    assert all(len(part) <= 998 for part in line.split(b"\r\n"))
    assert line.isascii()


@pytest.mark.parametrize(
    "name", ["Ada\r\nBcc: eve@evil.example", "Ada\nX: 1", "A\x00\x0bB"]
)
def test_line_ends_in_a_name_add_no_header(name: str) -> None:
    assert parsed(address_line("To", name, BOX)).keys() == {"To"}
    assert parsed(text_line("Subject", name)).keys() == {"Subject"}


@given(st.text(max_size=200))
def test_no_text_makes_a_second_header_or_recipient(text: str) -> None:
    assert list(parsed(text_line("Subject", text))) == ["Subject"]
    address = address_line("To", text, BOX)
    assert list(parsed(address)) == ["To"]
    assert [one for _, one in people_in(address)] == ["ada@ada.example"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=200))
def test_a_subject_arrives_whole(text: str) -> None:
    line = text_line("Subject", f"Hello {text} there")
    value = message_from_bytes(line + b"\r\n", policy=compat32)["Subject"]
    assert str(make_header(decode_header(value))) == one_line(f"Hello {text} there")
    assert all(len(part) <= 78 for part in line.split(b"\r\n"))


@pytest.mark.parametrize(
    ("address", "on_the_wire", "needs_utf8"),
    [
        ("o'brien@example.org", "o'brien@example.org", False),
        ("first.last+tag@sub.example.org", "first.last+tag@sub.example.org", False),
        ("x!#$%&'*+-/=?^_`{|}~@example.org", "x!#$%&'*+-/=?^_`{|}~@example.org", False),
        ("a@例え.example", "a@xn--r8jz45g.example", False),
        ("jürgen@example.org", "jürgen@example.org", True),
        ('"quoted local"@example.org', '"quoted local"@example.org', False),
    ],
)
def test_rare_addresses_are_written_as_a_relay_takes_them(
    address: str, on_the_wire: str, needs_utf8: bool
) -> None:
    box = mailbox(address)
    assert (box.address, box.needs_utf8) == (on_the_wire, needs_utf8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "@example.org",
        "ada@",
        "a b@example.org",
        "ada@example.org, eve@evil.example",
        "ada@example.org\r\nBcc: eve@evil.example",
        "Ada <ada@example.org>",
        "<ada@example.org>",
        "ada@example.org>",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NoAddress):
        mailbox(text)
