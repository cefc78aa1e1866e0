"""Scores by the shortest way: a plain loop over what a customer did."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring import building, ending, primary, sorting
from touchline.domain.scoring.decay import grown
from touchline.domain.scoring.definition import Definition
from touchline.domain.segments import working_out
from touchline.domain.stages import replacing
from touchline.domain.tags import bulk, publishing


class Deed(NamedTuple):
    """An event of a customer."""

    name: str
    at: int


def counted(definition: Definition, deeds: Iterable[Deed], at: int) -> list[tuple[int, int, int]]:
    """Rule, instant and points of each occurrence that counts, in the order they happened."""
    by_rule: dict[tuple[int, int], int] = defaultdict(int)
    by_group: dict[tuple[str, int], int] = defaultdict(int)
    caps = {group.name: group.cap_per_day for group in definition.groups}
    told = sorted((deed for deed in deeds if deed.at <= at), key=lambda deed: deed.at)
    hits = [
        (deed.at, rule.key, rule)
        for deed in told
        for _, rule, event in definition.of_events()
        if event.event == deed.name
    ]
    found = []
    for moment, key, rule in sorted(hits, key=lambda hit: hit[:2]):
        day = 0 if rule.once else moment // DAY
        points = rule.points
        if rule.once:
            points = 0 if by_rule[key, 0] else points
        elif rule.cap_per_day is not None:
            points = min(points, max(0, rule.cap_per_day - by_rule[key, day]))
        by_rule[key, day] += rule.points
        if rule.group is not None:
            place = (rule.group, moment // DAY)
            left = max(0, caps[rule.group] - by_group[place])
            by_group[place] += points
            points = min(points, left)
        if points and (definition.window is None or moment > at - definition.window):
            found.append((key, moment, points))
    return found


def summed(
    definition: Definition, deeds: Sequence[Deed], at: int, landmark: int
) -> dict[int, tuple[int, int]]:
    """For each rule that counts: the sum kept from the landmark, and how many counted."""
    found: dict[int, tuple[int, int]] = {}
    for key, moment, points in counted(definition, deeds, at):
        amount, count = found.get(key, (0, 0))
        found[key] = (amount + grown(points, moment, landmark, definition.half_life), count + 1)
    return found


async def run_tasks() -> None:
    """Do the long work that waits, as workers would."""
    functions = {
        "recompute_scores": building.recompute,
        "forget_scores": ending.forget_build,
        "forget_customer_list": sorting.forget_list,
        "make_primary_scores": primary.sort_by_primary,
        "tag_customers": bulk.go_on,
        "publish_tag_rule": publishing.bring,
        "build_segment": working_out.go_on,
        "place_customers": replacing.go_on,
    }
    open_tasks = "SELECT id, kind FROM task WHERE finished_at IS NULL ORDER BY id LIMIT 1"
    while rows := await fetch(open_tasks):
        await functions[rows[0]["kind"]](rows[0]["id"])
