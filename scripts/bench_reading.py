"""What reading a born-digital page without rulings costs, against pypdfium2's plain text extraction of the same pages.

    python scripts/bench_reading.py [FOLDER] [--rounds 9]

FOLDER holds PDF files (default: the sound ones of scripts/make_pdfs.py, made in a temporary folder). The ways are taken in turn
in each round, so that other work on the machine hits all alike; the figures are medians over rounds of milliseconds a page.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from pipeline.reading import pdf_document, tables
from pipeline.reading.read import read_bytes
from pipeline.settings import Settings

SETTINGS = Settings(ocr="never", processes=1)


def plain(data: bytes) -> int:
    """pypdfium2's text of every page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    count = len(document)
    document.close()
    return count


def pages(data: bytes) -> int:
    """Our pages with words and boxes, in this process."""
    document = pdf_document.open_document(data, SETTINGS)
    count = len(pdf_document.read(document, data, SETTINGS, lambda: None).pages)
    document.close()
    return count


def whole(data: bytes) -> int:
    """The same through the parsing process, as `vanban` reads."""
    return len(read_bytes(data, "bench.pdf", SETTINGS).pages)


def without_rulings(data: bytes) -> bool:
    document = pypdfium2.PdfDocument(data)
    return not any(tables.ruled(page) for page in document)


def measure(files: list[bytes], rounds: int) -> None:
    ways: list[tuple[str, Callable[[bytes], int]]] = [("pypdfium2 plain text", plain), ("pages in process", pages), ("read_bytes", whole)]
    times: dict[str, list[float]] = {name: [] for name, _ in ways}
    for turn in range(rounds + 1):
        for name, way in ways:
            gc.collect()
            start = time.perf_counter()
            count = sum(way(data) for data in files)
            if turn:  # the first round warms caches and starts the parsing process
                times[name].append((time.perf_counter() - start) * 1000 / count)
    base = times[ways[0][0]]
    print(f"{len(files)} files, {count} pages, {rounds} rounds")
    for name, values in times.items():
        ratio = statistics.median(v / b for v, b in zip(values, base, strict=True))
        print(f"{name:24} {statistics.median(values):7.2f} ms/page   ratio {ratio:5.2f}   ({min(values):.2f} to {max(values):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    if options.folder is None:
        import make_pdfs

        with tempfile.TemporaryDirectory() as made:
            truth = make_pdfs.make(Path(made))
            names = [str(t["name"]) for t in truth if t["fault"] in ("good", "widgets")]
            files = [(Path(made) / name).read_bytes() for name in names]
    else:
        files = [p.read_bytes() for p in sorted(options.folder.glob("*.pdf"))]
    measure([f for f in files if without_rulings(f)], options.rounds)


if __name__ == "__main__":
    main()
