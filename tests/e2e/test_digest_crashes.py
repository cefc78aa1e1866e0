"""The weekly update arrives once at each target, whenever the worker dies on the way."""

from tests.e2e.digest_rig import rehearse
from tests.support.product import Product
from touchline.settings import Settings

ENDS = ("digest.written", "mail taken")


async def test_an_update_whose_senders_are_killed_arrives_under_one_id(db: Settings) -> None:
    product = Product(db.data_dir, database_url=db.database_url)

    outcome = await rehearse(product, weeks=1, ends=ENDS)

    assert outcome.broken == []
    assert dict(outcome.kills) == dict.fromkeys(ENDS, 1)
    assert outcome.copies >= 1  # a mail that was taken, while the answer did not come
