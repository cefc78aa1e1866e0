"""Which identifiers are read from a call, and what is left aside with a warning."""

from typing import Any

import orjson
import pytest

from tests.support.teller import known
from touchline.domain.collect.landed import Origin, pack_landing, read_landing
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.errors import WarningCode
from touchline.domain.identity.extracting import Extraction, extract


def carried(event: dict[str, Any], region: str | None = None) -> Extraction:
    raw = orjson.dumps({"messageId": "m1", "type": "track", "event": "Seen", **event})
    (call,) = read_landing(pack_landing(Origin(received_at=1_700_000_000_000), [raw]))
    return extract(call, region=region)


def test_user_id_anonymous_id_and_the_addresses_among_the_traits_are_identifiers() -> None:
    found = carried(
        {
            "type": "identify",
            "userId": "U-1",
            "anonymousId": "a1",
            "traits": {"email": "Ann@Example.com", "phone": "+49 30 1234567", "name": "Ann"},
        }
    )
    assert set(found.identifiers) == known(
        user_id="U-1", anonymous_id="a1", email="ann@example.com", phone="+49301234567"
    )
    assert found.warnings == ()


def test_addresses_in_the_context_identify_on_every_call() -> None:
    found = carried({"anonymousId": "a1", "context": {"traits": {"email": "ann@example.com"}}})
    assert set(found.identifiers) == known(anonymous_id="a1", email="ann@example.com")


def test_the_traits_of_a_group_are_those_of_the_account() -> None:
    found = carried(
        {
            "type": "group",
            "userId": "u1",
            "groupId": "acme",
            "traits": {"email": "info@acme.example"},
        }
    )
    assert set(found.identifiers) == known(user_id="u1")


def test_an_alias_names_the_anonymous_id_that_the_user_id_replaces() -> None:
    found = carried({"type": "alias", "userId": "u1", "previousId": "a1"})
    assert set(found.identifiers) == known(user_id="u1", anonymous_id="a1")


def test_external_ids_of_people_are_identifiers_of_their_own_kind() -> None:
    found = carried(
        {
            "userId": "u1",
            "context": {
                "externalIds": [
                    {"type": "wechat_openid", "id": "o-1", "collection": "users"},
                    {"type": "CRM id", "id": 77},
                    {"type": "account_id", "id": "acme", "collection": "accounts"},
                    {"type": "email", "id": "ANN@example.com"},
                ]
            },
        }
    )
    assert set(found.identifiers) == known(
        user_id="u1", wechat_openid="o-1", crm_id="77", email="ann@example.com"
    )


def test_a_number_without_a_country_is_read_in_the_region_of_the_house() -> None:
    event = {"userId": "u1", "context": {"traits": {"phone": "030 1234567"}}}
    assert Identifier("phone", "+49301234567") in carried(event, region="DE").identifiers
    without = carried(event)
    assert without.identifiers == (Identifier("user_id", "u1"),)
    assert [warning.code for warning in without.warnings] == [WarningCode.INVALID_IDENTIFIER]


@pytest.mark.parametrize(
    "nobody",
    [
        "null",
        " undefined ",
        '"anonymous"',
        "00000000-0000-0000-0000-000000000000",
        "[object Object]",
    ],
)
def test_a_value_that_stands_for_nobody_is_left_out_with_a_warning(nobody: str) -> None:
    found = carried({"userId": nobody, "anonymousId": "a1"})
    assert found.identifiers == (Identifier("anonymous_id", "a1"),)
    (warning,) = found.warnings
    assert warning.code is WarningCode.BLOCKED_IDENTIFIER
    assert warning.message.startswith("userId: ")


@pytest.mark.parametrize("junk", [[], {}, True, {"type": "x"}, [{"id": "y"}], [7], "x"])
def test_whatever_stands_where_external_ids_should_does_no_harm(junk: Any) -> None:
    found = carried({"userId": "u1", "context": {"externalIds": junk}})
    assert found.identifiers == (Identifier("user_id", "u1"),)


@pytest.mark.parametrize("junk", [True, [], {}, 1.5, "", "  "])
def test_whatever_stands_where_an_address_should_does_no_harm(junk: Any) -> None:
    found = carried({"type": "identify", "userId": "u1", "traits": {"email": junk, "phone": junk}})
    assert found.identifiers == (Identifier("user_id", "u1"),)


def test_a_call_of_which_nothing_can_be_used_is_a_visitor_of_its_own() -> None:
    event = {"type": "identify", "traits": {"phone": "030 1234567"}, "messageId": "m7"}
    found = carried(event)
    ((kind, value),) = found.identifiers
    assert (kind, value.split()[0]) == ("anonymous_id", "message")
    assert found.identifiers == carried(event).identifiers
    assert found.identifiers != carried({**event, "messageId": "m8"}).identifiers
    codes = [warning.code for warning in found.warnings]
    assert codes == [WarningCode.INVALID_IDENTIFIER, WarningCode.NO_IDENTIFIER]
