"""The schema as a page for readers: roots first, then every type, each linked where it is named."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
    ast_from_value,
    is_introspection_type,
    is_specified_scalar_type,
    print_ast,
)

from touchline.graphql.base.wiring import node_targets, permissions_of
from touchline.graphql.schema import build_schema

_HEAD = """\
# Schema reference

All that GraphQL offers, written from the schema by `make schema`. The same in the schema language
is `schema.graphql`, at the top of the repository. How to call it: [GraphQL](../guides/graphql.md).
"""
_KINDS: tuple[tuple[str, type[GraphQLNamedType]], ...] = (
    ("Objects", GraphQLObjectType),
    ("Inputs", GraphQLInputObjectType),
    ("Enums", GraphQLEnumType),
    ("Interfaces", GraphQLInterfaceType),
    ("Scalars", GraphQLScalarType),
)
Described = GraphQLField | GraphQLArgument | GraphQLInputField | GraphQLEnumValue


def reference_text() -> str:
    """The whole page in Markdown, as it is committed in ``docs/reference/schema.md``."""
    schema = build_schema()._schema
    parts = [_HEAD, *_roots(schema), *_types(schema)]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _roots(schema: GraphQLSchema) -> Iterator[str]:
    scopes = _scopes(schema)
    for title, root in (
        ("Queries", schema.query_type),
        ("Mutations", schema.mutation_type),
        ("Subscriptions", schema.subscription_type),
    ):
        if root is None:
            continue
        yield f"## {title}\n\n{root.description}"
        for name, field in root.fields.items():
            answer = f"Answers {_linked(field.type)}. {scopes(root, field)}"
            yield f"### {root.name}.{name}\n\n{_said(field)}\n\n{answer}"
            yield from _table("Argument", field.args)


def _scopes(schema: GraphQLSchema) -> Callable[[GraphQLObjectType, GraphQLField], str]:
    nodes = node_targets(schema)

    def told(root: GraphQLObjectType, field: GraphQLField) -> str:
        needed = permissions_of(root, field, nodes, is_root=True)
        names = sorted(f"`{one.scope.lower()}`" for one in needed if one.scope is not None)
        return f"Needs the scope {' and '.join(names)}." if names else "Needs no scope."

    return told


def _types(schema: GraphQLSchema) -> Iterator[str]:
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    shown = [
        kind
        for _, kind in sorted(schema.type_map.items())
        if kind not in roots and not is_introspection_type(kind) and not _built_in(kind)
    ]
    for title, group in _KINDS:
        yield f"## {title}"
        for kind in shown:
            if isinstance(kind, group):
                yield from _type(kind)


def _type(kind: GraphQLNamedType) -> Iterator[str]:
    yield f"### {kind.name}\n\n{kind.description}"
    if isinstance(kind, GraphQLObjectType) and kind.interfaces:
        yield f"Is a {', '.join(map(_linked, kind.interfaces))}."
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        yield from _table("Field", kind.fields)
        for name, field in kind.fields.items():
            yield from _table(f"Argument of `{name}`", field.args)
    elif isinstance(kind, GraphQLInputObjectType):
        yield from _table("Field", kind.fields)
    elif isinstance(kind, GraphQLEnumType):
        rows = [(f"`{name}`", _said(value)) for name, value in kind.values.items()]
        yield _grid(("Value", "Meaning"), rows)
    elif isinstance(kind, GraphQLScalarType) and kind.specified_by_url:
        yield f"Specified by <{kind.specified_by_url}>."


def _table(
    what: str, members: Mapping[str, GraphQLField | GraphQLArgument | GraphQLInputField]
) -> Iterator[str]:
    if members:
        rows = [(f"`{name}`", _linked(one.type), _said(one)) for name, one in members.items()]
        yield _grid((what, "Type", "Meaning"), rows)


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _said(one: Described) -> str:
    """The description, the default and the deprecation of a member on one line."""
    words = [" ".join((one.description or "").split()).replace("|", "\\|")]
    default = getattr(one, "default_value", Undefined)
    if default is not Undefined and default is not None:
        node = ast_from_value(default, one.type)  # type: ignore[union-attr,arg-type]
        words.append(f"Default: `{print_ast(node)}`." if node else "")
    if one.deprecation_reason:
        words.append(f"Deprecated: {one.deprecation_reason}")
    return " ".join(filter(None, words))


def _linked(kind: object) -> str:
    if isinstance(kind, GraphQLNonNull):
        return f"{_linked(kind.of_type)}!"
    if isinstance(kind, GraphQLList):
        return f"\\[{_linked(kind.of_type)}\\]"
    assert isinstance(kind, GraphQLNamedType)
    anchor = "queries" if kind.name == "Query" else kind.name.lower()
    return kind.name if _built_in(kind) else f"[{kind.name}](#{anchor})"


def _built_in(kind: GraphQLNamedType) -> bool:
    return is_specified_scalar_type(kind)
