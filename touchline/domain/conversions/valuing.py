"""What customers have brought in: conversions less refunds, by currency."""

from collections.abc import Collection

from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.money import sum_sql
from touchline.domain.kernel.rows import in_list, parts

_PART = 2_000
_COLUMNS = "customer_id, currency, conversions, value_minor, refunded_minor, first_at, last_at"
_SUMS = (
    f"SELECT customer_id, currency, count(*), {sum_sql('value_minor')},"
    f" {sum_sql('refunded_minor')}, min(occurred_at), max(occurred_at) FROM conversion"
    " WHERE in_lifetime = TRUE AND value_minor IS NOT NULL"
)


async def value_anew(customer_ids: Collection[int]) -> None:
    """Sum up anew what some customers have brought in."""
    for some in parts(sorted(customer_ids), _PART):
        condition, params = in_list("customer_id", some)
        await execute(f"DELETE FROM customer_value WHERE {condition}", params)
        await execute(
            f"INSERT INTO customer_value ({_COLUMNS}) {_SUMS} AND {condition}"
            " GROUP BY customer_id, currency",
            params,
        )


async def mend_values() -> tuple[int, int]:
    """Sum up anew what all customers have brought in where it is wrong.

    Returns how many sums there are, and how many were wrong.
    """
    standing = f"SELECT {_COLUMNS} FROM customer_value"
    sums = f"{_SUMS} GROUP BY customer_id, currency"
    wrong = {
        row[0]
        for first, second in ((standing, sums), (sums, standing))
        for row in await fetch(f"SELECT * FROM ({first}) a EXCEPT SELECT * FROM ({second}) b")
    }
    await value_anew(wrong)
    (row,) = await fetch("SELECT count(*) AS found FROM customer_value")
    return row["found"], len(wrong)
