"""The chart: what share of the limit's pace each GraphQL server reaches."""

from pathlib import Path

import pygal
from pygal.style import Style

from bench.page.kept import LIMIT, OURS, Queries

COLOURS = ("#0b6e99", "#b8b8b8", "#8f8f8f", "#d9a441", "#a5673f", "#7a9e7e", "#c17c74")


def draw(queries: Queries, workloads: list[str], file: Path) -> None:
    """Write the chart as SVG, without scripts."""
    style = Style(colors=COLOURS, background="white", plot_background="white", font_family="sans")
    chart = pygal.Bar(
        style=style,
        js=[],
        pretty_print=True,
        disable_xml_declaration=True,
        explicit_size=True,
        width=960,
        height=420,
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
        truncate_legend=-1,
        y_title="share of hand-written SQL",
        range=(0, 1),
    )
    chart.x_labels = [f"{key} {queries.workloads[key]}" for key in workloads]
    names = [
        name
        for name in queries.contenders("postgres")
        if name == OURS or not name.startswith((OURS, LIMIT, "pgbench"))
    ]
    for name in names:
        shares = [queries.ratio(key, "postgres", name) for key in workloads]
        chart.add(name, [share and round(share.median, 3) for share in shares])
    file.write_text(chart.render(is_unicode=True) + "\n")
