"""What is published stands whole in one version or the other, whenever the worker dies."""

import pytest

from tests.e2e.publishing_rig import rehearse
from tests.support.product import Product
from touchline.domain.conditions import building
from touchline.settings import Settings

CUSTOMERS = 5_500
KILLS = 2


async def test_a_publish_that_is_killed_leaves_one_version_whole_and_is_finished(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "AT_ONCE_UP_TO", 0)  # so few customers would be done at once
    product = Product(db.data_dir, database_url=db.database_url)

    outcome = await rehearse(product, customers=CUSTOMERS, kills=KILLS, seed=3)

    assert outcome.broken == {}
    assert outcome.by_hand + outcome.of_itself == KILLS
