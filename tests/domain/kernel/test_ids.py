"""Keys, digests, secrets and the ids that the API shows."""

import base64
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.kernel import ids
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import digest, global_id, parse_global_id
from touchline.domain.kernel.rows import insert_rows
from touchline.settings import Settings

type_names = st.from_regex(r"[A-Z][A-Za-z]{0,30}", fullmatch=True)


@pytest.fixture
def seeded() -> Iterator[None]:
    ids.use_randomness(random.Random(1))
    yield
    ids.use_randomness(None)


@given(type_names, st.integers(0, 10**18 - 1))
def test_a_global_id_leads_back_to_its_object(type_name: str, key: int) -> None:
    shown = global_id(type_name, key)
    assert parse_global_id(shown) == (type_name, key)
    assert parse_global_id(shown, ["Other", type_name]) == (type_name, key)


@given(type_names, st.integers(0, 10**18 - 1))
def test_a_global_id_stands_in_an_address_as_it_is(type_name: str, key: int) -> None:
    shown = global_id(type_name, key)
    assert shown.isascii()
    assert not set(shown) & set("=+/&?#% ")


@given(st.text())
def test_any_text_is_either_the_one_id_of_an_object_or_refused(text: str) -> None:
    try:
        name, key = parse_global_id(text)
    except ValueError:
        return
    assert global_id(name, key) == text


def plain(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "1",
        "Customer:1",
        "§",
        "\x00",
        plain("Customer"),
        plain("Customer:"),
        plain("Customer:-1"),
        plain("Customer:+1"),
        plain("Customer:01"),
        plain("Customer:1.0"),
        plain("Customer:1 "),
        plain("Customer:²"),
        plain("Customer:1:2"),
        plain("Customer:" + "9" * 19),
        global_id("Customer", 1) + "=",
        global_id("Customer", 1) + " ",
        " " + global_id("Customer", 1),
        "A" * 100_000,
    ],
)
def test_what_is_no_id_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an id of this API"):
        parse_global_id(text)


def test_an_id_of_another_type_says_what_was_wanted() -> None:
    with pytest.raises(ValueError, match="not an id of Customer or Account"):
        parse_global_id(global_id("Touchpoint", 1), ["Customer", "Account"])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.lists(st.binary()))
def test_a_digest_stands_for_its_parts_and_their_borders(
    texts: list[str], raw: list[bytes]
) -> None:
    encoded = [text.encode() for text in texts]
    assert len(digest(*texts)) == 16
    assert digest(*texts) == digest(*encoded)
    assert (digest(*texts) == digest(*raw)) is (encoded == raw)


def test_where_a_part_ends_matters() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


def test_secrets_differ_and_are_kept_as_digests() -> None:
    made = {ids.secret("tl") for _ in range(1_000)}
    assert len(made) == 1_000
    assert {len(each) for each in made} == {len("tl_") + 32}
    one = made.pop()
    assert len(ids.secret_digest(one)) == 32
    assert ids.secret_digest(one) != ids.secret_digest(made.pop())


def test_the_randomness_of_the_process_can_be_set(seeded: None) -> None:
    first = (ids.secret("tl"), ids.new_message_id())
    ids.use_randomness(random.Random(1))
    assert (ids.secret("tl"), ids.new_message_id()) == first


async def test_allocated_keys_ascend_and_meet_no_others(db: Settings) -> None:
    async def insert(count: int) -> list[int]:
        keys = await ids.allocate("outbox", count)
        rows = [(key, "news", "{}", 0) for key in keys]
        await insert_rows("outbox", ["id", "topic", "payload", "created_at"], rows)
        return keys

    first = await in_transaction(lambda: insert(3))
    none = await in_transaction(lambda: insert(0))
    await insert_rows("outbox", ["topic", "payload", "created_at"], [("news", "{}", 0)])
    second = await in_transaction(lambda: insert(2))

    stored = [row["id"] for row in await fetch("SELECT id FROM outbox ORDER BY id")]
    assert none == []
    assert len(stored) == 6
    assert stored[:3] == first == sorted(first)
    assert stored[4:] == second == sorted(second)
