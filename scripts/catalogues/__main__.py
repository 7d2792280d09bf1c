"""`scripts/words [--check] [--missing LANGUAGE]`; see the package."""

import argparse
import sys

from scripts.catalogues import catalogue, faults
from scripts.catalogues.sources import Found, sentences

SHOWN = 5  # missing sentences a language, unless one language is asked for


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/words", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only look")
    parser.add_argument("--missing", metavar="LANGUAGE", choices=catalogue.TRANSLATED)
    options = parser.parse_args()
    try:
        found = sentences()
        if not options.check:
            _update(found)
        has_faults = [_report(language, found, options.missing) for language in _all()]
    except ValueError as error:
        print(f"scripts/words: {error}", file=sys.stderr)
        return 1
    return 1 if options.check and any(has_faults) else 0


def _all() -> tuple[str, ...]:
    return catalogue.TRANSLATED


def _update(found: Found) -> None:
    for language in _all():
        before = catalogue.read(language)
        catalogue.write(catalogue.updated(before, found, language), language)


def _report(language: str, found: Found, asked: str | None) -> bool:
    """Says how the language stands; True when something is missing or wrong."""
    has = catalogue.read(language)
    gaps, broken = faults.missing(has, found), list(faults.wrong(has, found))
    print(f"{language}: {len(found) - len(gaps)} of {len(found)} sentences translated")
    for fault in broken:
        print(f"  wrong: {fault}")
    for gap in gaps if asked == language else gaps[:SHOWN]:
        print(f"  missing: {' '.join(filter(None, (gap.context, repr(gap.text))))}")
    return bool(gaps or broken)


if __name__ == "__main__":
    sys.exit(main())
