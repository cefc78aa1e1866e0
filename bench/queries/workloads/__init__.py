"""The workloads, in the order of the table. A new one is a file and a line here."""

from bench.queries.workload import Workload
from bench.queries.workloads import (
    w1_customer_page,
    w2_customer_list,
    w3_asset_table,
    w4_ranked_items,
    w4b_board,
    w5_add_tag,
    w6_feed,
    w7_channel_days,
)

WORKLOADS: tuple[Workload, ...] = (
    w1_customer_page.WORKLOAD,
    w2_customer_list.WORKLOAD,
    w3_asset_table.WORKLOAD,
    w4_ranked_items.WORKLOAD,
    w4b_board.WORKLOAD,
    w5_add_tag.WORKLOAD,
    w6_feed.WORKLOAD,
    w6_feed.FIRST_PAGES,
    w6_feed.LAST_PAGES,
    w7_channel_days.WORKLOAD,
    w7_channel_days.BESIDE_COUNTING,
)
