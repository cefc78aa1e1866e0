"""What goals have brought in all, by currency: counted with every change, and here anew."""

from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.money import sum_sql

_COLUMNS = "goal_id, currency, conversions, value_minor, refunded_minor"
_SUMS = (
    "SELECT goal_id, COALESCE(currency, '') AS currency, count(*) AS conversions,"
    f" COALESCE({sum_sql('value_minor')}, 0) AS value_minor,"
    f" {sum_sql('refunded_minor')} AS refunded_minor"
    " FROM conversion WHERE goal_id = ? GROUP BY goal_id, COALESCE(currency, '')"
)
_STANDING = f"SELECT {_COLUMNS} FROM conversion_total WHERE goal_id = ? AND conversions > 0"


async def total_anew(goal_id: int) -> None:
    """Count the conversions of a goal anew."""
    await execute("DELETE FROM conversion_total WHERE goal_id = ?", (goal_id,))
    await execute(f"INSERT INTO conversion_total ({_COLUMNS}) {_SUMS}", (goal_id,))


async def is_true(goal_id: int) -> bool:
    """Whether what was counted live is what counting says."""
    wrong = await fetch(
        f"SELECT * FROM ({_SUMS}) a EXCEPT SELECT * FROM ({_STANDING}) b", (goal_id, goal_id)
    )
    more = await fetch(
        f"SELECT * FROM ({_STANDING}) a EXCEPT SELECT * FROM ({_SUMS}) b", (goal_id, goal_id)
    )
    return not wrong and not more
