"""Runs the snippet of every format's page as it stands, on exports of a project in which some articles have no spans.

usage: snippets.py PROGRAM PROJECT FOLDER
"""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).parents[2] / "assets" / "help" / "formats"


def export(program: str, project: str, name: str, page: str) -> None:
    """Writes the dataset under the name by which the page speaks of it."""
    output = re.search(r'"(sample\.[^"]+|dataset)[/"]', page)
    if output is None:
        sys.exit(f"{name}: the snippet names no file")
    command = [program, "export", project, "--format", name, "--status", "any", "--output", output[1]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(program: str, project: str, folder: str) -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))}
    snippets = {
        name: found[1]
        for name, page in pages.items()
        if (found := re.search(r"```python\n(.*?)```", page, re.DOTALL))
    }
    for name, code in snippets.items():
        here = Path(folder) / name
        here.mkdir(parents=True)
        os.chdir(here)
        export(program, project, name, code)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, f"{name}.md", "exec"), {})
        except Exception as fault:
            sys.exit(f"{name}: its snippet fails on its own export: {fault!r}")
    print(f"{len(snippets)} snippets run")


main(*sys.argv[1:])
