"""The ``touchline`` command, and the one place that turns errors into exit codes."""

import os
import sys
from collections.abc import Sequence

import typer

import touchline
from touchline.cli.commands import LoadedOnUse
from touchline.cli.output import ExitCode, complain
from touchline.cli.running import Unavailable
from touchline.domain.kernel.errors import DomainError
from touchline.settings import SettingsError

_EPILOG = """
Exit codes: 0 done · 1 refused · 2 wrong usage · 3 wrong setting · 4 database, Redis or port not
available · 5 unhealthy · 70 a fault of Touchline · 130 interrupted.
"""

app = typer.Typer(
    name="touchline",
    cls=LoadedOnUse,
    help="The lead warehouse, timeline and agile backlog of a B2B marketing team.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    try:
        code = app(args=arguments, prog_name="touchline", standalone_mode=False)
    except typer.Abort:
        return complain("interrupted", ExitCode.INTERRUPTED)
    except typer.TyperException as error:
        message = error.format_message()  # empty when it just showed the help
        return complain(message, ExitCode.USAGE) if message else ExitCode.USAGE
    except SettingsError as error:
        return complain(str(error), ExitCode.SETTINGS)
    except DomainError as error:
        return complain(error.message, ExitCode.REFUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Unavailable as error:
        return complain(str(error), ExitCode.UNAVAILABLE)
    except Exception as error:
        if os.environ.get("TOUCHLINE_LOG_LEVEL") == "debug":
            raise
        text = f"a fault of Touchline: {type(error).__name__}: {error}"
        return complain(f"{text} (TOUCHLINE_LOG_LEVEL=debug shows where)", ExitCode.INTERNAL)
    return code if isinstance(code, int) else ExitCode.OK


@app.callback(invoke_without_command=True)
def _common(
    version: bool = typer.Option(False, "--version", help="Print the version and leave."),
) -> None:
    if version:
        typer.echo(f"touchline {touchline.__version__}")
        raise typer.Exit
