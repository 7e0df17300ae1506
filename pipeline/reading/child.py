"""The process in which foreign PDF files are parsed: limits on memory and time, and nothing lost but the one file when it dies.

Started once and used for many files. Frames on its pipes are 8 bytes of length, then MessagePack. It never logs.
"""

from __future__ import annotations

import gc
import struct
import sys
import time
from typing import Any, BinaryIO, Literal

import msgspec

from pipeline.errors import ReadingError, SecrecyError
from pipeline.reading.pdf_document import PdfPages, open_document, read, render
from pipeline.settings import Settings

LENGTH = struct.Struct("<Q")
BEAT = 0.5  # seconds between heartbeats


class Request(msgspec.Struct):
    """Parse a file ("read"), or draw one of its pages ("draw")."""

    kind: Literal["read", "draw"]
    settings: Settings
    data: bytes = b""
    number: int = 0


class Drawn(msgspec.Struct):
    """A page as RGB bytes: shape is height, width, channels; size in points."""

    shape: tuple[int, int, int]
    size: tuple[float, float]
    pixels: bytes


class Failure(msgspec.Struct):
    """An error to be raised in the parent."""

    what: str
    hint: str
    reason: str
    secret: bool = False


class Reply(msgspec.Struct):
    """Exactly one of the fields is set; none of them in a heartbeat."""

    pages: PdfPages | None = None
    drawn: Drawn | None = None
    failure: Failure | None = None


def receive(stream: BinaryIO) -> bytes | None:
    """One frame, or None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def send(stream: BinaryIO, payload: bytes) -> None:
    """Writes one frame."""
    stream.write(LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def _limit(settings: Settings) -> None:
    """Memory of this process; and a clock that ends it in the middle of any loop, should the parent be gone."""
    import resource
    import signal

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = settings.parse_bytes if hard == resource.RLIM_INFINITY else min(hard, settings.parse_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(int(settings.parse_seconds) + 10)


def _rearm(settings: Settings) -> None:
    import signal

    signal.alarm(int(settings.parse_seconds) + 10)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers requests until the parent closes the pipe."""
    import signal

    gc.freeze()
    gc.disable()  # files are short-lived: collecting in the middle of one costs a tenth of its time
    decode = msgspec.msgpack.Decoder(Request).decode
    encode = msgspec.msgpack.Encoder().encode
    document: Any = None
    while (frame := receive(source)) is not None:
        request = decode(frame)
        settings = request.settings
        _limit(settings)

        last = time.monotonic()

        def beat(settings: Settings = settings) -> None:
            nonlocal last
            if time.monotonic() - last > BEAT:
                last = time.monotonic()
                _rearm(settings)
                send(sink, encode(Reply()))

        try:
            if request.kind == "read":
                if document is not None:
                    document.close()
                document = open_document(request.data, settings)
                reply = Reply(pages=read(document, request.data, settings, beat))
            else:
                array, size = render(document, request.number, settings)
                reply = Reply(drawn=Drawn(array.shape, size, array.tobytes()))
        except SecrecyError as error:
            document = None
            reply = Reply(failure=Failure(error.what, error.hint, error.reason, secret=True))
        except ReadingError as error:
            reply = Reply(failure=Failure(error.what, error.hint, error.reason))
        except MemoryError:
            reply = Reply(failure=Failure("needs more memory than allowed", "print the file to a new PDF", "bomb"))
        except Exception as error:
            reply = Reply(failure=Failure(f"cannot be parsed ({type(error).__name__})", "print the file to a new PDF", "unreadable"))
        signal.alarm(0)
        gc.collect(1)
        send(sink, encode(reply))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
