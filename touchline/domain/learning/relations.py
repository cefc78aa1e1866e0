"""What others may read of suggested scoring models."""

from touchline.domain.kernel.relations import document, key, moment, number, relation, text

SCORING_SUGGESTION = relation(
    "scoring_suggestion",
    key(),
    key("task_id"),
    key("model_id", nullable=True),
    text("name"),
    text("event", nullable=True),
    text("condition", nullable=True),
    text("condition_summary", nullable=True),
    key("condition_id", sql="({t}.id * 8 + 4)"),
    number("lookback"),
    number("ahead"),
    number("folds"),
    document("fit", nullable=True),
    document("rules"),
    moment("created_at"),
)
