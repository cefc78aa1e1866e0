"""Whether an item may be pulled: five questions, answered by what is written of it."""

from collections.abc import Collection

from touchline.domain.backlog.items import Item
from touchline.domain.backlog.types import ORDERED, Question

LARGEST_READY = 8


def missing(item: Item, open_ids: Collection[int]) -> list[Question]:
    """The questions that are open; ``open_ids`` are the items that are not closed.

    The Owner gave it a place. It has a size of at most 8. Its dependencies are named (or it was
    said that there are none) and closed. It is written what success would be, and by which figure,
    up to which target and in how long it is seen.
    """
    answered = {
        Question.ORDERED: item.state in ORDERED,
        Question.SIZED: item.effort is not None and item.effort <= LARGEST_READY,
        Question.DEPENDENCIES: item.is_dependency_known
        and not any(one in open_ids for one in item.depends_on),
        Question.SUCCESS: bool(item.hypothesis),
        Question.MEASURABLE: None not in (item.metric, item.target_milli, item.window_days),
    }
    return [question for question, known in answered.items() if not known]
