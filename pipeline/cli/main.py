"""The command `vanban`: a list of commands loaded when called, and the one place where errors become lines and exit statuses."""

from __future__ import annotations

import importlib
import os
import sys
from typing import cast

import click

from pipeline import __version__
from pipeline.errors import ExitCode, VanbanError

# Command: module under pipeline.cli with a click command named `command`, and its line in the overview.
COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("ingest", "Store files and folders in the knowledge base."),
    "due": ("due", "Which units owe what, to whom, by when."),
    "trace": ("trace", "Who cites a directive, where, and what for."),
    "search": ("search", "Find words in all documents, with or without marks."),
    "unit": ("unit", "All duties of a unit."),
    "document": ("document", "All facts of one document."),
    "audit": ("audit", "What does not add up, and what is least certain."),
    "correct": ("correct", "Correct, add, delete or confirm a fact."),
    "show": ("show", "Draw a fact's words on the picture of its page."),
    "export-gold": ("export_gold", "Write corrected documents as gold, for training and scoring."),
    "extract": ("extract", "Print what documents say as JSON Lines, storing nothing."),
    "schema": ("schema", "Print the JSON Schema of a record."),
    "doctor": ("doctor", "Check that everything vanban needs is there and works."),
}


class LazyCommands(click.Group):
    """A group whose commands are imported when called, so that a question never loads the language pipeline."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.{COMMANDS[cmd_name][0]}")
        return cast(click.Command, module.command)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command. A reader of our output that has seen enough, such as head, is no failure."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # caught here, since click would exit with 1
            _discard_output()
            return ExitCode.DONE
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, from the table above: help stays quick."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="vanban", message="%(prog)s %(version)s")
def cli() -> None:
    """Say what Vietnamese official documents oblige whom to do, by when, and show the sentence.

    \b
    Example:
      vanban ingest plans/ --db kb.db
      vanban due --by 2025-11-01 --db kb.db
      vanban trace "33/CT-TTg" --db kb.db
    """


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns 0 done, 1 some inputs failed, 2 wrong use; every error is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = cli.main(arguments, prog_name="vanban", standalone_mode=False)
        sys.stdout.flush()
        return int(result or ExitCode.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ExitCode.WRONG_USE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "vanban"
        return _fail(f"{error.format_message().rstrip('.')}; see: {path} --help", ExitCode.WRONG_USE)
    except VanbanError as error:
        return _fail(error.line(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted; run the same command again", ExitCode.SOME_FAILED)
    except BrokenPipeError:  # help and version are written outside of a command
        _discard_output()
        return ExitCode.DONE
    except OSError as error:
        return _fail(f"{error.filename or 'system'}: {error.strerror or error}; check the path and its permissions", ExitCode.SOME_FAILED)
    except Exception as error:
        if os.environ.get("VANBAN_DEBUG"):
            raise
        return _fail(
            f"internal error: {type(error).__name__}: {error}; set VANBAN_DEBUG=1 to see where, and report it", ExitCode.SOME_FAILED
        )


def _discard_output() -> None:
    """Lets what is still to be written to standard output go nowhere, so that Python does not fail on it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _fail(line: str, code: ExitCode) -> ExitCode:
    from pipeline.cli.output import say

    say(f"vanban: {line}")
    return code


if __name__ == "__main__":
    sys.exit(main())
