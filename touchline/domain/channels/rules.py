"""The list of rules: the first that holds of an origin says its channel."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.channels.origins import CLICK_IDS, Origin
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.timeline.types import TouchpointType

MAX_RULES = 200
MAX_PATTERNS = 500
MAX_PATTERN = 200
MAX_NAME = 100
NOWHERE: Final = ""
"""As a referrer: came without one."""

Decide = Callable[[Origin], tuple[int, str] | None]


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is given must hold. ``*`` in a pattern stands for any text; case does not count.

    What an origin does not say meets no pattern, not even ``*`` alone.

    A pattern of ``referrers`` is a host and means its subdomains too; ``*`` in it stands for one
    label, or for two such as ``co.uk``. The empty one means that there was none. An ``explicit``
    rule holds where the sender names a channel that exists, and that is it, whatever ``channel``
    says.
    """

    channel: str
    explicit: bool = False
    sources: tuple[str, ...] = ()
    mediums: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    click_ids: tuple[str, ...] = ()
    referrers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it holds of every origin."""
        return not self.explicit and not any(getattr(self, name) for name in _LISTS)


_LISTS = ("sources", "mediums", "campaigns", "click_ids", "referrers", "events", "types")
_DECODER = msgspec.json.Decoder(tuple[Rule, ...])


def to_json(rules: Sequence[Rule]) -> str:
    """The text by which a list is kept; the same for the same list."""
    return msgspec.json.encode(rules).decode()


def from_json(text: str) -> tuple[Rule, ...]:
    """A list as it was kept."""
    return _DECODER.decode(text)


def check_rules(rules: Sequence[Rule]) -> None:
    """Refuse lists that say nothing, or in which something can never hold."""
    if not rules:
        raise Refused(Code.RULES_EMPTY, "A list has at least one rule.", ("rules",))
    if len(rules) > MAX_RULES:
        message = f"A list has at most {MAX_RULES} rules."
        raise Refused(Code.TOO_MANY_RULES, message, ("rules",))
    for at, rule in enumerate(rules):
        _check_rule(rule, at)
        if rule.is_everything and at < len(rules) - 1:
            message = f"Rule {at + 1} holds of everything, so what follows it never does."
            raise Refused(Code.RULE_UNREACHABLE, message, ("rules", at + 1))
        if rule in rules[:at]:
            message = f"Rule {at + 1} stands earlier in the list, so it never holds here."
            raise Refused(Code.RULE_UNREACHABLE, message, ("rules", at))


def renamed(text: str, key: str, name: str) -> str:
    """The kept list with another name in the place of a channel's, known by its key."""
    return to_json(
        [
            msgspec.structs.replace(rule, channel=name) if name_key(rule.channel) == key else rule
            for rule in from_json(text)
        ]
    )


@lru_cache(maxsize=16)
def decider(text: str, channels: tuple[str, ...] = ()) -> Decide:
    """What the kept list says of an origin: the place of the rule and the key of its channel.

    ``None`` where no rule holds. ``channels`` are the keys that an explicit rule accepts.
    """
    known = frozenset(channels)
    tests = [
        (None if rule.explicit else name_key(rule.channel), _test(rule, known))
        for rule in from_json(text)
    ]

    def decide(origin: Origin) -> tuple[int, str] | None:
        for place, (channel, holds) in enumerate(tests):
            if holds(origin):
                return place, name_key(origin.channel_name) if channel is None else channel
        return None

    return decide


def check_name(name: str, *path: str | int) -> None:
    """Refuse what cannot be a channel's name."""
    if name.strip() != name or not 0 < len(name) <= MAX_NAME or not name.isprintable():
        message = f"A channel's name has 1 to {MAX_NAME} characters."
        raise Refused(Code.CHANNEL_NAME_INVALID, message, path)


def _check_rule(rule: Rule, at: int) -> None:
    if not rule.explicit:
        check_name(rule.channel, "rules", at, "channel")
    for name in _LISTS:
        patterns: tuple[str, ...] = getattr(rule, name)
        path = ("rules", at, name)
        if len(patterns) > MAX_PATTERNS:
            message = f"A rule has at most {MAX_PATTERNS} patterns of a kind."
            raise Refused(Code.PATTERN_INVALID, message, path)
        for place, pattern in enumerate(patterns):
            _check_pattern(pattern, name == "referrers", (*path, place))
            if not _can_hold(name, pattern):
                message = f"{_NEVER[name]} This pattern holds of nothing."
                raise Refused(Code.RULE_MATCHES_NOTHING, message, (*path, place))
    if rule.events and rule.types and not any(_spells(one, ("TRACK",)) for one in rule.types):
        message = "Only track calls have a name, so this holds of nothing beside these types."
        raise Refused(Code.RULE_MATCHES_NOTHING, message, ("rules", at, "events"))


_NEVER = {
    "click_ids": f"The parameters that are known are {', '.join(CLICK_IDS)}.",
    "types": f"The types are {', '.join(TouchpointType)}.",
    "referrers": "A referrer is a host such as google.com, without scheme, port and path.",
}


def _can_hold(name: str, pattern: str) -> bool:
    if name == "click_ids":
        return _spells(pattern, CLICK_IDS)
    if name == "types":
        return _spells(pattern, TouchpointType)
    return name != "referrers" or not set(pattern) & set("/:?#")


def _spells(pattern: str, words: Iterable[str]) -> bool:
    """Whether a pattern is one of the words, in whichever case."""
    known = re.compile(_spelt(pattern))
    return any(known.fullmatch(word.lower()) for word in words)


def _check_pattern(pattern: str, may_be_empty: bool, path: tuple[str | int, ...]) -> None:
    if len(pattern) > MAX_PATTERN or "\x00" in pattern:
        message = f"A pattern has at most {MAX_PATTERN} characters."
        raise Refused(Code.PATTERN_INVALID, message, path)
    if not pattern.strip() and not (may_be_empty and pattern == NOWHERE):
        message = "An empty pattern holds of nothing; leave it out."
        raise Refused(Code.RULE_MATCHES_NOTHING, message, path)


def _test(rule: Rule, channels: frozenset[str]) -> Callable[[Origin], bool]:
    tests: list[Callable[[Origin], bool]] = []
    parts: Mapping[str, tuple[str, ...]] = {
        "source": rule.sources,
        "medium": rule.mediums,
        "campaign": rule.campaigns,
        "click_id": rule.click_ids,
        "event": rule.events,
        "type": tuple(one.upper() for one in rule.types),
    }
    if rule.explicit:
        tests.append(lambda origin: name_key(origin.channel_name) in channels)
    for name, patterns in parts.items():
        if patterns:
            tests.append(_part(name, _pattern(patterns, fold=name != "type")))
    if rule.referrers:
        hosts = [f"(?:.*\\.)?{_host(one)}" for one in rule.referrers if one != NOWHERE]
        known = _part("referrer", re.compile("|".join(hosts))) if hosts else _never
        nowhere = NOWHERE in rule.referrers
        tests.append(lambda origin: known(origin) if origin.referrer else nowhere)
    return lambda origin: all(test(origin) for test in tests)


def _never(_origin: Origin) -> bool:
    return False


def _part(name: str, pattern: re.Pattern[str]) -> Callable[[Origin], bool]:
    place = Origin._fields.index(name)
    return lambda origin: bool(origin[place]) and pattern.fullmatch(origin[place]) is not None


def _pattern(patterns: Iterable[str], *, fold: bool) -> re.Pattern[str]:
    return re.compile("|".join(_spelt(one, fold=fold) for one in patterns))


def _host(pattern: str) -> str:
    return _spelt(pattern, anything=r"(?:[^.]+|[^.]{2,3}\.[^.]{2})")


def _spelt(pattern: str, *, fold: bool = True, anything: str = ".*") -> str:
    text = " ".join(pattern.split())
    parts = (text.lower() if fold else text).split("*")
    return "(?:" + anything.join(map(re.escape, parts)) + ")"
