"""Which channel a touchpoint came by, from what its sender said."""

from typing import Any

import pytest

from touchline.domain.channels.defaults import DEFAULT_RULES
from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.channels.origins import Origin, origin_of
from touchline.domain.channels.rules import (
    Rule,
    check_rules,
    decider,
    from_json,
    to_json,
)
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key

CHANNELS = tuple(sorted({name_key(rule.channel) for rule in DEFAULT_RULES if rule.channel}))
SITE = "https://www.fernwell.example/pricing"


def page(referrer: str = "", query: str = "", **campaign: str) -> dict[str, Any]:
    where = {"url": SITE + query, "referrer": referrer}
    return {"page": where, "campaign": campaign} if campaign else {"page": where}


def channel(kind: str, name: str, properties: dict[str, Any], context: dict[str, Any]) -> str:
    origin = origin_of(kind, name, properties, context)
    found = decider(to_json(DEFAULT_RULES), CHANNELS)(origin)
    return found[1] if found else ""


@pytest.mark.parametrize(
    "context, expected",
    [
        (
            page("https://www.google.com/", "?gclid=Cj0", source="google", medium="cpc"),
            "paid search",
        ),
        (page("https://www.google.de/"), "organic search"),
        (page("https://news.google.com.evil.example/"), "referrals"),
        (page("https://notgoogle.com/"), "referrals"),
        (page("android-app://com.google.android.gm/"), "referrals"),
        (page("https://gemini.google.com/app"), "ai assistants"),
        (page(source="chatgpt.com"), "ai assistants"),
        (page("https://lnkd.in/x"), "organic social"),
        (page("", "?utm_source=LinkedIn&utm_medium=CPC"), "paid social"),
        (page("", "?utm_source=LinkedIn&utm_medium=paid-social"), "paid social"),
        (page("", "?utm_source=bing&utm_medium=cpc"), "paid search"),
        (page("", "?li_fat_id=fc"), "paid social"),
        (page("https://www.google.com/", source="n", medium="E-Mail"), "e-mail"),
        (page("https://mp.weixin.qq.com/s/x"), "messengers"),
        (page("", "?utm_source=fair"), "other campaigns"),
        (page("https://building-review.example/a"), "referrals"),
        (page("https://fernwell.example/about"), "no arrival"),
        (page(), "direct"),
        ({}, "direct"),
        (page("::::", "?%%%=&&;"), "direct"),
        (page("https://[bad/"), "direct"),
        (
            {"page": None, "campaign": "x", "referrer": {"url": "https://www.baidu.com"}},
            "organic search",
        ),
    ],
    ids=str,
)
def test_a_page_came_by(context: dict[str, Any], expected: str) -> None:
    assert channel("PAGE", "Pricing", {}, context) == expected


def test_what_systems_tell_is_no_arrival() -> None:
    assert channel("TRACK", "Order Completed", {"total": 5}, {}) == "no arrival"
    assert channel("TRACK", "Email Opened", {}, {}) == "e-mail"
    assert channel("IDENTIFY", "Identify", {"channel": "Direct"}, {}) == "no arrival"


def test_what_the_sender_calls_the_channel_is_taken_where_it_exists() -> None:
    context = page("https://www.google.com/")
    assert channel("PAGE", "x", {"channel": " AFFILIATES "}, context) == "affiliates"
    assert channel("PAGE", "x", {"channel": "Fax"}, context) == "organic search"
    assert channel("PAGE", "x", {"channel": 7}, context) == "organic search"


def test_the_first_rule_that_holds_decides_and_all_of_it_must() -> None:
    rules = (
        Rule("A", sources=("li*",), mediums=("cpc", "ppc")),
        Rule("B", sources=("*",)),
        Rule("C", referrers=("", "a.example")),
    )
    said = decider(to_json(rules))
    assert from_json(to_json(rules)) == rules
    assert said(Origin("PAGE", source="linkedin", medium="ppc")) == (0, "a")
    assert said(Origin("PAGE", source="linkedin", medium="")) == (1, "b")
    assert said(Origin("PAGE", source="xli", medium="ppc")) == (1, "b")
    assert said(Origin("PAGE", referrer="b.a.example")) == (2, "c")
    assert said(Origin("PAGE", referrer="ba.example")) is None
    assert said(Origin("TRACK")) == (2, "c")


@pytest.mark.parametrize(
    "rules, code, path",
    [
        ((), Code.RULES_EMPTY, ("rules",)),
        ((Rule("A", events=("x",)),) * 201, Code.TOO_MANY_RULES, ("rules",)),
        ((Rule(" "),), Code.CHANNEL_NAME_INVALID, ("rules", 0, "channel")),
        ((Rule("A", sources=("x", " ")),), Code.RULE_MATCHES_NOTHING, ("rules", 0, "sources", 1)),
        ((Rule("A", mediums=("x" * 201,)),), Code.PATTERN_INVALID, ("rules", 0, "mediums", 0)),
        ((Rule("A"), Rule("B", events=("x",))), Code.RULE_UNREACHABLE, ("rules", 1)),
        ((Rule("A", events=("x",)), Rule("A", events=("x",))), Code.RULE_UNREACHABLE, ("rules", 1)),
        *(
            ((rule,), Code.RULE_MATCHES_NOTHING, ("rules", 0, part, 1))
            for rule, part in (
                (Rule("A", click_ids=("*", "clid")), "click_ids"),
                (Rule("A", types=("*", "PAGES")), "types"),
                (Rule("A", referrers=("*", "https://a.example")), "referrers"),
            )
        ),
        (
            (Rule("A", events=("x",), types=("page", "SCREEN")),),
            Code.RULE_MATCHES_NOTHING,
            ("rules", 0, "events"),
        ),
    ],
    ids=[
        *("none", "many", "unnamed", "blank", "long", "shadowed", "twice"),
        *("click id", "type", "referrer", "event of a page"),
    ],
)
def test_a_list_in_which_something_can_never_hold_is_refused(
    rules: tuple[Rule, ...], code: Code, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(Refused) as refusal:
        check_rules(rules)
    assert (refusal.value.code, refusal.value.path) == (code, path)


def test_the_list_that_ships_is_a_good_one() -> None:
    check_rules(DEFAULT_RULES)
