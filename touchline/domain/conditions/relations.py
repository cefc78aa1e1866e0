"""What others may read of a condition, in whichever table it is kept."""

from touchline.domain.kernel.relations import key, relation, text

# Not a table: the columns that every relation has which shows a condition. `condition_id` is made
# of the row's own key and differs from that of every other table.
CONDITION = relation("", key("condition_id"), text("condition"), text("condition_summary"))
