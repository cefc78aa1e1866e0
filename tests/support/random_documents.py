"""Random valid documents over the whole query schema, from a seed.

A document has aliases, fragments (named and inline), ``@include`` and ``@skip``, variables,
filters, orders and pages in both directions. Ids and cursors are drawn from what answers have
shown, spoilt ones now and then, so that refusals are compared too.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

_DEEPEST = 6
_MOST_VARIABLES = 12
_SPOILT = ["", "nonsense", "WzEsImN1c3RvbWVycyJd", "Q3VzdG9tZXI6MQ", "ü"]


@dataclass
class Known:
    """What may stand in an argument: it is found in the data and in answers."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    cursors: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    moments: list[str] = field(default_factory=list)


@dataclass
class Made:
    """A document and its variables."""

    text: str
    variables: dict[str, Any]


def a_document(schema: GraphQLSchema, seed: int, known: Known) -> Made:
    """The document of a seed."""
    assert schema.query_type is not None
    return _Maker(schema, Random(seed), known).operation(schema.query_type)


@dataclass
class _Maker:
    schema: GraphQLSchema
    random: Random
    known: Known
    declared: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0
    budget: int = 60

    def operation(self, root: GraphQLObjectType) -> Made:
        names = self.random.sample(sorted(root.fields), self.random.choice([1, 1, 1, 2, 3]))
        said = [self.field(name, root.fields[name], 0) for name in names]
        if self.random.random() < 0.1:
            said.append("__typename")
        head = f"query Q({', '.join(self.declared)})" if self.declared else "query Q"
        return Made("\n".join([f"{head} {{ {' '.join(said)} }}", *self.fragments]), self.values)

    def field(self, name: str, definition: GraphQLField, depth: int) -> str:
        self.budget -= 1
        alias = ""
        if self.aliases < 8 and self.random.random() < 0.1:
            self.aliases += 1
            alias = f"a{self.aliases}: "
        given = self.arguments(name, definition)
        said = f"{alias}{name}{f'({given})' if given else ''}{self.directive()}"
        kind = get_named_type(definition.type)
        if is_leaf_type(kind):
            return said
        return f"{said} {{ {self.selection(kind, depth + 1)} }}"

    def selection(self, kind: GraphQLNamedType, depth: int) -> str:
        assert is_object_type(kind) or is_interface_type(kind)
        said = [self.field(name, kind.fields[name], depth) for name in self.chosen(kind, depth)]
        if self.random.random() < 0.15:
            said.insert(self.random.randrange(len(said) + 1), "__typename")
        if is_interface_type(kind):
            for each in self.random.sample(self.schema.get_possible_types(kind), 2):
                said.append(f"... on {each.name} {{ {self.selection(each, depth + 1)} }}")
        text = " ".join(said) or "__typename"
        chance = self.random.random()
        if chance < 0.06:
            name = f"F{len(self.fragments) + 1}"
            self.fragments.append(f"fragment {name} on {kind.name} {{ {text} }}")
            return f"...{name}{self.directive()}"
        return f"... on {kind.name}{self.directive()} {{ {text} }}" if chance < 0.12 else text

    def chosen(self, kind: Any, depth: int) -> list[str]:
        leaves = [n for n, f in kind.fields.items() if is_leaf_type(get_named_type(f.type))]
        others = [n for n in kind.fields if n not in leaves]
        kept = self.random.sample(leaves, self.random.randint(0, min(5, len(leaves))))
        if depth < _DEEPEST and self.budget > 0 and others:
            kept += self.random.sample(others, self.random.randint(0, min(3, len(others))))
        if not kept:
            kept = leaves[:1] or (others[:1] if depth <= _DEEPEST else [])
        self.random.shuffle(kept)
        return kept

    def directive(self) -> str:
        if self.random.random() > 0.04:
            return ""
        name = self.random.choice(["include", "skip"])
        value = self.random.random() < (0.8 if name == "include" else 0.2)
        return f" @{name}(if: {self.written('Boolean!', value)})"

    def arguments(self, of: str, definition: GraphQLField) -> str:
        said = []
        leads_to = get_named_type(definition.type).name
        backward = self.random.random() < 0.3
        for name, argument in definition.args.items():
            if name == "id" and self.random.random() < 0.95:
                said.append(f"id: {self.written('ID!', self.an_id(leads_to))}")
            elif name in ("first", "last"):
                if (name == "last") != backward and self.random.random() > 0.01:
                    continue
                size = self.random.choice([0, 1, 2, 3, 5, 2, 3])
                said.append(f"{name}: {self.written('Int', size)}")
            elif name in ("after", "before"):
                if self.random.random() < 0.2:
                    said.append(f"{name}: {self.written('String', self.cursor(of))}")
            elif is_non_null_type(argument.type) or self.random.random() < 0.4:
                said.append(f"{name}: {self.argument(name, argument)}")
        return ", ".join(said)

    def cursor(self, of: str) -> Any:
        chance = self.random.random()
        if chance < 0.05:
            return self.random.choice(_SPOILT)
        if chance < 0.1:
            return None
        others = [one for cursors in self.known.cursors.values() for one in cursors]
        return self.random.choice((chance < 0.9 and self.known.cursors.get(of)) or others)

    def argument(self, name: str, argument: GraphQLArgument) -> str:
        value = self.value(name, argument.type, 0)
        return self.written(str(argument.type), value, enums=argument.type)

    def value(self, name: str, kind: GraphQLInputType, depth: int) -> Any:
        if is_non_null_type(kind):
            return self.value(name, kind.of_type, depth)
        if is_list_type(kind):
            size = self.random.randint(0 if depth else 1, 3)
            return [self.value(name, kind.of_type, depth + 1) for _ in range(size)]
        if is_input_object_type(kind):
            return self.input(kind, depth)
        if is_enum_type(kind):
            return _Enum(self.random.choice(list(kind.values)))
        return self.scalar(name, str(kind))

    def input(self, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        given = {}
        for name, part in kind.fields.items():
            nested = name in ("and", "or", "not")
            if is_non_null_type(part.type) or self.random.random() < (0.1 if nested else 0.3):
                if nested and depth > 3:
                    continue
                null = not is_non_null_type(part.type) and self.random.random() < 0.08
                given[name] = None if null else self.value(name, part.type, depth + 1)
        return given

    def scalar(self, name: str, kind: str) -> Any:
        if kind == "ID":
            return self.an_id(
                {
                    "account": "Account",
                    "sources": "Source",
                    "hasTag": "Tag",
                    "inSegment": "Segment",
                    "inStage": "Stage",
                    "template": "ContentTemplate",
                    "backlogId": "Backlog",
                }.get(name)
            )
        if kind == "Boolean":
            return self.random.random() < 0.5
        if kind == "Float":
            return self.random.randint(-3, 9)
        if kind == "Int":
            return self.random.randint(0, 5)
        if kind == "DateTime":
            return self.random.choice(self.known.moments)
        return self.random.choice(self.known.texts.get(name) or ["a", "e", "%", "_", "Ü"])

    def an_id(self, wanted: str | None) -> str:
        if self.random.random() < 0.04:
            return self.random.choice(_SPOILT)
        some = self.known.ids.get(wanted or "") or [
            i for ids in self.known.ids.values() for i in ids
        ]
        return self.random.choice(some)

    def written(self, kind: str, value: Any, enums: Any = None) -> str:
        """The value in the document, or as a variable."""
        if len(self.declared) < _MOST_VARIABLES and self.random.random() < 0.5:
            name = f"v{len(self.declared)}"
            self.declared.append(f"${name}: {kind}")
            self.values[name] = _plain(value)
            return f"${name}"
        return _literal(value)


class _Enum(str):
    """The name of an enum's value."""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, _Enum) else value


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Enum | int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return "{" + ", ".join(f"{name}: {_literal(part)}" for name, part in value.items()) + "}"
