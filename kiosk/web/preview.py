"""What the desk needs of the room that writes letters, without knowing that room."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.compose import Composed


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter in words, as plain text."""

    subject: str
    text: str


WriteLetter = Callable[[Composed], LetterPreview]
