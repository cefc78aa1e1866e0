"""``touchline keys``: the API keys of GraphQL callers."""

import re
from typing import Annotated, Any

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json, print_lines, print_table
from touchline.cli.running import run_command
from touchline.domain.access import queries, service
from touchline.domain.access.keys import IssuedKey, Key
from touchline.domain.kernel import clock, ids
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.clock import Moment, format_moment
from touchline.domain.members.queries import find_member

_UNITS = {"m": clock.MINUTE, "h": clock.HOUR, "d": clock.DAY, "w": 7 * clock.DAY}

Prefix = Annotated[str, typer.Argument(metavar="PREFIX", help="How the key begins, as listed.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        help="Issue, list, rotate and revoke the API keys of GraphQL callers.",
        no_args_is_help=True,
    )
    group.command("create", epilog="Example: touchline keys create grafana --scope read")(_create)
    group.command("list", epilog="Example: touchline keys list --json")(_list)
    group.command("rotate", epilog="Example: touchline keys rotate tl_k3vq2wz")(_rotate)
    group.command("revoke", epilog="Example: touchline keys revoke tl_k3vq2wz")(_revoke)
    app.add_typer(group, name="keys")


def _create(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What the key is for, such as the caller's name.")
    ],
    scope: Annotated[
        list[str],
        typer.Option(
            help="What it may do: admin, write, team, read, public or ingest; may be repeated."
        ),
    ],
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="30m, 12h, 90d, 4w, or a date such as 2027-01-31."),
    ] = None,
    trusted_only: Annotated[
        bool, typer.Option("--trusted-only", help="It may run registered documents only.")
    ] = False,
    member: Annotated[
        str | None,
        typer.Option(metavar="EMAIL", help="The member in whose name it acts, by e-mail address."),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Issue an API key. Its secret is shown this once."""
    scopes = [_scope(text) for text in scope]
    expires_at = None if expires is None else _expiry(expires)

    async def issue() -> IssuedKey:
        found = None if member is None else await find_member(SYSTEM, member)
        return await service.create_key(
            SYSTEM,
            name=name,
            scopes=scopes,
            expires_at=expires_at,
            trusted_only=trusted_only,
            member_id=found.id if found else None,
        )

    _show_issued(run_command(data_dir, issue), as_json)


def _list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the API keys, the newest first."""
    keys = run_command(data_dir, lambda: queries.list_keys(SYSTEM))
    if as_json:
        print_json([_as_json(key) for key in keys])
        return
    now = clock.now()
    rows = [
        (key.prefix, key.name, _may(key), key.state(now).lower(), _moment(key.last_used_at))
        for key in keys
    ]
    print_table(["KEY", "NAME", "SCOPES", "STATE", "LAST USED"], rows, "No API keys yet.")


def _rotate(prefix: Prefix, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Give a key a new secret; the old one stops working."""

    async def rotate() -> IssuedKey:
        key = await queries.find_key(SYSTEM, prefix)
        return await service.rotate_key(SYSTEM, key.id)

    _show_issued(run_command(data_dir, rotate), as_json)


def _revoke(prefix: Prefix, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """End a key for good. Running servers notice within two seconds."""

    async def revoke() -> Key:
        key = await queries.find_key(SYSTEM, prefix)
        return await service.revoke_key(SYSTEM, key.id)

    key = run_command(data_dir, revoke)
    if as_json:
        print_json(_as_json(key))
    else:
        note(f"Revoked {key.prefix} ({key.name}).")


def _show_issued(issued: IssuedKey, as_json: bool) -> None:
    if as_json:
        print_json({"key": issued.secret, **_as_json(issued.key)})
        return
    print_lines([("key", issued.secret), ("name", issued.key.name), ("may", _may(issued.key))])
    note("Keep the key now: it is not shown again. Send it as  Authorization: Bearer <key>")


def _scope(text: str) -> Scope:
    try:
        return Scope(text.upper())
    except ValueError:
        known = ", ".join(scope.lower() for scope in Scope)
        raise typer.BadParameter(f"no scope is called {text}; there are {known}") from None


def _expiry(text: str) -> Moment:
    after = re.fullmatch(r"(\d{1,5})([mhdw])", text)
    if after is not None:
        return clock.now() + int(after[1]) * _UNITS[after[2]]
    try:
        return clock.parse_moment(text)
    except ValueError:
        raise typer.BadParameter(f"--expires {text} is neither a duration nor a date") from None


def _as_json(key: Key) -> dict[str, Any]:
    return {
        "id": ids.global_id("ApiKey", key.id),
        "name": key.name,
        "prefix": key.prefix,
        "scopes": sorted(scope.lower() for scope in key.scopes),
        "trustedOnly": key.trusted_only,
        "member": key.member_id and ids.global_id("Member", key.member_id),
        "state": key.state(clock.now()).lower(),
        "createdAt": format_moment(key.created_at),
        "lastUsedAt": key.last_used_at and format_moment(key.last_used_at),
        "expiresAt": key.expires_at and format_moment(key.expires_at),
        "revokedAt": key.revoked_at and format_moment(key.revoked_at),
    }


def _may(key: Key) -> str:
    scopes = ", ".join(sorted(scope.lower() for scope in key.scopes))
    return f"{scopes} (registered documents only)" if key.trusted_only else scopes


def _moment(moment: Moment | None) -> str:
    return "never" if moment is None else format_moment(moment)
