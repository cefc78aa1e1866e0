"""For how long caches may keep an answer: as long as all that was asked for may be kept."""

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationType

from touchline.graphql.base.wiring import fact_of
from touchline.graphql.engine.introspection import root_fields


def keep_s(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> int:
    """Seconds; 0 when something of it must be asked for each time."""
    root = schema.query_type
    if operation.operation is not OperationType.QUERY or root is None:
        return 0
    asked = [root.fields.get(node.name.value) for node in root_fields(document, operation)]
    facts = [fact_of(field) if field else None for field in asked]
    return min((fact.keep_s if fact else 0 for fact in facts), default=0)
