"""What relations promise of their rows, the tables keep."""

import importlib
import inspect

from tortoise import Model

from touchline.domain.customers.relations import ACCOUNT_TRAIT, TRAIT
from touchline.domain.kernel.orm import model_modules
from touchline.domain.kernel.relations import Relation


def test_columns_that_tell_rows_apart_are_unique_and_never_null() -> None:
    models = {
        model._meta.db_table: model
        for name in model_modules()
        for model in vars(importlib.import_module(name)).values()
        if inspect.isclass(model) and issubclass(model, Model) and not model._meta.abstract
    }
    promised = [one for one in _relations() if one.unique]
    assert {TRAIT, ACCOUNT_TRAIT} <= set(promised)
    for relation in promised:
        kept = models[relation.table]._meta
        assert set(relation.unique) in [set(key) for key in kept.unique_together], relation.table
        assert not any(kept.fields_map[name].null for name in relation.unique), relation.table


def _relations() -> list[Relation]:
    found: list[Relation] = []
    for name in model_modules():
        capability = name.rpartition(".")[0]
        try:
            module = importlib.import_module(f"{capability}.relations")
        except ModuleNotFoundError:  # nothing of it is read by others
            continue
        found += [one for one in vars(module).values() if isinstance(one, Relation)]
    return found
