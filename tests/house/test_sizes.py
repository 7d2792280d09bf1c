"""The house numbers: short functions and modules, few parameters; the worst are named."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "kiosk").rglob("*.py"))
FUNCTION_LIMIT, FUNCTION_MEDIAN = 30, 8
MODULE_LIMIT, MODULE_MEDIAN = 250, 100
PARAMETERS_LIMIT = 6
LIMITS = {".js": 120, ".css": 200}


def lengths() -> Iterator[tuple[int, str]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield length, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_functions_are_short() -> None:
    found = sorted(lengths(), reverse=True)
    assert [worst for worst in found if worst[0] > FUNCTION_LIMIT] == []
    assert median(length for length, _ in found) <= FUNCTION_MEDIAN


def test_modules_are_short() -> None:
    found = sorted(((lines(p), str(p.relative_to(ROOT))) for p in MODULES), reverse=True)
    assert [worst for worst in found if worst[0] > MODULE_LIMIT] == []
    assert median(length for length, _ in found) <= MODULE_MEDIAN


def test_functions_take_few_parameters() -> None:
    many = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and len(
            [
                a
                for a in (*node.args.args, *node.args.kwonlyargs)
                if a.arg not in {"self", "cls"}
            ]
        )
        > PARAMETERS_LIMIT
    ]
    assert many == []


@pytest.mark.parametrize("ending", LIMITS)
def test_scripts_and_styles_are_short(ending: str) -> None:
    files = [p for p in (ROOT / "static").rglob(f"*{ending}") if "vendor" not in p.parts]
    long = [(lines(p), p.name) for p in files if lines(p) > LIMITS[ending]]
    assert files
    assert long == []
