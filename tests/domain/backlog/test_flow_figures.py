"""Figures of flow, beside a naive replay of the same log."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as some

from touchline.domain.backlog.ageing import FEWEST_FINISHED, age_beside, usual
from touchline.domain.backlog.blocking import Flag, blocked_times
from touchline.domain.backlog.burning import Event, Member, ScopeChange, Turn, burn_up
from touchline.domain.backlog.counting import Steps, cumulative, monday_of, weekly
from touchline.domain.backlog.percentiles import percentile
from touchline.domain.backlog.types import ItemState
from touchline.domain.kernel.clock import DAY, HOUR

S = ItemState
DAYS = 30
Line = tuple[int, int, ItemState | None, ItemState]
"""An item, when, and from where to where."""


@some.composite
def logs(draw: some.DrawFn) -> list[Line]:
    """Items that go any ways, some on the same day, in the order in which it was written."""
    lines: list[Line] = []
    for item in range(draw(some.integers(0, 5))):
        times = draw(some.lists(some.integers(0, DAYS * 24), min_size=1, max_size=8))
        before: ItemState | None = None
        for hour in sorted(times):
            after = S.PROPOSED if before is None else draw(some.sampled_from(S))
            if after is not before:
                lines.append((item, hour * HOUR, before, after))
                before = after
    return sorted(lines, key=lambda line: line[1])


def summed(lines: list[Line]) -> list[Steps]:
    counts = Counter((at // DAY, before, after) for _, at, before, after in lines)
    return [Steps(*key, count) for key, count in counts.items()]


@given(logs(), some.integers(0, DAYS), some.integers(0, 12))
def test_each_day_ends_as_a_replay_of_the_log_ends_it(
    lines: list[Line], first: int, more: int
) -> None:
    days = cumulative(summed(lines), first, first + more)
    assert [one.day for one in days] == list(range(first, first + more + 1))
    for one in days:
        stands: dict[int, ItemState] = {}
        for item, at, _, after in lines:
            if at < (one.day + 1) * DAY:
                stands[item] = after
        expected = Counter(stands.values())
        assert one.standing == {state: expected[state] for state in S}


@given(logs(), some.integers(0, DAYS), some.integers(0, 20))
def test_weeks_count_each_launch_and_each_acceptance_once(
    lines: list[Line], first: int, more: int
) -> None:
    last = first + more
    weeks = weekly(summed(lines), first, last)
    for week in weeks:
        days = range(max(first, week.first_day), min(last, week.first_day + 6) + 1)
        mine = [(before, after) for _, at, before, after in lines if at // DAY in days]
        assert week.launched == sum(after is S.LAUNCHED for _, after in mine)
        assert week.accepted == mine.count((S.PROPOSED, S.BACKLOG))
        assert week.is_whole == (len(days) == 7)
    assert [week.first_day for week in weeks] == sorted(
        {monday_of(day) for day in range(first, last + 1)}
    )


def test_weeks_begin_on_monday() -> None:
    assert [monday_of(day) for day in (20_513, 20_514, 20_520, 20_521)] == [
        20_507,  # 2026-03-01 was a Sunday
        20_514,
        20_514,
        20_521,
    ]


FLAGS = some.lists(some.tuples(some.integers(0, 3), some.booleans()), max_size=20)


@given(FLAGS, some.integers(0, 20), some.integers(0, 20))
def test_blocked_time_is_every_hour_in_which_the_flag_was_up(
    raised: list[tuple[int, bool]], since: int, until: int
) -> None:
    flags = [Flag(item, hour * HOUR, is_up) for hour, (item, is_up) in enumerate(raised)]
    naive: dict[int, int] = defaultdict(int)
    for hour in range(since, until):
        for item in range(4):
            up = False
            for flag in flags:
                if flag.item_id == item and flag.at <= hour * HOUR:
                    up = flag.is_up
            naive[item] += up * HOUR
    found = blocked_times(flags, since * HOUR, until * HOUR)
    assert found == {item: time for item, time in naive.items() if time}


@some.composite
def cycles(draw: some.DrawFn) -> tuple[list[Member], list[Event]]:
    """Items of a cycle that are sized anew, launched or dropped, before and after they join."""
    members, events = [], []
    for item in range(draw(some.integers(0, 4))):
        hours = sorted(draw(some.sets(some.integers(1, 14 * 24), max_size=5)))
        size = draw(some.sampled_from((0, 1, 3, 8)))
        for hour in hours:
            is_last = hour == hours[-1]
            turn = draw(some.sampled_from(Turn)) if is_last else Turn.SIZED
            after = draw(some.sampled_from((0, 1, 3, 8))) if turn is Turn.SIZED else size
            events.append(Event(item, hour * HOUR, turn, size, after))
            size = after
        ends = events[-1].turn if hours else Turn.SIZED
        latest = 14 * 24 if ends is Turn.SIZED else hours[-1] - 1
        since = draw(some.integers(0, latest))
        members.append(Member(item, since * HOUR, draw(some.booleans()), size))
    return members, sorted(events, key=lambda event: event.at)


@given(cycles(), some.integers(0, 3), some.integers(0, 14))
def test_a_burn_up_is_what_stands_at_the_end_of_each_day(
    cycle: tuple[list[Member], list[Event]], first: int, last: int
) -> None:
    members, events = cycle
    days = burn_up(members, events, first, last, (last + 1) * DAY - 1)
    assert [one.day for one in days] == list(range(first, last + 1))
    for day in days:
        end = (day.day + 1) * DAY
        scope = done = 0
        for member in members:
            mine = [one for one in events if one.item_id == member.item_id]
            sizes = [one.before for one in mine if one.turn is Turn.SIZED]
            size, turns = sizes[0] if sizes else member.points, set()
            for one in mine:
                if one.at < end:
                    size = one.points if one.turn is Turn.SIZED else size
                    turns.add(one.turn)
            scope += size if member.since < end and Turn.DROPPED not in turns else 0
            done += size if Turn.LAUNCHED in turns else 0
        assert (day.scope, day.done) == (scope, done)


def test_changes_of_the_scope_are_told_with_their_points() -> None:
    members = [Member(1, 0, True, 5), Member(2, 2 * DAY, False, 3), Member(3, 0, True, 2)]
    events = [
        Event(1, DAY, Turn.SIZED, 3, 5),
        Event(3, DAY + 1, Turn.DROPPED),
        Event(1, 2 * DAY, Turn.LAUNCHED),
        Event(2, 4 * DAY, Turn.SIZED, 3, 8),
    ]
    days = burn_up(members, events, 0, 3, 4 * DAY - 1)
    assert [(one.scope, one.done) for one in days] == [(5, 0), (5, 0), (8, 5), (8, 5)]
    told = [[(one.item_id, one.change, one.points) for one in day.changes] for day in days]
    assert told == [
        [(1, ScopeChange.PLANNED, 3), (3, ScopeChange.PLANNED, 2)],
        [(1, ScopeChange.ESTIMATED, 2), (3, ScopeChange.DROPPED, -2)],
        [(2, ScopeChange.JOINED, 3)],
        [],
    ]


def test_an_age_is_judged_by_what_is_usual_and_not_without_it() -> None:
    few = usual([DAY] * (FEWEST_FINISHED - 1))
    unknown = age_beside(0, 3 * DAY, few)
    assert (unknown.is_old, unknown.usual.days, unknown.usual.finished) == (None, None, 9)
    assert unknown.sentence == (
        "It is under way for 3.0 days. What is usual is known from 10 launched items on; "
        "the last 12 weeks have 9."
    )
    known = usual([day * DAY for day in range(20, 0, -1)])
    assert (known.days, known.finished) == (17.0, 20)
    assert not age_beside(0, 17 * DAY, known).is_old
    old = age_beside(0, 18 * DAY, known)
    assert old.is_old
    assert old.sentence == (
        "It is under way for 18.0 days, more than the 17.0 days in which 85 of 100 items were "
        "launched (n = 20)."
    )


@given(some.lists(some.floats(0, 1000), min_size=1), some.sampled_from((50, 85)))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(
    values: list[float], share: int
) -> None:
    enough = [
        one
        for one in sorted(values)
        if 100 * sum(other <= one for other in values) >= share * len(values)
    ]
    assert percentile(sorted(values), share) == round(enough[0], 3)
