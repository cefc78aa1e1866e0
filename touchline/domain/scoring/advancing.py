"""Advancing scores by what is new alone, however long a customer's history is.

What is new can be added where it happened after all that its rule has counted, and all rules that
share a cap with it. A cap is dealt out day by day to what gives points, the first first: what comes
later takes nothing away, and what was left out once stays so. So the day is all that is read. Where
what is new happened before, in a window, and where more than events and conditions has changed, the
customer is added up anew from the log. Either way the sums are the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from touchline.domain.conditions.influence import Index, affected_by
from touchline.domain.conditions.queries import ask_each
from touchline.domain.customers.queries import members_of
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring.computing import Scheme, Sheets
from touchline.domain.scoring.definition import Definition, Rule
from touchline.domain.scoring.gathering import LATEST, additions
from touchline.domain.scoring.sheets import Line, LineKind, Sheet
from touchline.domain.scoring.storing import Stood
from touchline.domain.staleness import facts

Told = Mapping[int, frozenset[str]]
"""The facts that changed of customers."""

_RULE = LineKind.RULE.value
_NOTHING: Mapping[str, Line] = {}


@dataclass(frozen=True, slots=True)
class _Step:
    """A customer on the way: the lines that stood, and the rules of which something is new."""

    lines: Mapping[str, Line]
    events: frozenset[int]
    conditions: frozenset[int]
    sheet: Sheet = field(default_factory=Sheet)
    came: dict[int, Line] = field(default_factory=dict)
    went: set[int] = field(default_factory=set)


async def advance(
    scheme: Scheme, told: Told, stood: Mapping[int, Stood], anew: frozenset[str]
) -> Sheets:
    """The sheets of customers of whom facts tell all that is new; others are left out.

    ``anew`` are the facts because of which a customer has to be added up anew.
    """
    definition = scheme.definition
    if definition.window is not None or definition.spends_in_silence():
        return {}
    steps = _steps(definition, told, stood, anew)
    standing = await members_of(steps)
    steps = {customer: step for customer, step in steps.items() if customer in standing}
    await _hold(scheme, steps)
    ahead = await _count(scheme, told, steps)
    return {customer: _added(step) for customer, step in steps.items() if customer not in ahead}


def _steps(
    definition: Definition, told: Told, stood: Mapping[int, Stood], anew: frozenset[str]
) -> dict[int, _Step]:
    by_event, by_condition = definition.of_events(), definition.of_conditions()
    of_events = Index({place: affected_by(rule.condition) for place, rule, _ in by_event})
    capped_with = _capped_with(definition)
    of_conditions = Index({place: affected_by(rule.condition) for place, rule in by_condition})
    found: dict[int, _Step] = {}
    for customer, changed in told.items():
        before = stood.get(customer)
        if not anew.isdisjoint(changed) or (before is None and facts.CREATED not in changed):
            continue
        lines = _NOTHING if before is None else before.lines()
        events = frozenset(of_events.touched(changed))
        if _follows(lines, events.union(*(capped_with[one] for one in events)), changed):
            conditions = frozenset(of_conditions.touched(changed))
            found[customer] = _Step(lines, events, conditions)
            if before is not None and before.wake_at is not None:
                found[customer].sheet.look(before.wake_at)
    return found


def _capped_with(definition: Definition) -> Mapping[int, frozenset[int]]:
    """By the place of each rule of events the places of those with which it shares a cap."""
    groups: dict[str, set[int]] = {}
    for place, rule, _ in definition.of_events():
        if rule.group is not None:
            groups.setdefault(rule.group, set()).add(place)
    return {
        place: frozenset(groups.get(rule.group or "", ()))
        for place, rule, _ in definition.of_events()
    }


def _follows(lines: Mapping[str, Line], events: frozenset[int], changed: frozenset[str]) -> bool:
    """Whether all that is new happened after what its rules have counted, and nothing lapses."""
    if any(line.expires_at is not None for line in lines.values()):
        return False
    counted = [lines[str(place)].latest or 0 for place in events if str(place) in lines]
    return not counted or max(counted) >> LATEST < facts.earliest(changed)


async def _hold(scheme: Scheme, steps: Mapping[int, _Step]) -> None:
    """Ask the conditions that have changed."""
    rules = [
        (place, rule, touched)
        for place, rule in scheme.definition.of_conditions()
        if (touched := [one for one, step in steps.items() if place in step.conditions])
    ]
    answers = await ask_each([(rule.condition, only) for _, rule, only in rules], scheme.at)
    for (place, rule, only), answer in zip(rules, answers, strict=True):
        for customer in only:
            if customer in answer.holds:
                line = Line(_RULE, rule.name, rule.key, 0, 0, rule.points, 1)
                steps[customer].came[place] = line
            else:
                steps[customer].went.add(place)
        for customer, moment in answer.wakes.items():
            steps[customer].sheet.look(moment)


async def _count(scheme: Scheme, told: Told, steps: Mapping[int, _Step]) -> set[int]:
    """Add what is new; returns of whom something was told before it happens."""
    since = {one: facts.earliest(told[one]) for one, step in steps.items() if step.events}
    query = additions(scheme.definition, scheme.kept, since)
    ahead: set[int] = set()
    if query is None:
        return ahead
    rules, fades = scheme.definition.rules, scheme.kept.half_life is not None
    for customer, place, amount, count, latest, last in await fetch(query.text, query.params):
        step, rule = steps[customer], rules[place]
        if last > scheme.at:
            ahead.add(customer)
        elif place in step.events and count and not _is_spent(rule, step.lines.get(str(place))):
            fading, steady = (amount, 0) if fades else (0, amount)
            line = Line(_RULE, rule.name, rule.key, 0, fading, steady, count, latest)
            before = step.lines.get(str(place))
            step.came[place] = line if before is None else _sum(before, line)
    return ahead


def _is_spent(rule: Rule, before: Line | None) -> bool:
    """Whether a rule has counted the only occurrence that it counts."""
    return rule.once and before is not None


def _sum(before: Line, line: Line) -> Line:
    return msgspec.structs.replace(
        line,
        fading=before.fading + line.fading,
        steady=before.steady + line.steady,
        occurrences=before.occurrences + line.occurrences,
    )


def _added(step: _Step) -> Sheet:
    """The lines with what came and without what went, each with the sum before it."""
    came = {str(place): line for place, line in step.came.items()}
    went = {str(place) for place in step.went}
    for place, line in {**step.lines, **came}.items():
        if place not in went:
            step.sheet.add(place, msgspec.structs.replace(line, before=step.sheet.fading))
    return step.sheet
