#!/usr/bin/env python3
"""What real extractors leave of three invented forms: run by hand, its outputs are kept beside it.

    python3 tests/extractors/make.py

writes `tests/extractors/<form>.<extractor>.txt`. The forms are made as .docx with python-docx (merged cells, cells of
several paragraphs), turned into .doc and .pdf by LibreOffice, and read back by whatever is installed:

    pip install python-docx 'markitdown[docx]'
    apt-get install pandoc catdoc antiword poppler-utils libreoffice-writer-nogui
    TIKA_APP=/path/to/tika-app.jar (Apache Tika's application, with a Java runtime)

What is not installed is skipped, with a line that says so; its outputs then stay as they are. What the outputs must
become is in truth.json, and tests/suite/dialects holds them against it; the forms themselves are in forms.json.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


FORMS = json.loads((HERE / "forms.json").read_text(encoding="utf-8"))


def spread(form):
    """The cells of a form with their places: (row, column, text, across, down)."""
    taken = set()
    for at, cells in enumerate(form["rows"]):
        column = 0
        for one in cells:
            # A cell is its text, or its text with the columns and rows that it spans.
            text, across, down = one if isinstance(one, list) else (one, 1, 1)
            while (at, column) in taken:
                column += 1
            yield at, column, text, across, down
            taken.update((at + i, column + j) for i in range(down) for j in range(across))
            column += across


def docx(form, path):
    from docx import Document

    document = Document()
    for paragraph in form["before"]:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=len(form["rows"]), cols=form["columns"])
    table.style = "Table Grid"
    for at, column, text, across, down in spread(form):
        target = table.cell(at, column).merge(table.cell(at + down - 1, column + across - 1))
        first, *more = text.split("\n")
        target.text = first
        for paragraph in more:
            target.add_paragraph(paragraph)
    for paragraph in form["after"]:
        document.add_paragraph(paragraph)
    document.save(path)


def installed(program):
    found = shutil.which(program)
    if not found:
        print(f"skipped: {program} is not installed")
    return found


def office(source, kind):
    """Turns a document into another kind with LibreOffice; None without it."""
    if not installed("soffice"):
        return None
    folder = source.parent
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir",
         str(folder), str(source)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180,
    )
    # `txt:Text (encoded):UTF8` names a filter behind the ending.
    return source.with_suffix("." + kind.split(":")[0])


def run(program, *arguments):
    """What a program prints; None where it is not installed or fails."""
    if not installed(program):
        return None
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=180)
    if done.returncode != 0:
        print(f"failed: {program}: {done.stderr.decode(errors='replace').strip()[:200]}")
        return None
    return done.stdout


def tika(path):
    jar = os.environ.get("TIKA_APP")
    if not jar:
        print("skipped: TIKA_APP does not name Tika's application")
        return None
    return run("java", "-jar", jar, "--encoding=UTF-8", "--text", path)


def markitdown(path):
    try:
        from markitdown import MarkItDown
    except ImportError:
        print("skipped: markitdown is not installed")
        return None
    return MarkItDown().convert(str(path)).text_content.encode()


def outputs(source):
    """Every extractor's output for one .docx."""
    yield "tika-docx", tika(source)
    yield "markitdown", markitdown(source)
    yield "pandoc-plain", run("pandoc", "-f", "docx", "-t", "plain", "--columns=100", source)
    yield "pandoc-markdown", run("pandoc", "-f", "docx", "-t", "markdown", source)
    yield "pandoc-pipes", run("pandoc", "-f", "docx", "-t", "gfm", source)
    text = office(source, "txt:Text (encoded):UTF8")
    yield "libreoffice-text", text and text.read_bytes()
    page = office(source, "html")
    if page:
        yield "html", page.read_bytes()
    doc = office(source, "doc")
    if doc:
        yield "tika-doc", tika(doc)
        yield "catdoc", run("catdoc", "-dutf-8", "-w", doc)
        yield "antiword", run("antiword", "-m", "UTF-8.txt", doc)
    pdf = office(source, "pdf")
    if pdf:
        yield "pdf-layout", run("pdftotext", "-layout", pdf, "-")
        yield "pdf-raw", run("pdftotext", "-raw", pdf, "-")


def main():
    try:
        import docx as _  # noqa: F401
    except ImportError:
        sys.exit("python-docx is needed to make the documents: pip install python-docx")
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            source = Path(folder) / f"{form['name']}.docx"
            docx(form, source)
            for extractor, text in outputs(source):
                if text:
                    (HERE / f"{form['name']}.{extractor}.txt").write_bytes(text)
                    print(f"wrote {form['name']}.{extractor}.txt")


if __name__ == "__main__":
    main()
