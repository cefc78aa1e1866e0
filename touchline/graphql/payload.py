"""What every mutation answers with, the way back to reading included."""

from touchline.graphql.base.fields import root
from touchline.graphql.base.payload import Payload
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.query import Query


@entity(permission=EVERYONE, description="The answer to a mutation.")
class Answer(Payload):
    """Base of every payload."""

    query: Query = root(permission=READ, description="Everything that can be read, as it is now.")
