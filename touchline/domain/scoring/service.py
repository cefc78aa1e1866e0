"""Scoring models: written as drafts, brought into force whole, retired.

Each change of a model is a new version. Publishing makes a new build of all scores beside the one
that counts; they swap when it is whole, so there is no moment without scores.
"""

from collections.abc import Sequence
from enum import StrEnum

from touchline.domain.conditions import storage
from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.registry import renamed
from touchline.domain.customers.queries import count_present
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import for_update, insert_rows
from touchline.domain.scoring.builds import BuildStatus, counting
from touchline.domain.scoring.checking import check_definition
from touchline.domain.scoring.decay import landmark_at
from touchline.domain.scoring.definition import Definition, from_json, to_json
from touchline.domain.scoring.ending import end_builds
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.domain.scoring.wording import (
    ModelText,
    RuleText,
    bands_json,
    conversion_event,
    definition_of,
    model_name,
)
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks import service as tasks

RECOMPUTE = "recompute_scores"


class ModelStatus(StrEnum):
    """Whether what is written of a model is in force."""

    DRAFT = "DRAFT"
    BUILDING = "BUILDING"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


@transactional
async def create_model(actor: Actor, text: ModelText) -> int:
    """Write a draft; returns the id of the model."""
    actor.require(Scope.WRITE)
    name = model_name(text.name)
    await check_definition(definition_of(text, range(len(text.rules))), None)
    moment = now()
    rows = await insert_rows(
        "scoring_model",
        [
            *("name", "name_key", "status", "version", "definition", "is_primary"),
            *("actor_name", "created_at", "updated_at"),
        ],
        [(name, name_key(name), ModelStatus.DRAFT, 1, "{}", False, actor.name, moment, moment)],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise _taken(name)
    model_id = int(rows[0]["id"])
    await _write(actor, model_id, name, 1, text)
    return model_id


@transactional
async def update_model(
    actor: Actor, model_id: int, text: ModelText, *, expected_version: int | None = None
) -> None:
    """Write a new version as a draft; the scores stay those of the version in force."""
    actor.require(Scope.WRITE)
    model = await found_model(model_id, expected_version)
    name = model_name(text.name)
    await check_definition(definition_of(text, range(len(text.rules))), model_id)
    key = name_key(name)
    if await fetch("SELECT 1 FROM scoring_model WHERE name_key = ? AND id <> ?", (key, model_id)):
        raise _taken(name)
    await _write(actor, model_id, name, model["version"] + 1, text)
    if name != model["name"]:
        await renamed(("scoring model", model_id))


@transactional
async def publish_model(actor: Actor, model_id: int, *, expected_version: int | None = None) -> int:
    """Have all scores made by the model as it is written; returns the task that does it.

    The version before counts until they are made. Where that failed it can be published again.
    """
    actor.require(Scope.WRITE)
    model = await found_model(model_id, expected_version)
    if model["status"] == ModelStatus.PUBLISHED:
        message = f"Version {model['version']} is in force already."
        raise Refused(Code.ALREADY_PUBLISHED, message, ("id",))
    if model["status"] == ModelStatus.BUILDING and not await _has_failed(model_id):
        message = f"Version {model['version']} is on its way into force already."
        raise Refused(Code.ALREADY_PUBLISHED, message, ("id",))
    definition = from_json(model["definition"])
    await check_definition(definition, model_id)
    await execute(
        "UPDATE scoring_model SET status = ? WHERE id = ?", (ModelStatus.BUILDING, model_id)
    )
    return await begin_build(actor, model_id, model["version"], definition)


@transactional
async def recompute_model(actor: Actor, model_id: int) -> int:
    """Have all scores of the version in force made anew; returns the task that does it.

    What counts is mended in its place. A new build is made where one is being made, and where
    sums have to be kept from a later landmark.
    """
    actor.require(Scope.WRITE)
    await found_model(model_id)
    row = await fetch_one(
        "SELECT version, definition FROM scoring_build WHERE model_id = ? AND status IN (?, ?)"
        " ORDER BY id DESC LIMIT 1",
        (model_id, BuildStatus.MAKING, BuildStatus.COUNTS),
    )
    if row is None:
        message = "The model was never published."
        raise Refused(Code.MODEL_NOT_PUBLISHED, message, ("id",))
    build = await counting(model_id)
    if build and build.version == row["version"] and build.keeps_at(now()):
        return await tasks.begin(actor, RECOMPUTE, await count_present(), {"build": build.id})
    return await begin_build(actor, model_id, row["version"], from_json(row["definition"]))


@transactional
async def retire_model(actor: Actor, model_id: int) -> None:
    """Put a model out of force for good; its scores are gone."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    await found_model(model_id)
    await execute(
        "UPDATE scoring_model SET status = ?, published_version = NULL, build_id = NULL,"
        " is_primary = FALSE WHERE id = ?",
        (ModelStatus.RETIRED, model_id),
    )
    await end_builds(actor, model_id, BuildStatus.MAKING, BuildStatus.COUNTS)


async def begin_build(actor: Actor, model_id: int, version: int, definition: Definition) -> int:
    """Queue a build in the surrounding transaction; one that is being made gives way to it.

    Sums stay kept from the landmark of the build before while it is not long past, so that what
    does not change is the same number again.
    """
    await hold_judgement()
    await end_builds(actor, model_id, BuildStatus.MAKING)
    before = await counting(model_id)
    half_life = definition.half_life
    landmark = now()
    if before is not None and before.kept.half_life == half_life:
        landmark = landmark_at(landmark, *before.kept)
    rows = await insert_rows(
        "scoring_build",
        [
            *("model_id", "version", "definition", "landmark", "half_life", "status"),
            *("reached", "created_at"),
        ],
        [
            (
                *(model_id, version, to_json(definition), landmark, half_life),
                *(BuildStatus.MAKING, 0, now()),
            )
        ],
        returning="id",
    )
    build_id = int(rows[0]["id"])
    task = await tasks.begin(actor, RECOMPUTE, await count_present(), {"build": build_id})
    await execute("UPDATE scoring_build SET task_id = ? WHERE id = ?", (task, build_id))
    return task


async def _has_failed(model_id: int) -> bool:
    """Whether the work on the build that was to count was given up."""
    row = await fetch_one(
        "SELECT task_id FROM scoring_build WHERE model_id = ? AND status = ?",
        (model_id, BuildStatus.MAKING),
    )
    return row is None or await tasks.has_failed(row["task_id"])


async def text_of_model(model_id: int) -> ModelText:
    """What is written of a model now; refuses unknown ones."""
    row = await _model(model_id)
    held = from_json(row["definition"])
    rules = [
        RuleText(
            *(one.name, one.points, one.condition, one.dimension, one.once, one.cap_per_day),
            one.group,
        )
        for one in held.rules
    ]
    return ModelText(
        *(row["name"], rules, held.bands, held.groups, held.half_life, held.window),
        row["conversion"],
    )


async def is_taken(name: str) -> bool:
    """Whether a model, in force or not, is called so."""
    return bool(await fetch("SELECT 1 FROM scoring_model WHERE name_key = ?", (name_key(name),)))


async def found_model(model_id: int, expected_version: int | None = None) -> Row:
    """The model, held until the transaction ends; refuses unknown, retired and changed ones."""
    row = await _model(model_id, for_update())
    if row["status"] == ModelStatus.RETIRED:
        raise Refused(Code.MODEL_RETIRED, "The model is retired; write a new one.", ("id",))
    if expected_version not in (None, row["version"]):
        message = f"The model was changed meanwhile; it is at version {row['version']} now."
        raise Refused(Code.STALE_DRAFT, message, ("expectedVersion",))
    return row


async def _write(actor: Actor, model_id: int, name: str, version: int, text: ModelText) -> None:
    keys = await _keys(model_id, [rule.name for rule in text.rules])
    definition = definition_of(text, keys)
    await execute(
        "UPDATE scoring_model SET name = ?, name_key = ?, status = ?, version = ?,"
        " definition = ?, bands = ?, half_life = ?, time_window = ?, conversion = ?,"
        " actor_name = ?, updated_at = ? WHERE id = ?",
        (
            *(name, name_key(name), ModelStatus.DRAFT, version, to_json(definition)),
            *(bands_json(text), text.half_life, text.window, conversion_event(text.conversion)),
            *(actor.name, now(), model_id),
        ),
    )
    for place, rule in enumerate(definition.rules):
        await execute(
            "UPDATE scoring_rule SET name = ?, place = ?, points = ?, dimension = ?, once = ?,"
            " cap_per_day = ?, group_name = ?, condition = ?, condition_summary = ?,"
            " dropped_at = NULL WHERE id = ?",
            (
                *(rule.name, place, rule.points, rule.dimension, rule.once, rule.cap_per_day),
                *(rule.group, storage.to_json(rule.condition), await explain(rule.condition)),
                rule.key,
            ),
        )


async def _keys(model_id: int, names: Sequence[str]) -> list[int]:
    """The rules of a model by name: those it had keep their keys, others are new or dropped."""
    known: dict[str, list[int]] = {}
    for row in await fetch(
        "SELECT id, name FROM scoring_rule WHERE model_id = ? ORDER BY id", (model_id,)
    ):
        known.setdefault(row["name"], []).append(row["id"])
    await execute("UPDATE scoring_rule SET dropped_at = ? WHERE model_id = ?", (now(), model_id))
    keys = []
    for place, name in enumerate(names):
        if known.get(name):
            keys.append(known[name].pop(0))
            continue
        rows = await insert_rows(
            "scoring_rule",
            ["model_id", "name", "place", "points", "once", "condition"],
            [(model_id, name, place, 0, False, "{}")],
            returning="id",
        )
        keys.append(int(rows[0]["id"]))
    return keys


async def _model(model_id: int, locking: str = "") -> Row:
    row = await fetch_one(f"SELECT * FROM scoring_model WHERE id = ?{locking}", (model_id,))
    if row is None:
        raise Refused(Code.MODEL_NOT_FOUND, "There is no such model.", ("id",))
    return row


def _taken(name: str) -> Refused:
    message = f"There is a model called {name} already."
    return Refused(Code.NAME_TAKEN, message, ("name",))
