"""``touchline jobs``: the queue, and the jobs that failed too often."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_lines, print_table
from touchline.cli.running import run_command
from touchline.domain.kernel import job_care
from touchline.domain.kernel.clock import format_moment

Number = Annotated[int, typer.Argument(metavar="ID", min=1, help="The number of the dead job.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="See how many jobs wait, and mend those that failed too often.", no_args_is_help=True
    )
    group.command("depth", epilog="Example: touchline jobs depth --json")(_depth)
    group.command("dead", epilog="Example: touchline jobs dead")(_dead)
    group.command("retry", epilog="Example: touchline jobs retry 12")(_retry)
    group.command("discard", epilog="Example: touchline jobs discard 12")(_discard)
    app.add_typer(group, name="jobs")


def _depth(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Count the jobs that wait, run and are dead."""
    depths = run_command(data_dir, job_care.depths)
    counts = {
        "waiting": depths.waiting,
        "due": depths.due,
        "running": depths.running,
        "dead": depths.dead,
        "lateByMs": depths.late_by,
    }
    if as_json:
        print_json(counts)
    else:
        print_lines([(name, f"{count:,}") for name, count in counts.items()])


def _dead(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the newest 100 jobs that were put aside after eight tries, with their last error."""
    letters = run_command(data_dir, job_care.dead_letters)
    if as_json:
        print_json(
            [
                {
                    "id": letter.id,
                    "kind": letter.kind,
                    "payload": letter.payload,
                    "attempts": letter.attempts,
                    "error": letter.error,
                    "createdAt": format_moment(letter.created_at),
                    "diedAt": format_moment(letter.died_at),
                }
                for letter in letters
            ]
        )
        return
    rows = [
        (str(letter.id), letter.kind, format_moment(letter.died_at), letter.error)
        for letter in letters
    ]
    print_table(["ID", "KIND", "DIED", "ERROR"], rows, "No dead jobs.")


def _retry(number: Number, data_dir: DataDir = None) -> None:
    """Queue a dead job anew, with all its tries."""
    run_command(data_dir, _about(job_care.retry_dead, number))
    note(f"Job {number} is queued again.")


def _discard(number: Number, data_dir: DataDir = None) -> None:
    """Forget a dead job for good."""
    run_command(data_dir, _about(job_care.discard_dead, number))
    note(f"Job {number} is forgotten.")


def _about(act: Callable[[int], Any], number: int) -> Callable[[], Coroutine[Any, Any, None]]:
    async def run() -> None:
        await act(number)

    return run
