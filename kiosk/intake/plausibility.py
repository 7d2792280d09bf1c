"""Which older encoding a text is in: the one in which its words look like words.

A word speaks for an encoding when its letters belong to one script and to the alphabet of
one language written in that encoding, and against it when scripts are mixed, capitals stand
inside, or symbols stick to letters. Headings that are known words speak loudest. In a tie
the earlier encoding wins: Windows-1252 is what Western spreadsheets write.
"""

import re
import unicodedata
from functools import lru_cache

from kiosk.intake.vocabulary import HEADINGS, plain

WESTERN = "äöüß àâæçéèêëîïôœùûüÿ áéíñóúü áâãàçéêíóôõúü àèéìíîòóùú åäöæøé áðéíóúýþæö ëïéóüè"
CENTRAL = "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîşţșț čćđšž äöüß"
TURKISH = "çğıiöşüâîû"
BALTIC = "ąčęėįšųūž āčēģīķļņšūž äõöüšž"
CANDIDATES: tuple[tuple[str, str], ...] = (
    ("cp1252", WESTERN), ("cp1250", CENTRAL), ("cp1254", TURKISH), ("cp1257", BALTIC),
    ("mac_roman", WESTERN), ("cp850", WESTERN), ("iso8859_2", CENTRAL),
    ("mac_latin2", CENTRAL),
    ("cp1251", "CYRILLIC"), ("koi8_r", "CYRILLIC"), ("cp866", "CYRILLIC"),
    ("cp1253", "GREEK"), ("cp1255", "HEBREW"), ("cp1256", "ARABIC"), ("cp874", "THAI"),
    ("gb18030", "HAN"), ("cp932", "KANA"), ("euc_jp", "KANA"), ("cp949", "HANGUL"),
    ("big5", "TRADITIONAL"),
)  # fmt: skip
"""(encoding, the alphabets or the script it is used for), the likelier first."""

COMMON = {"HAN": "gb2312", "KANA": "shift_jis", "HANGUL": "euc_kr", "TRADITIONAL": "big5"}
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HALFWIDTH"}
FOR_A_HEADING = 8
AGAINST = -3
_WORDS = re.compile(r"[^\s,;|\t\"'<>@()/.:&-]+")
_APOSTROPHES = "’‘·‑–—´`"


def best_encoding(sample: bytes, whole: bytes) -> str:
    """The encoding in which `sample` reads best, of those in which `whole` can be read."""
    scores = {
        name: _score(sample.decode(name, "ignore"), fitting)
        for name, fitting in CANDIDATES
        if _is_readable(whole, name)
    }
    return max(scores, key=lambda name: scores[name]) if scores else "cp1252"


def _is_readable(whole: bytes, name: str) -> bool:
    try:
        whole.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _score(text: str, fitting: str) -> int:
    head = text.split("\n", 1)[0]
    headings = sum(
        FOR_A_HEADING
        for cell in re.split(r"[,;\t|\"\r]", head)
        if not cell.isascii() and plain(cell) in HEADINGS
    )
    words = (word for word in _WORDS.findall(text) if not word.isascii())
    return headings + sum(_word_score(word, fitting) for word in words)


def _word_score(word: str, fitting: str) -> int:
    if _has_stray_symbol(word):
        return AGAINST
    letters = [letter for letter in word if letter.isalpha() and not letter.isascii()]
    if not letters:
        return 0
    if not _is_one_script(word) or not _is_well_cased(word):
        return AGAINST
    return 1 if _fits(letters, fitting) else AGAINST


def _has_stray_symbol(word: str) -> bool:
    """A symbol, a control or a private letter that touches a letter."""
    for place, sign in enumerate(word):
        kind = unicodedata.category(sign)
        if sign.isascii() or kind[0] in "LM" or sign in _APOSTROPHES:
            continue
        if kind[0] == "C":
            return True
        around = word[max(place - 1, 0) : place], word[place + 1 : place + 2]
        touching = [bool(near) and near.isalpha() for near in around]
        if all(touching) if kind[0] == "P" else any(touching):
            return True
    return False


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]


def _is_one_script(word: str) -> bool:
    scripts = {_script(letter) for letter in word if letter.isalpha()}
    return len(scripts) == 1 or scripts <= EAST_ASIAN


def _is_well_cased(word: str) -> bool:
    """No foreign capital inside a word of small letters, and not the reverse either."""
    rest = [
        letter
        for letter in word[1:]
        if letter.isalpha() and letter.lower() != letter.upper()
    ]
    small = [letter for letter in rest if letter.islower()]
    if not small or len(small) == len(rest):
        return True
    odd = small if len(small) * 2 < len(rest) else [x for x in rest if x.isupper()]
    return all(letter.isascii() for letter in odd)


def _fits(letters: list[str], fitting: str) -> bool:
    if fitting in COMMON:
        return _are_common(letters, fitting)
    if fitting.isupper():
        return all(_script(letter) == fitting for letter in letters)
    wanted = {unicodedata.normalize("NFC", letter.lower())[0] for letter in letters}
    return any(wanted <= set(alphabet) for alphabet in fitting.split(" "))


def _are_common(letters: list[str], fitting: str) -> bool:
    """Most letters stand in the first, frequent level of the national character set."""
    first_level = {"HAN": (0xB0, 0xD7), "KANA": (0x81, 0x97), "HANGUL": (0xB0, 0xC8)}
    low, high = first_level.get(fitting, (0xA4, 0xC6))
    codes = (letter.encode(COMMON[fitting], "ignore")[:1] for letter in letters)
    return sum(low <= code[0] <= high for code in codes if code) * 2 > len(letters)
