"""The same address, number or id is the same identifier however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.identity.normalising import (
    UnusableIdentifier,
    UnusableReason,
    normalise,
    normalise_kind,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Ann.Lee@Example.COM ", "ann.lee@example.com"),
        ("ann+news@example.com", "ann+news@example.com"),
        ("info@Bücher.example", "info@xn--bcher-kva.example"),
        ("info@xn--bcher-kva.example", "info@xn--bcher-kva.example"),
        ("Jürgen@example.com", "jürgen@example.com"),
        ("ann@example.com.", "ann@example.com"),
    ],
)
def test_an_email_is_trimmed_and_lower_cased_and_its_domain_is_ascii(
    typed: str, stored: str
) -> None:
    assert normalise("email", typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("ann", "ann@", "@example.com", "ann@localhost", "a b@example.com", "a@b@c.org"),
        *("ann@-x.com", "ann@x..com", "<ann@example.com>", f"{'a' * 65}@example.com"),
    ],
)
def test_what_has_not_the_shape_of_an_email_is_no_identifier(typed: str) -> None:
    with pytest.raises(UnusableIdentifier) as raised:
        normalise("email", typed)
    assert raised.value.reason is UnusableReason.INVALID_EMAIL


@pytest.mark.parametrize(
    ("typed", "region", "stored"),
    [
        ("+49 (0)30 1234567", None, "+49301234567"),
        ("0049 30 1234567", None, "+49301234567"),
        ("tel:+49-30-1234567", None, "+49301234567"),
        ("030 1234567", "DE", "+49301234567"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("+1-800-FLOWERS", None, "+18003569377"),
        (301234567.0, "DE", "+49301234567"),
    ],
)
def test_a_phone_number_becomes_e164(typed: object, region: str | None, stored: str) -> None:
    assert normalise("phone", typed, region=region) == stored


@pytest.mark.parametrize("typed", ["030 1234567", "+999 123456", "call me", "+49"])
def test_a_number_that_cannot_be_dialled_from_everywhere_is_no_identifier(typed: str) -> None:
    with pytest.raises(UnusableIdentifier) as raised:
        normalise("phone", typed)
    assert raised.value.reason is UnusableReason.INVALID_PHONE


@pytest.mark.parametrize(("given_id", "stored"), [(" U-1 ", "U-1"), (42, "42"), (42.0, "42")])
def test_other_ids_are_trimmed_and_keep_their_case(given_id: object, stored: str) -> None:
    assert normalise("user_id", given_id) == stored


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("  ", UnusableReason.EMPTY),
        (True, UnusableReason.NOT_TEXT),
        (None, UnusableReason.NOT_TEXT),
        (1.5, UnusableReason.NOT_TEXT),
        (float("inf"), UnusableReason.NOT_TEXT),
        (["u1"], UnusableReason.NOT_TEXT),
        ("u\x001", UnusableReason.UNPRINTABLE),
        ("u\ud800", UnusableReason.UNPRINTABLE),
        ("u" * 257, UnusableReason.TOO_LONG),
    ],
)
def test_a_value_that_cannot_identify_says_why(value: object, reason: UnusableReason) -> None:
    with pytest.raises(UnusableIdentifier) as raised:
        normalise("user_id", value)
    assert raised.value.reason is reason


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("WeChat OpenID", "wechat_openid"),
        ("ios.idfa", "ios.idfa"),
        ("ga-client-id", "ga_client_id"),
    ],
)
def test_a_kind_is_lower_case_with_underscores(named: str, kind: str) -> None:
    assert normalise_kind(named) == kind


@pytest.mark.parametrize("named", ["", "7up", "naïve", "k" * 65, None])
def test_a_kind_that_is_no_plain_word_is_refused(named: object) -> None:
    with pytest.raises(UnusableIdentifier):
        normalise_kind(named)


@given(st.sampled_from(["email", "phone", "user_id"]), st.text())
def test_normalising_twice_changes_nothing(kind: str, text: str) -> None:
    try:
        once = normalise(kind, text)
    except UnusableIdentifier:
        return
    assert normalise(kind, once) == once
    assert once.encode()
