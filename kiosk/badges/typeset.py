"""Run as a program of its own: a job as JSON on standard input, a PDF on standard output.

A process of its own gives all its memory back when it ends; typst keeps what it has laid
out. It is started by its path and imports nothing of the project, so it starts quickly.
"""

import sys
from pathlib import Path

import typst

if __name__ == "__main__":
    pages = typst.compile(
        str(Path(__file__).with_name("sheet.typ")),
        format="pdf",
        font_paths=sys.argv[1:],
        ignore_system_fonts=True,
        sys_inputs={"job": sys.stdin.buffer.read().decode()},
        pdf_tags=False,
    )
    sys.stdout.buffer.write(pages)
