"""Companies: from group calls and from e-mail domains."""

from tests.support.events import arrive, customer_of
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings


async def account_of(user_id: str) -> tuple[str | None, str | None, str] | None:
    rows = await fetch(
        "SELECT a.key, a.domain, a.name FROM customer c JOIN account a ON a.id = c.account_id"
        " WHERE c.id = ?",
        (await customer_of("user_id", user_id),),
    )
    return (rows[0]["key"], rows[0]["domain"], rows[0]["name"]) if rows else None


def identify(user_id: str, email: str) -> dict[str, object]:
    return {
        "type": "identify",
        "userId": user_id,
        "messageId": f"i-{user_id}",
        "traits": {"email": email},
    }


def group(
    user_id: str, key: str, message_id: str, when: str, **traits: object
) -> dict[str, object]:
    return {
        "type": "group",
        "userId": user_id,
        "groupId": key,
        "messageId": message_id,
        "timestamp": when,
        "traits": traits,
    }


async def test_colleagues_share_the_account_of_their_mail_domain(db: Settings) -> None:
    await arrive(db, identify("ann", "ann@acme.com"), identify("bob", "bob@acme.com"))
    assert await account_of("ann") == (None, "acme.com", "acme.com")
    assert await account_of("bob") == (None, "acme.com", "acme.com")
    assert len(await fetch("SELECT id FROM account")) == 1


async def test_free_mail_makes_no_account(db: Settings) -> None:
    await arrive(db, identify("ann", "ann@gmail.com"))
    assert await account_of("ann") is None
    assert await fetch("SELECT id FROM account") == []


async def test_a_group_call_outranks_the_mail_domain_and_the_latest_group_wins(
    db: Settings,
) -> None:
    await arrive(db, identify("ann", "ann@acme.com"))
    await arrive(db, group("ann", "g2", "b", "2026-02-01T00:00:00Z", name="New Ltd"))
    await arrive(db, group("ann", "g1", "a", "2026-01-01T00:00:00Z", name="Old Ltd"))
    assert await account_of("ann") == ("g2", None, "New Ltd")


async def test_the_latest_word_on_an_account_holds_whatever_comes_first(db: Settings) -> None:
    await arrive(db, group("ann", "g1", "b", "2026-02-01T00:00:00Z", name="New", size=7))
    await arrive(db, group("ann", "g1", "a", "2026-01-01T00:00:00Z", name="Old", city="Leeds"))
    rows = await fetch("SELECT name, value FROM account_trait ORDER BY name")
    assert [(row["name"], row["value"]) for row in rows] == [
        ("city", '"Leeds"'),
        ("name", '"New"'),
        ("size", "7"),
    ]
    assert await account_of("ann") == ("g1", None, "New")


async def test_a_mail_domain_belongs_to_the_account_that_states_it(db: Settings) -> None:
    await arrive(db, identify("ann", "ann@acme.com"))
    stated = group("bob", "g1", "a", "2026-01-01T00:00:00Z", name="Acme", domain="www.Acme.com")
    await arrive(db, stated)
    await arrive(db, identify("cleo", "cleo@acme.com"))
    company = ("g1", "acme.com", "Acme")
    assert [await account_of(one) for one in ("ann", "bob", "cleo")] == [company] * 3


async def test_an_account_that_gives_a_domain_up_loses_its_people(db: Settings) -> None:
    await arrive(db, identify("ann", "ann@acme.com"))
    await arrive(db, group("bob", "g1", "a", "2026-01-01T00:00:00Z", domain="acme.com"))
    await arrive(db, group("bob", "g1", "b", "2026-02-01T00:00:00Z", domain="other.com"))
    assert await account_of("ann") == (None, "acme.com", "acme.com")
    assert await account_of("bob") == ("g1", "other.com", "g1")


async def test_of_two_accounts_that_state_a_domain_the_same_adopts_in_any_order(
    db: Settings,
) -> None:
    claims = [group("bob", key, key, "2026-01-01T00:00:00Z", domain="acme.com") for key in "xy"]
    people = [identify("ann", "ann@acme.com"), *claims]
    await arrive(db, *people)
    adopted = await account_of("ann")
    await arrive(db, *({**one, "userId": f"{one['userId']}2"} for one in reversed(claims)))
    assert await account_of("ann") == adopted
