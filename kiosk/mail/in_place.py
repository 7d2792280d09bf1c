"""Sentences of a letter, put in its language when its templates are compiled.

What `{% trans %}` marks becomes the words of the catalogue with their values in place, as
if the template had been written in that language: no letter looks a sentence up.
"""

import re
from collections.abc import Mapping

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension

from kiosk import words

FORM, ENGLISH_FORM = "plural_form", "english_form"
"""The filters that say which form a number wants, here and where nothing is translated."""
ISOLATE, POP = "\u2068", "\u2069"
_VALUE = re.compile(r"%\((\w+)\)s")
_CRLF, _LF = "\r\n", "\n"  # of the letter, and of the catalogues

Variables = Mapping[str, nodes.Expr]


class InPlace(InternationalizationExtension):
    """Compiles in the language that `words.speaking` holds for."""

    def _make_node(  # type: ignore[override]
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: Variables,
        count: nodes.Expr | None,
        *_: bool,
    ) -> nodes.Output | nodes.If:
        if plural is None or count is None:
            return _output(_said(singular, context), variables)
        one, many = singular.replace(_CRLF, _LF), plural.replace(_CRLF, _LF)
        forms = words.forms(one, many)
        rule = FORM if forms else ENGLISH_FORM
        outputs = [_output(form, variables) for form in forms or (one, many)]
        return _choice(outputs, nodes.Filter(count, rule, [], [], None, None))


def install(environment: Environment, language: str) -> None:
    """What the compiled templates of this language ask for."""
    environment.filters[FORM] = words.plural_rule(language)
    environment.filters[ENGLISH_FORM] = words.plural_rule(words.SOURCE)


def _said(sentence: str, context: str | None) -> str:
    sentence = sentence.replace(_CRLF, _LF)
    return words.pgettext(context, sentence) if context else words.gettext(sentence)


def _choice(outputs: list[nodes.Output], form: nodes.Expr) -> nodes.Output | nodes.If:
    """One `if … elif … else`; the last form is what is left."""
    *branches, last = outputs
    tests = [
        nodes.If(_is(form, number), [output], [], [])
        for number, output in enumerate(branches)
    ]
    if not tests:
        return last
    first, *more = tests
    return nodes.If(first.test, first.body, more, [last])


def _is(form: nodes.Expr, number: int) -> nodes.Compare:
    return nodes.Compare(form, [nodes.Operand("eq", nodes.Const(number))])


def _output(sentence: str, variables: Variables) -> nodes.Output:
    """Words and values in turn; a value is kept from turning an Arabic sentence round."""
    if words.direction(words.spoken()) == "rtl":
        sentence = _VALUE.sub(rf"{ISOLATE}\g<0>{POP}", sentence)
    parts = enumerate(_VALUE.split(sentence))
    return nodes.Output(
        [variables[part] if place % 2 else _words(part) for place, part in parts]
    )


def _words(text: str) -> nodes.TemplateData:
    return nodes.TemplateData(text.replace("%%", "%").replace(_LF, _CRLF))
