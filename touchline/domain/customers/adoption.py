"""One company, one account: a mail domain belongs to the account that states it as its own.

Which account adopts is a function of what the accounts state now: of several that state the same
domain the one with the smallest digest, whatever came first.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from touchline.domain.kernel.db import Row, execute, fetch
from touchline.domain.kernel.rows import in_list, values_table


def bare_domain(stated: str) -> str:
    """``https://www.Acme.com/about`` and ``acme.com`` are the same domain."""
    text = stated.strip().lower()
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    return host.removeprefix("www.")


async def adopt(domains: Iterable[str]) -> set[int]:
    """Settle to whom the accounts of mail domains belong.

    Returns the customers whose profile has to be recomputed.
    """
    wanted = sorted(set(domains))
    if not wanted:
        return set()
    changed = [row for row in await _owners(wanted) if row["owner_id"] != row["part_of_id"]]
    if not changed:
        return set()
    columns = [("id", "bigint"), ("owner", "bigint")]
    item, params = values_table("v", columns, [(row["id"], row["owner_id"]) for row in changed])
    await execute(
        f"WITH {item} UPDATE account SET part_of_id = v.owner FROM v WHERE account.id = v.id",
        params,
    )
    condition, params = in_list("account_id", [row["id"] for row in changed])
    rows = await fetch(
        f"SELECT DISTINCT customer_id FROM account_membership WHERE {condition}", params
    )
    return {row["customer_id"] for row in rows}


async def _owners(domains: list[str]) -> list[Row]:
    condition, params = in_list("mail.domain", domains)
    return await fetch(
        "SELECT mail.id, mail.part_of_id, ("
        "SELECT owner.id FROM account owner"
        " WHERE owner.key IS NOT NULL AND owner.domain = mail.domain"
        " ORDER BY owner.digest LIMIT 1) AS owner_id"
        f" FROM account mail WHERE mail.key IS NULL AND {condition}",
        params,
    )
