"""``python -m bench page``: writes docs/performance.md and its chart from what was kept."""

import argparse

from bench.figures import Figure
from bench.page import kept
from bench.page.backlog import backlogged
from bench.page.chart import draw
from bench.page.judgement import judged
from bench.page.writing import AIMS, page
from tests.support.product import ROOT


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(_asked: argparse.Namespace) -> list[Figure]:
    """Write the page; the shares of the limit are what it is about."""
    queries = kept.queries()
    keys = [key for key in AIMS if key in queries.workloads]
    sections = [*judged(kept.judgement()), *backlogged(kept.backlog(), kept.board())]
    (ROOT / "docs" / "performance.md").write_text(page(queries, kept.ingest(), sections))
    draw(queries, keys, ROOT / "docs" / "performance.svg")
    ratios = [queries.ratio(key, "postgres") for key in keys]
    return [ratio for ratio in ratios if ratio]
