"""The words of my card: how I want to be asked, how I like to talk, who sees what."""

from kiosk.model import Preset, Talk
from kiosk.shown import Audience
from kiosk.words import N_

PRESETS: dict[Preset, tuple[str, str]] = {
    "ask": (N_("Ask me"), N_("You see who asks, and decide each time.")),
    "yes": (
        N_("Yes to anyone who scans me here"),
        N_("Connected at once, while the event is open and you are both checked in."),
    ),
    "kiosk": (
        N_("Only at a tablet"),
        N_("Phones are told to swap at a tablet, where you both hold your badges to it."),
    ),
    "nobody": (
        N_("Nobody"),
        N_("Phones are told “not just now”. At a tablet you can still swap."),
    ),
}
"""What answers a phone that scans my badge: the choice, and what it means."""

TALKS: dict[Talk, str] = {
    "": N_("I say nothing about it"),
    "one_to_one": N_("One-to-one is welcome"),
    "small_groups": N_("Small groups are fine"),
    "later": N_("Ask me later"),
    "write_first": N_("Please write first"),
}

LANGUAGES = (
    "ar", "bn", "zh", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "el", "he", "hi",
    "hu", "id", "it", "ja", "ko", "nl", "nb", "pl", "pt", "ro", "ru", "sv", "sw", "th",
    "tr", "uk", "ur", "vi",
)  # fmt: skip
"""Languages that many people speak at conferences; each is shown by its own name."""

AUDIENCES: dict[Audience, tuple[str, str, str]] = {
    "connections": (
        N_("Connected"),
        N_("People I connect with"),
        N_(
            "Everybody you swap with from now on. It begins as the organisers set it. "
            "What one person sees is changed on their page."
        ),
    ),
    "sponsors": (
        N_("Sponsors"),
        N_("Sponsors I agreed to"),
        N_(
            "Only after a screen has named the sponsor and you pressed yes. It begins "
            "with name, company and e‑mail, as far as people you connect with see them."
        ),
    ),
    "introductions": (
        N_("Introduced"),
        N_("Introductions"),
        N_(
            "When somebody introduces you and you both accept. It begins as the first "
            "column."
        ),
    ),
}
"""Short heading of a narrow column, who that is, and when and what they see."""

SIGHTS = {
    "anyone": (
        N_("Who scans you"),
        N_("Somebody at the event who scans your badge sees this before you agree."),
    ),
    "connections": (N_("Connected"), N_("Somebody you swap with sees this.")),
    "sponsors": (N_("Sponsors"), N_("A sponsor you said yes to sees this.")),
    "introductions": (
        N_("Introduced"),
        N_("Somebody you are introduced to sees this once you both accept."),
    ),
}
"""Whose eyes the preview looks through."""
