"""What others may read of performance: queries for a parent and a range of days.

Holes in braces are filled by the reader: ``{first}`` and ``{last}`` are days (UTC, from 1970), the
others keys of the parent. So a range is always summed from daily figures. ``{?name … ?}`` is a
column that is worked out only where somebody reads it.
"""

from touchline.domain.channels.relations import ORIGIN
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.kernel.money import amount_sql, decimal_sql
from touchline.domain.kernel.relations import Column, flag, key, moment, number, relation, text
from touchline.domain.performance.counting import CLICKED, READ, SHARED
from touchline.domain.rates.relations import VALUE_EXCHANGE_RATE, holds
from touchline.domain.timeline.relations import TOUCHPOINT

_COUNTS = ("reads", "views", "clicks", "shares", "conversions", "assisted")


def _spared(name: str, sql: str) -> str:
    return f"{{?{name} {sql} AS {name}, ?}}"


_SUMS = "".join(_spared(one, f"CAST(COALESCE(sum(d.{one}), 0) AS BIGINT)") for one in _COUNTS)
_COMPUTED = _spared("computed_at", "max(d.computed_at)")
_FIGURES = (
    _spared("first_day", "CAST({first} AS BIGINT)")
    + _spared("last_day", "CAST({last} AS BIGINT)")
    + _SUMS
    + _COMPUTED
    + "count(*) FILTER (WHERE 1 = 0) AS aggregated"
)
"""An aggregate is among them whatever is read, so that there is one row whatever happened."""
_IN_RANGE = "d.day >= {first} AND d.day <= {last}"
_UNIT = 1_000_000
_HUNDREDTHS = _UNIT // 100


def _within(alias: str) -> str:
    """The days of the row, of rows ``alias`` of another table."""
    return f"{alias}.day >= {{t}}.first_day AND {alias}.day <= {{t}}.last_day"


def _worth(action: str, channel: str, day: str) -> str:
    """Millionths of a unit that one action is worth."""
    first = (
        f"(SELECT b.reference FROM {VALUE_EXCHANGE_RATE.table} b WHERE b.withdrawn_at IS NULL"
        " ORDER BY b.id LIMIT 1)"
    )
    return (
        f"CASE WHEN {action} = {first} THEN {_UNIT}"
        f" ELSE COALESCE({_UNIT * _UNIT} / {holds(action, channel, day)}, 0) END"
    )


_ACTIONS = " + ".join(
    f"{count} * {_worth(repr(action), 'd.channel_id', 'd.day')}"
    for count, action in (("d.reads", READ), ("d.shares", SHARED), ("d.clicks", CLICKED))
)
_CONVERTED = _worth("h.name", "COALESCE(o.channel_id, 0)", "c.day")


def _units(assets: str) -> str:
    """Units that actions with assets, and conversions by them, are worth; from days and rates."""
    return (
        f"SELECT {decimal_sql('w.units', 100)} FROM (SELECT"
        f" CAST(COALESCE(sum(one.units), 0) AS BIGINT) / {_HUNDREDTHS} AS units FROM ("
        f"SELECT {_ACTIONS} AS units FROM asset_channel_day d"
        f" WHERE d.asset_id {assets} AND {_within('d')}"
        f" UNION ALL SELECT {_CONVERTED} FROM asset_conversion c"
        f" JOIN {CONVERSION.table} v ON v.id = c.conversion_id"
        f" JOIN {TOUCHPOINT.table} h ON h.id = v.touchpoint_id"
        f" LEFT JOIN {ORIGIN.table} o ON o.id = c.origin_id"
        f" WHERE c.asset_id {assets} AND NOT c.is_assist AND {_within('c')}) one) w"
    )


def _figures(*more: Column) -> tuple[Column, ...]:
    return (
        key(),
        number("first_day"),
        number("last_day"),
        *(number(one) for one in _COUNTS),
        moment("computed_at", nullable=True),
        *more,
    )


_KIN = f"IN (SELECT kin.id FROM {CONTENT_ASSET.table} kin WHERE kin.family_id = {{t}}.id)"

CONTENT_PERFORMANCE = relation(
    f"(SELECT {_FIGURES}, CAST({{asset}} AS BIGINT) AS id FROM asset_day d"
    f" WHERE d.asset_id = {{asset}} AND {_IN_RANGE})",
    *_figures(
        number(
            "readers",
            sql="SELECT count(DISTINCT r.customer_id) FROM asset_reader r"
            f" WHERE r.asset_id = {{t}}.id AND {_within('r')}",
        ),
        text("value_units", sql=_units("= {t}.id")),
    ),
)

FAMILY_PERFORMANCE = relation(
    f"(SELECT {_FIGURES}, CAST({{family}} AS BIGINT) AS id"
    f" FROM {CONTENT_ASSET.table} a JOIN asset_day d"
    f" ON d.asset_id = a.id WHERE a.family_id = {{family}} AND {_IN_RANGE})",
    *_figures(
        number(
            "readers",
            sql="SELECT count(DISTINCT r.customer_id) FROM asset_reader r"
            f" WHERE r.asset_id {_KIN} AND {_within('r')}",
        ),
        number(
            "assisted_once",
            sql="SELECT count(DISTINCT c.conversion_id) FROM asset_conversion c"
            f" WHERE c.asset_id {_KIN} AND c.is_assist AND {_within('c')} AND NOT EXISTS"
            " (SELECT 1 FROM asset_conversion k WHERE k.conversion_id = c.conversion_id"
            f" AND NOT k.is_assist AND k.asset_id {_KIN})",
        ),
        text("value_units", sql=_units(_KIN)),
    ),
)

PUBLICATION_PERFORMANCE = relation(
    f"(SELECT {_FIGURES}, CAST(COALESCE((SELECT sum(o.clicks)"
    " FROM asset_origin_day o WHERE o.link_id = {link} AND o.day >= {first} AND o.day <= {last}),"
    " 0) AS BIGINT) AS link_clicks, CAST({publication} AS BIGINT) AS id FROM asset_channel_day d"
    f" WHERE d.asset_id = {{asset}} AND d.channel_id = {{channel}} AND {_IN_RANGE})",
    *_figures(number("link_clicks")),
)

CONTENT_DAY = relation(
    f"(SELECT d.* FROM asset_day d WHERE d.asset_id = {{asset}} AND {_IN_RANGE})",
    key(),
    number("day"),
    number("readers"),
    *(number(one) for one in _COUNTS),
    moment("computed_at"),
)

CONTENT_CHANNEL = relation(
    f"(SELECT {_SUMS}{_COMPUTED}d.channel_id, d.channel_id AS id"
    f" FROM asset_channel_day d WHERE d.asset_id = {{asset}} AND {_IN_RANGE}"
    " GROUP BY d.channel_id)",
    key(),
    key("channel_id"),
    *(number(one) for one in _COUNTS),
    moment("computed_at"),
)


def _value(whose: str) -> str:
    return (
        "(SELECT min(v.id) AS id, min(v.currency) AS currency,"
        " CAST(sum(v.value_minor) AS BIGINT) AS minor, count(DISTINCT v.currency) > 1 AS is_mixed"
        f" FROM asset_value_day v WHERE {whose} AND v.day >= {{first}} AND v.day <= {{last}}"
        " HAVING count(*) > 0)"
    )


_MONEY = (
    key(),
    text("amount", sql=amount_sql("{t}.minor", "{t}.currency")),
    text("currency"),
    flag("is_mixed"),
)
CONTENT_VALUE = relation(_value("v.asset_id = {asset}"), *_MONEY)
FAMILY_VALUE = relation(
    _value(
        f"v.asset_id IN (SELECT kin.id FROM {CONTENT_ASSET.table} kin"
        " WHERE kin.family_id = {family})"
    ),
    *_MONEY,
)
"""What conversions are worth in money, in one currency unless ``is_mixed``."""
