"""A text in a spreadsheet's cell that no spreadsheet takes for a formula.

Spreadsheets run cells that begin with `= + - @`, a tab or a line end, some also the
full-width forms of these signs or after blanks (OWASP, CSV injection). An apostrophe in
front makes such a cell plain text.
"""

import unicodedata

_FORMULA = frozenset("=+-@")
_CONTROL = frozenset("\t\r\n")
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\x00"


def harmless(text: str) -> str:
    """The text itself, or with an apostrophe in front when it might be run."""
    if text[:1].isalnum() or not text:
        return text
    start = text.lstrip().lstrip(_UNSEEN).lstrip()[:1]
    is_formula = unicodedata.normalize("NFKC", start) in _FORMULA
    return f"'{text}" if is_formula or text[0] in _CONTROL else text
