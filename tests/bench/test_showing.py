"""What a run of the bench of queries prints."""

from bench.figures import Figure
from bench.queries.measuring import Results
from bench.queries.shooting import Sample
from bench.queries.showing import show
from tests.support.deployment import Mode


def _shares(mode: Mode, paces: dict[str, float]) -> list[Figure]:
    results = Results({("W1", mode, name): [Sample(pace, 1, 1)] for name, pace in paces.items()})
    rates = {name: results.rate("W1", mode, name) for name in paces}
    return [rates["touchline"].over(rate) for name, rate in rates.items() if name != "touchline"]


def test_the_last_table_tells_the_shares_of_the_limits_and_of_the_best_other_server() -> None:
    figures = [
        *_shares("sqlite", {"touchline": 90, "limit": 100}),
        *_shares(
            "postgres",
            {"touchline": 60, "limit": 80, "mercurius": 20, "directus": 6, "pgbench": 300},
        ),
    ]
    assert show(figures).splitlines()[-2:] == [
        "    ÷ limit, PostgreSQL  ÷ limit, SQLite  ÷ best server",
        "W1  0.75                 0.90             3.00 mercurius",
    ]
