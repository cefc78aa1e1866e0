"""The team at work: each act of its story, done through the same commands that people use."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from touchline.demo.calendar import working_day
from touchline.demo.script import Act, story
from touchline.demo.tryouts import TRIALS, draft
from touchline.demo.written import item_text
from touchline.domain.backlog import cycling, deciding, ordering, proposing, service, talking
from touchline.domain.backlog import working as work
from touchline.domain.backlog.cycle_relations import IMPROVEMENT
from touchline.domain.backlog.learned import propose_suggested, suggestions_of
from touchline.domain.backlog.measuring import measure
from touchline.domain.backlog.types import GoalKind, Suggested, WipScope
from touchline.domain.campaigns.relations import CAMPAIGN
from touchline.domain.experiments import refreshing
from touchline.domain.experiments.service import start_experiment
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Role, Scope
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.members.service import create_member
from touchline.domain.segments.definitions import all_definitions

MAIL: Final = "fernwell.example"
MORE_COME: Final = "More people come by while it runs."


@dataclass
class Team:
    """Who is in the team, and what its backlog holds, by the names of the story."""

    end: date
    members: dict[str, Actor] = field(default_factory=dict)
    backlog_id: int = 0
    goals: dict[str, int] = field(default_factory=dict)
    segments: dict[str, int] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    experiments: dict[str, int] = field(default_factory=dict)
    cycles: dict[str, int] = field(default_factory=dict)
    due: list[tuple[Moment, str]] = field(default_factory=list)
    """When the time of which item is over."""

    async def do(self, act: Act) -> None:
        """Do one act, as whoever does it."""
        await _DEEDS[act.verb](self, self.members[act.who], act)

    async def measure(self, key: str) -> None:
        """Do what a worker does when the time of an item is over."""
        trial = story_of(key).get("trial")
        if trial is not None:
            await refreshing.refresh(self.experiments[trial])
        await measure(self.items[key])


async def gather(end: date) -> Team:
    """Take everybody into the team and begin its backlog."""
    team, told = Team(end), story()
    for key, one in told["members"].items():
        role = Role(one["role"])
        made = await create_member(SYSTEM, name=one["name"], email=address(key), role=role)
        scope = Scope.TEAM if role is Role.STAKEHOLDER else Scope.WRITE
        team.members[key] = Actor(
            ActorKind.API_KEY, None, one["name"], frozenset({scope}), member_id=made, role=role
        )
    owner = team.members[told["backlog"]["owner"]]
    assert owner.member_id is not None
    name = told["backlog"]["name"]
    team.backlog_id = await service.create_backlog(SYSTEM, name=name, owner_id=owner.member_id)
    for scope_name, most in told["backlog"]["limits"].items():
        limit = WipScope(scope_name)
        await service.set_wip_limit(owner, team.backlog_id, scope=limit, most=most)
    for key, goal in told["goals"].items():
        kind = GoalKind(goal["kind"])
        team.goals[key] = await service.create_goal(owner, name=goal["name"], kind=kind)
    team.segments = {one.name: one.id for one in await all_definitions()}
    rows = await fetch(f"SELECT id, name FROM {CAMPAIGN.table}")
    team.campaigns = {row["name"]: row["id"] for row in rows}
    return team


def address(key: str) -> str:
    """The e-mail address of somebody of the team."""
    return f"{key}@{MAIL}"


async def _propose(team: Team, actor: Actor, act: Act) -> None:
    written = story_of(act.on)
    named = [team.items[key] for key in written.get("depends_on", ())]
    text = await item_text(written, named, team.goals, team.segments, team.campaigns)
    team.items[act.on] = await proposing.propose_item(actor, team.backlog_id, text)


async def _take_up(team: Team, actor: Actor, act: Act) -> None:
    """Propose what is suggested for a segment; where few people came, nothing may be."""
    item, segment = team.items[act.on], team.segments[act.words or ""]
    for one in await suggestions_of(item):
        if one.kind is Suggested.SEGMENT and one.segment_id == segment:
            made = await propose_suggested(actor, item, one.key)
            team.items[f"{act.on} for {act.words}"] = made


async def _accept(team: Team, actor: Actor, act: Act) -> None:
    match act.deed.split():
        case [_, "on", "top"]:
            await deciding.accept_item(actor, team.items[act.on], on_top=True)
        case [_, "behind", key]:
            await deciding.accept_item(actor, team.items[act.on], behind=team.items[key])
        case _:
            await deciding.accept_item(actor, team.items[act.on])


async def _decline(team: Team, actor: Actor, act: Act) -> None:
    await deciding.decline_item(actor, team.items[act.on], reason=act.words or "")


async def _find_the_same(team: Team, actor: Actor, act: Act) -> None:
    same = team.items[act.words or ""]
    await deciding.mark_duplicate(actor, team.items[act.on], of=same)


async def _move(team: Team, actor: Actor, act: Act) -> None:
    await ordering.move_item(actor, team.items[act.on], after=None, reason=act.words)


async def _pull(team: Team, actor: Actor, act: Act) -> None:
    item = team.items[act.on]
    await work.pull_item(actor, item, reason=act.words)
    written = story_of(act.on)
    trial = written.get("trial")
    if trial is not None and trial not in team.experiments:
        segment = team.segments.get(written.get("meant_for", ""))
        team.experiments[trial] = await draft(actor, trial, item, segment)


async def _launch(team: Team, actor: Actor, act: Act) -> None:
    await work.launch_item(actor, team.items[act.on], reason=act.words)
    trial = story_of(act.on).get("trial")
    days = (await proposing.text_of(team.items[act.on])).window_days or 0
    if trial is not None:
        await start_experiment(actor, team.experiments[trial], reason=MORE_COME)
        days = TRIALS[trial][0].days
    team.due.append((now() + days * DAY, act.on))


async def _submit(team: Team, actor: Actor, act: Act) -> None:
    await work.submit_item(actor, team.items[act.on])


async def _return(team: Team, actor: Actor, act: Act) -> None:
    await work.return_item(actor, team.items[act.on], reason=act.words or "")


async def _put_back(team: Team, actor: Actor, act: Act) -> None:
    await work.put_back(actor, team.items[act.on], reason=act.words or "")


async def _drop(team: Team, actor: Actor, act: Act) -> None:
    await deciding.drop_item(actor, team.items[act.on], reason=act.words or "")


async def _block(team: Team, actor: Actor, act: Act) -> None:
    await work.block_item(actor, team.items[act.on], reason=act.words)


async def _estimate(team: Team, actor: Actor, act: Act) -> None:
    await proposing.estimate_item(actor, team.items[act.on], int(act.deed.split()[1]))


async def _comment(team: Team, actor: Actor, act: Act) -> None:
    await talking.comment_item(actor, team.items[act.on], act.words or "")


async def _vote(team: Team, actor: Actor, act: Act) -> None:
    await talking.vote_for_item(actor, team.items[act.on])


async def _delegate(team: Team, actor: Actor, act: Act) -> None:
    _, who, days = act.deed.split()
    member = team.members[who].member_id
    assert member is not None
    until = now() + int(days) * DAY
    await service.delegate(
        actor, team.backlog_id, member_id=member, until=until, reason=act.words or ""
    )


async def _plan(team: Team, actor: Actor, act: Act) -> None:
    cycle = story()["cycle"][int(act.on)]
    first = working_day(team.end, cycle["begins"]) // DAY
    plan = cycling.Plan(cycle["goal"], first, 10, cycle.get("capacity"))
    team.cycles[act.on] = await cycling.plan_cycle(actor, team.backlog_id, plan)


async def _note(team: Team, actor: Actor, act: Act) -> None:
    cycle = team.cycles[act.on]
    await cycling.note_huddle(actor, cycle, text=act.words or "", blocked=act.blocked)


async def _close(team: Team, actor: Actor, act: Act) -> None:
    improvements = story()["cycle"][int(act.on)]["improvements"]
    await cycling.close_cycle(
        actor, team.cycles[act.on], improvements=improvements, showcase=act.words
    )


async def _improve(team: Team, actor: Actor, act: Act) -> None:
    rows = await fetch(
        f"SELECT id FROM {IMPROVEMENT.table} WHERE cycle_id = ? ORDER BY id",
        (team.cycles[act.on],),
    )
    await cycling.finish_improvement(actor, rows[int(act.deed.split()[1])]["id"])


def story_of(key: str) -> Mapping[str, Any]:
    """What the story says of an item."""
    return next(one for one in story()["item"] if one["key"] == key)


_DEEDS: Final[Mapping[str, Callable[[Team, Actor, Act], Awaitable[None]]]] = {
    "proposes": _propose,
    "takes": _take_up,
    "accepts": _accept,
    "declines": _decline,
    "finds": _find_the_same,
    "moves": _move,
    "pulls": _pull,
    "submits": _submit,
    "returns": _return,
    "launches": _launch,
    "puts": _put_back,
    "drops": _drop,
    "blocks": _block,
    "unblocks": _block,
    "estimates": _estimate,
    "comments": _comment,
    "votes": _vote,
    "delegates": _delegate,
    "plans": _plan,
    "notes": _note,
    "closes": _close,
    "improves": _improve,
}
