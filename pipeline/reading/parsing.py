"""The parent's side of the parsing process: starts it, talks to it, ends it when it is silent too long or dies."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np

from pipeline.errors import ReadingError, SecrecyError
from pipeline.reading.child import LENGTH, Drawn, Reply, Request
from pipeline.reading.image import Pixels
from pipeline.reading.pdf_document import PdfPages
from pipeline.settings import Settings


class Parser:
    """One parsing process. Methods raise ReadingError or SecrecyError; after a crash or a timeout the process is gone."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *(p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.reading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
        )
        weakref.finalize(self, _end, self._process, os.getpid())

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Ends the process."""
        if self.alive:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def read(self, data: bytes, settings: Settings) -> PdfPages:
        """Parses a PDF; keeps it open for `draw`."""
        reply = self._ask(Request("read", settings, data), settings)
        if reply.pages is None:
            raise ReadingError("cannot be parsed", hint="print the file to a new PDF", reason="unreadable")
        return reply.pages

    def draw(self, number: int, settings: Settings) -> tuple[Pixels, tuple[float, float]]:
        """Page `number` (from 1) of the file read last, as RGB pixels, and its size in points."""
        drawn: Drawn | None = self._ask(Request("draw", settings, number=number), settings).drawn
        if drawn is None:
            raise ReadingError(f"page {number} cannot be drawn", hint="print the file to a new PDF", reason="unreadable")
        pixels: Pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.shape)
        return pixels, drawn.size

    def _ask(self, request: Request, settings: Settings) -> Reply:
        try:
            self._write(msgspec.msgpack.encode(request))
            end = time.monotonic() + settings.file_seconds
            while True:
                reply = msgspec.msgpack.decode(self._frame(settings, end), type=Reply)
                if reply.failure is not None:
                    failure = reply.failure
                    error = SecrecyError if failure.secret else ReadingError
                    raise error(failure.what, hint=failure.hint, reason=failure.reason)
                if reply.pages is not None or reply.drawn is not None:
                    return reply
        except (BrokenPipeError, EOFError, msgspec.MsgspecError) as error:
            self.close()
            raise ReadingError("the file brings its parser down", hint="print the file to a new PDF", reason="bomb") from error

    def _write(self, payload: bytes) -> None:
        view = memoryview(LENGTH.pack(len(payload)) + payload)
        assert self._process.stdin is not None
        descriptor = self._process.stdin.fileno()
        while view:
            view = view[os.write(descriptor, view) :]

    def _frame(self, settings: Settings, end: float) -> bytes:
        silence = time.monotonic() + settings.parse_seconds
        head = self._exactly(LENGTH.size, min(silence, end))
        return self._exactly(LENGTH.unpack(head)[0], min(silence, end))

    def _exactly(self, count: int, end: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        out = bytearray()
        while len(out) < count:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                self.close()
                raise ReadingError("parsing takes too long", hint="print the file to a new PDF", reason="timeout")
            part = os.read(descriptor, min(1 << 20, count - len(out)))
            if not part:
                raise EOFError
            out += part
        return bytes(out)


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """Ends a process whose Parser is gone; not from a fork of the owner, which shares it."""
    if os.getpid() == owner and process.poll() is None:
        process.kill()
        process.wait()


class _Idle(threading.local):
    """Parsing processes that wait for work; one per thread and per process (after a fork the child starts its own)."""

    parser: Parser | None = None
    owner: int = 0


_IDLE = _Idle()


@contextmanager
def parser() -> Iterator[Parser]:
    """A parsing process for one file; it is kept for the next file of this thread."""
    mine = _IDLE.parser if _IDLE.owner == os.getpid() else None
    _IDLE.parser = None
    if mine is None or not mine.alive:
        mine = Parser()
    try:
        yield mine
    finally:
        if mine.alive and _IDLE.parser is None:
            _IDLE.parser, _IDLE.owner = mine, os.getpid()
        else:
            mine.close()
