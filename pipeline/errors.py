"""Exit statuses and the errors a user sees. Each error is one line: what, where, what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 done; 1 some inputs failed, each named on standard error; 2 wrong use."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USE = 2


class VanbanError(Exception):
    """An error meant for the user. `reason` is a stable code; `hint` says what to do next."""

    exit_code = ExitCode.SOME_FAILED

    def __init__(self, what: str, *, where: str = "", hint: str = "", reason: str = "error") -> None:
        self.what, self.where, self.hint, self.reason = what, where, hint, reason
        super().__init__(self.line())

    def line(self) -> str:
        """The one line to print."""
        return ": ".join(p for p in (self.where, self.what) if p) + (f"; {self.hint}" if self.hint else "")


class ReadingError(VanbanError):
    """A file that cannot become text; it is put aside with its reason and the batch goes on."""


def unexpected(error: Exception) -> ReadingError:
    """A fault of ours, met while reading one file, as the reason why that file is put aside."""
    return ReadingError(f"reading failed ({type(error).__name__})", hint="report this file", reason="internal-error")


class SecrecyError(ReadingError):
    """A page carries a secrecy mark: nothing of the file may be kept but its hash, the time and this reason."""


class BaseError(VanbanError):
    """The knowledge base cannot be opened, read or written."""


class UsageError(VanbanError):
    """The command was used wrongly."""

    exit_code = ExitCode.WRONG_USE
