"""The catalogues of translations: every sentence found, each translation kept and checked.

`scripts/words` rewrites kiosk/words/*.po in place: what is new is added untranslated, what
is gone is dropped, nothing is guessed, and the order is that of the sentences, so that a
diff shows what changed. `scripts/words --check` fails on what is missing or wrong.
"""
