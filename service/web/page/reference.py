"""The API's description becomes one page to read: it runs no script and loads nothing from elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from service.review.formats.markup import Content, Node, make

Schema = dict[str, Any]
"""A part of an OpenAPI 3.1 description: JSON Schema, or what stands around it."""

_LIMITS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default")
_REFERENCE = "#/components/schemas/"


class _Operation(NamedTuple):
    method: str
    path: str
    said: Schema

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".replace("{", "").replace("}", "").replace("/", "-")


def build_reference(description: Schema, assets: str) -> str:
    """The page of an OpenAPI description. `assets` is where its style and its icon are on the same server."""
    info, groups = description["info"], _groups(description)
    head = make(
        "head",
        make("meta", attributes={"charset": "utf-8"}),
        make("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        make("title", f"{info['title']} API"),
        make("link", attributes={"rel": "stylesheet", "href": f"{assets}/css/reference.css"}),
        make("link", attributes={"rel": "icon", "href": f"{assets}/icon.svg", "type": "image/svg+xml"}),
    )
    main = make(
        "main",
        make("h1", f"{info['title']} API {info['version']}"),
        make("p", *_prose(info["description"])),
        make("p", "For programs: ", _link("/openapi.json", f"OpenAPI {description['openapi']}"), ". A key goes into ",
             make("code", "Authorization: Bearer KEY"), "."),
        make("nav", *(_link(f"#tag-{tag}", tag) for tag in groups), _link("#schemas", "schemas")),
        *(_group(tag, operations) for tag, operations in groups.items()),
        make("h2", "schemas", attributes={"id": "schemas"}),
        *(_schema(name, schema) for name, schema in sorted(description["components"]["schemas"].items())),
    )  # fmt: skip
    page = make("html", head, make("body", main), attributes={"lang": "en", "data-page": "reference"})
    return etree.tostring(page, encoding="unicode", method="html", doctype="<!doctype html>") + "\n"


def _groups(description: Schema) -> dict[str, list[_Operation]]:
    groups: defaultdict[str, list[_Operation]] = defaultdict(list)
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            groups[said["tags"][0]].append(_Operation(method, path, said))
    return groups


def _group(tag: str, operations: list[_Operation]) -> Node:
    return make("section", make("h2", tag), *map(_operation, operations), attributes={"id": f"tag-{tag}"})


def _operation(operation: _Operation) -> Node:
    said = operation.said
    first, _, rest = str(said.get("description") or said["summary"]).partition("\n\n")
    parts: list[Content] = [
        make(
            "summary", make("strong", operation.method.upper()), " ", make("code", operation.path), " ", *_prose(first)
        )
    ]
    parts += [make("p", *_prose(paragraph)) for paragraph in rest.split("\n\n") if paragraph]
    if parameters := said.get("parameters"):
        parts += [make("h3", "Parameters"), _table(map(_parameter, parameters))]
    if body := said.get("requestBody"):
        parts += [make("h3", "Body"), _contents(body["content"])]
    parts += [
        make("h3", "Answers"),
        _table(_answer(status, each) for status, each in sorted(said["responses"].items())),
    ]
    return make("details", *parts, attributes={"id": operation.anchor})


def _parameter(parameter: Schema) -> list[Content]:
    needed = f"{parameter['in']}, required" if parameter.get("required") else parameter["in"]
    kind = make("span", *_kind(parameter["schema"]))
    return [make("code", parameter["name"]), needed, kind, make("span", *_prose(parameter.get("description", "")))]


def _answer(status: str, answer: Schema) -> list[Content]:
    return [make("code", status), make("span", *_prose(answer["description"])), _contents(answer.get("content", {}))]


def _contents(content: Schema) -> Node:
    """Each media type with what it carries."""
    return make("ul", *(make("li", media, " ", *_kind(each.get("schema", {}))) for media, each in content.items()))


def _schema(name: str, schema: Schema) -> Node:
    needed = schema.get("required", ())
    rows: Iterator[list[Content]] = (
        [
            make("code", field),
            "required" if field in needed else "",
            make("span", *_kind(each)),
            each.get("description", ""),
        ]
        for field, each in schema.get("properties", {}).items()
    )
    own: list[Content] = [_table(rows)] if "properties" in schema else [make("p", *_kind(schema))]
    said = [make("p", *_prose(schema["description"]))] if "description" in schema else []
    anchor = {"id": f"schema-{name}"}
    return make("details", make("summary", make("code", name)), *said, *own, attributes=anchor)


def _kind(schema: Schema) -> list[Content]:
    """What a value may be, in words and links."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return [_link(f"#schema-{name}", name)]
    for together in ("anyOf", "oneOf"):
        if together in schema:
            kinds = [_kind(each) for each in schema[together]]
            return [*kinds[0], *(piece for kind in kinds[1:] for piece in (" or ", *kind)), _limits(schema)]
    if schema.get("type") == "array":
        return ["list of ", *_kind(schema.get("items", schema.get("prefixItems", [{}])[0])), _limits(schema)]
    if "enum" in schema or "const" in schema:
        return [", ".join(str(value) for value in schema.get("enum", [schema.get("const")]))]
    return [" ".join(str(schema[name]) for name in ("type", "format") if name in schema), _limits(schema)]


def _limits(schema: Schema) -> str:
    found = [f"{name} {schema[name]}" for name in _LIMITS if schema.get(name) is not None]
    return f" ({', '.join(found)})" if found else ""


def _prose(text: str) -> list[Content]:
    """The text with what stands between backquotes as code."""
    return [make("code", piece) if number % 2 else piece for number, piece in enumerate(text.split("`"))]


def _table(rows: Iterable[list[Content]]) -> Node:
    return make("table", *(make("tr", *(make("td", cell) for cell in row)) for row in rows))


def _link(address: str, text: str) -> Node:
    return make("a", text, attributes={"href": address})
