"""Adding customers up: the lines of each score, and when time alone will change it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from touchline.domain.conditions.queries import matches, wakes
from touchline.domain.conditions.sql import Range
from touchline.domain.customers.queries import members_of
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.scoring.bands import Change, Fading, Total
from touchline.domain.scoring.definition import Definition, Rule
from touchline.domain.scoring.gathering import Bound, coming, occurrences, sums

RULE, ADJUSTMENT = "RULE", "ADJUSTMENT"


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule or adjustment adds: ``fading`` as kept from the landmark, or ``steady``."""

    kind: str
    label: str
    rule_id: int | None
    fading: int
    steady: int
    occurrences: int
    touchpoint_id: int | None = None
    actor_name: str | None = None
    expires_at: Moment | None = None


@dataclass(slots=True)
class Sheet:
    """The lines of one customer, what will come or go, and when to look again at the latest."""

    lines: list[Line] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    look_at: Moment | None = None

    def total(self) -> Total:
        """The sum of the lines."""
        return Total(
            sum(line.fading for line in self.lines),
            sum(line.steady for line in self.lines),
            tuple(self.changes),
        )

    def look(self, at: Moment) -> None:
        """Look again at ``at``, or before."""
        self.look_at = at if self.look_at is None else min(self.look_at, at)


async def compute(
    model_id: int,
    definition: Definition,
    kept: Fading,
    at: Moment,
    customer_ids: Collection[int],
    *,
    reach: Range | None = None,
) -> dict[int, Sheet]:
    """Add up customers at an instant; those that do not stand are left out.

    ``reach`` says that they are all the customers of a range of ids, which is quicker to read.
    """
    members = await members_of(customer_ids)
    sheets = {customer: Sheet() for customer in members}
    if not sheets:
        return sheets
    bound: Bound = reach or list(sheets)
    found = await _events(definition, kept, at, bound, sheets)
    held = await _conditions(definition, at, sheets)
    for rule in definition.rules:
        for customer, line in found.get(rule.key, {}).items():
            sheets[customer].lines.append(line)
        for customer in held.get(rule.key, ()):
            sheets[customer].lines.append(Line(RULE, rule.name, rule.key, 0, rule.points, 1))
    await _adjust(model_id, at, members, sheets)
    query = coming(at, bound)
    for row in await fetch(query.text, query.params):
        if row["customer_id"] in sheets:
            sheets[row["customer_id"]].look(row["at"])
    return sheets


async def _events(
    definition: Definition, kept: Fading, at: Moment, bound: Bound, sheets: Mapping[int, Sheet]
) -> dict[int, dict[int, Line]]:
    """By rule and customer what the occurrences of events add."""
    rules = {rule.key: rule for rule, _ in definition.of_events()}
    if definition.window is not None:
        return await _in_window(definition, rules, at, bound, sheets)
    query = sums(definition, kept, at, bound)
    found: dict[int, dict[int, Line]] = {key: {} for key in rules}
    fades = kept.half_life is not None
    for row in await fetch(query.text, query.params) if query else ():
        customer, key, amount = row[0], row[1], row[2]
        if customer in sheets:
            fading, steady = (amount, 0) if fades else (0, amount)
            found[key][customer] = Line(
                RULE, rules[key].name, key, fading, steady, row[3], touchpoint_id=row[4]
            )
    return found


async def _in_window(
    definition: Definition,
    rules: Mapping[int, Rule],
    at: Moment,
    bound: Bound,
    sheets: Mapping[int, Sheet],
) -> dict[int, dict[int, Line]]:
    query = occurrences(definition, at, bound)
    assert definition.window is not None
    found: dict[int, dict[int, Line]] = {key: {} for key in rules}
    for row in await fetch(query.text, query.params) if query else ():
        sheet = sheets.get(row["customer_id"])
        if sheet is None:
            continue
        key, leaves = row["rule"], row["at"] + definition.window
        before = found[key].get(row["customer_id"])
        points, count = (before.steady, before.occurrences) if before else (0, 0)
        found[key][row["customer_id"]] = Line(
            RULE, rules[key].name, key, 0, points + row["points"], count + 1, row["id"]
        )
        sheet.changes.append(Change(leaves, -row["points"]))
        sheet.look(leaves)
    return found


async def _conditions(
    definition: Definition, at: Moment, sheets: Mapping[int, Sheet]
) -> dict[int, set[int]]:
    """By rule the customers of whom its condition holds."""
    held: dict[int, set[int]] = {}
    for rule in definition.of_conditions():
        held[rule.key] = await matches(rule.condition, at=at, only=list(sheets))
        for customer, moment in (await wakes(rule.condition, at=at, only=list(sheets))).items():
            sheets[customer].look(moment)
    return held


async def _adjust(
    model_id: int,
    at: Moment,
    members: Mapping[int, Sequence[int]],
    sheets: Mapping[int, Sheet],
) -> None:
    """What people gave; it follows merges as it is kept with whom it was given to."""
    owners = {member: root for root, found in members.items() for member in found}
    condition, params = in_list("customer_id", owners)
    rows = await fetch(
        "SELECT id, customer_id, points, reason, actor_name, expires_at FROM score_adjustment"
        f" WHERE model_id = ? AND {condition} ORDER BY id",
        [model_id, *params],
    )
    for row in rows:
        if row["expires_at"] is not None and row["expires_at"] <= at:
            continue
        sheet = sheets[owners[row["customer_id"]]]
        sheet.lines.append(
            Line(
                *(ADJUSTMENT, row["reason"], None, 0, row["points"], 1),
                actor_name=row["actor_name"],
                expires_at=row["expires_at"],
            )
        )
        if row["expires_at"] is not None:
            sheet.changes.append(Change(row["expires_at"], -row["points"]))
            sheet.look(row["expires_at"])
