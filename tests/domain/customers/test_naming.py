"""How a customer is called, and which mail domains stand for a company."""

import pytest

from touchline.domain.customers.freemail import company_domain
from touchline.domain.customers.naming import display_name, is_identified, known_as


@pytest.mark.parametrize(
    ("traits", "known", "name"),
    [
        ({"name": "  Ann   Smith "}, "x", "Ann Smith"),
        ({"firstName": "Ann", "lastName": "Smith"}, "x", "Ann Smith"),
        ({"first_name": "Ann"}, "x", "Ann"),
        ({"name": 7, "email": "ann@acme.com"}, "x", "ann@acme.com"),
        ({}, "u-1", "u-1"),
        ({}, "", "Anonymous visitor"),
    ],
)
def test_the_best_name_there_is(traits, known, name):
    assert display_name(traits, known) == name


def test_an_email_names_better_than_a_user_id_and_a_cookie_not_at_all():
    assert known_as([("user_id", "7"), ("email", "b@x.io"), ("email", "a@x.io")]) == "a@x.io"
    assert known_as([("anonymous_id", "c"), ("wechat_openid", "o1")]) == "wechat_openid o1"
    assert known_as([("anonymous_id", "c")]) == ""
    assert not is_identified([("anonymous_id", "c")])
    assert is_identified([("anonymous_id", "c"), ("phone", "+48500100200")])


@pytest.mark.parametrize(
    ("email", "domain"),
    [("ann@acme.com", "acme.com"), ("ann@gmail.com", None), ("li@qq.com", None), ("x@wp.pl", None)],
)
def test_free_mail_stands_for_no_company(email, domain):
    assert company_domain(email) == domain
