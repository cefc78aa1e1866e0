"""The size of the data set, and what chance decides in it.

Rows follow from size and seed alone, and times from a fixed day, so that two machines ask the same
questions of the same data.
"""

import random
from dataclasses import asdict, dataclass, replace

DAY = 86_400_000
END = 1_751_328_000_000  # 2025-07-01
YEAR = 365 * DAY
CUSTOMERS_PER_ACCOUNT = 20
CUSTOMERS_PER_ASSET = 50


@dataclass(frozen=True)
class World:
    """How much there is of everything."""

    customers: int
    touchpoints: int
    seed: int = 7

    @property
    def accounts(self) -> int:
        """Companies; one customer in five belongs to none."""
        return max(120, self.customers // CUSTOMERS_PER_ACCOUNT)

    @property
    def assets(self) -> int:
        """Pieces of content; always more than a page of them."""
        return max(120, self.customers // CUSTOMERS_PER_ASSET)

    @property
    def tenth(self) -> "World":
        """A world like this one with a tenth of everything."""
        return replace(self, customers=self.customers // 10, touchpoints=self.touchpoints // 10)

    @property
    def name(self) -> str:
        """Tells one size and seed from the others."""
        return "-".join(str(value) for value in asdict(self).values())

    def moment(self, touchpoint: int) -> int:
        """When a touchpoint happened: evenly over the year, in the order of their ids."""
        return END - YEAR + YEAR * touchpoint // (self.touchpoints + 1)

    def chance(self, about: str) -> random.Random:
        """Randomness for one part of the data, whatever the other parts take."""
        return random.Random(f"{self.name} {about}")
