"""The ways to reach a person, as links where it is safe to follow one."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kiosk.model import Met
from kiosk.opener import Opener
from kiosk.web.phone.words import field_name

ICONS = {"email": "mail", "phone": "phone", "website": "globe", "linkedin": "link"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a person; `href` is empty when it is not safe to follow."""

    label: str
    value: str
    href: str
    icon: str


def ways_to(person: Met) -> list[Way]:
    values = {field: str(getattr(person, field)) for field in ICONS}
    return [
        Way(field_name(field), value, _href(field, value), ICONS[field])
        for field, value in values.items()
        if value
    ]


def letter_to(address: str, opener: Opener) -> str:
    """A mailto: link that opens with subject and body (RFC 6068: CRLF, all quoted)."""
    body = opener.body.replace("\n", "\r\n")
    words = f"subject={quote(opener.subject, safe='')}&body={quote(body, safe='')}"
    return f"mailto:{quote(address, safe='@')}?{words}"


def _href(field: str, value: str) -> str:
    """A link that mails, calls or opens a web page; people write all sorts of things."""
    match field:
        case "email":
            return f"mailto:{quote(value, safe='@')}"
        case "phone":
            number = "".join(sign for sign in value if sign in "+0123456789")
            return f"tel:{number}" if number else ""
        case _:
            url = value if "://" in value else f"https://{value}"
            return url if _is_web(url) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket too few, or letters no host has
        return False
    is_web = parts.scheme in {"http", "https"} and "." in parts.netloc.strip(".")
    return is_web and not set(" \\@") & set(parts.netloc) and " " not in url
