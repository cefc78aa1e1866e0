"""``touchline members``: who belongs to the team."""

from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_lines, print_table
from touchline.cli.running import run_command
from touchline.domain.kernel import ids
from touchline.domain.kernel.actor import SYSTEM, Role
from touchline.domain.kernel.clock import format_moment
from touchline.domain.members import queries, service
from touchline.domain.members.people import Colleague

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The member's e-mail address.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(help="Say who belongs to the team, and as what.", no_args_is_help=True)
    example = 'Example: touchline members create "Ada Lovelace" --email ada@acme.com'
    group.command("create", epilog=example)(_create)
    group.command("list", epilog="Example: touchline members list --json")(_list)
    group.command("release", epilog="Example: touchline members release ada@acme.com")(_release)
    app.add_typer(group, name="members")


def _create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What colleagues call the member.")],
    email: Annotated[str, typer.Option(metavar="EMAIL", help="The member's e-mail address.")],
    role: Annotated[
        str,
        typer.Option(metavar="ROLE", help="marketer, sdr, stakeholder or admin."),
    ] = "marketer",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take somebody into the team."""
    chosen = _role(role)

    async def create() -> Colleague:
        await service.create_member(SYSTEM, name=name, email=email, role=chosen)
        return await queries.find_member(SYSTEM, email)

    made = run_command(data_dir, create)
    if as_json:
        print_json(_as_json(made))
        return
    print_lines([("name", made.name), ("email", made.email), ("role", made.role.lower())])
    note(f'Issue a key:  touchline keys create "{made.name}" --scope team --member {made.email}')


def _list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the members by name."""
    members = run_command(data_dir, lambda: queries.list_members(SYSTEM))
    if as_json:
        print_json([_as_json(one) for one in members])
        return
    rows = [
        (one.name, one.email, one.role.lower(), "yes" if one.is_active else "left")
        for one in members
    ]
    print_table(["MEMBER", "EMAIL", "ROLE", "ACTIVE"], rows, "No members yet.")


def _release(email: Email, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Note that a member has left. Their keys open nothing more."""

    async def release() -> Colleague:
        member = await queries.find_member(SYSTEM, email)
        await service.release_member(SYSTEM, member.id)
        return await queries.find_member(SYSTEM, email)

    member = run_command(data_dir, release)
    if as_json:
        print_json(_as_json(member))
    else:
        note(f"{member.name} has left; what they did keeps their name.")


def _role(text: str) -> Role:
    try:
        return Role(text.upper())
    except ValueError:
        known = ", ".join(role.lower() for role in Role)
        raise typer.BadParameter(f"no role is called {text}; there are {known}") from None


def _as_json(member: Colleague) -> dict[str, Any]:
    return {
        "id": ids.global_id("Member", member.id),
        "name": member.name,
        "email": member.email,
        "role": member.role.lower(),
        "createdAt": format_moment(member.created_at),
        "leftAt": member.left_at and format_moment(member.left_at),
    }
