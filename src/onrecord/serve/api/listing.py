"""The operations of the OpenAPI document as a list to be read: for the page of the API and its reference."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any, Final

from onrecord.serve.api.describing import EVERYWHERE, TAGS, Described, operations

_CHANGES: Final = ("post", "delete")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, or one field of the body. kind: in words; where: query, path, header or body."""

    name: str
    where: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. answers: status and meaning; curl: a line for the shell that does it."""

    id: str
    method: str
    path: str
    summary: str
    more: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    curl: str


def groups(document: Described, site: str) -> list[tuple[str, str, list[Operation]]]:
    """The operations by their tags: name, what it is about, operations."""
    found: dict[str, list[Operation]] = {tag: [] for tag in TAGS}
    for path, method, operation in operations(document):
        found[operation["tags"][0]].append(_operation(document, path, method, operation, site))
    return [(tag, TAGS[tag], members) for tag, members in found.items()]


def _operation(document: Described, path: str, method: str, described: Described, site: str) -> Operation:
    summary, more = described["summary"], described["description"]
    parameters = [_parameter(document, each) for each in described.get("parameters", ())]
    body = _body(document, described)
    answers = [
        (status, _meaning(document, each))
        for status, each in described["responses"].items()
        if int(status) not in EVERYWHERE
    ]
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=summary,
        more="" if more == summary else more,
        parameters=(*parameters, *_fields(document, body)),
        answers=tuple(sorted(answers)),
        curl=_curl(document, path, method, described, site),
    )


def _meaning(document: Described, answer: Described) -> str:
    """What an answer is: the shape where all went well, what went wrong otherwise."""
    for content in answer.get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        if name and name != "Problem":
            return f"{name}. {one_sentence(document['components']['schemas'][name].get('description', ''))}"
    return str(answer["description"])


def one_sentence(text: str) -> str:
    """The first sentence of a documentation, on one line."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."


def _parameter(document: Described, given: Described) -> Parameter:
    meaning = given.get("description") or given["schema"].get("description", "")
    kind = _kind(document, given["schema"])
    return Parameter(given["name"], given["in"], kind, given.get("required", False), meaning)


def _body(document: Described, described: Described) -> Described:
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    return _resolved(document, content.get("schema", {}))


def _fields(document: Described, body: Described) -> list[Parameter]:
    required = body.get("required", ())
    return [
        Parameter(name, "body", _kind(document, each), name in required, each.get("description", ""))
        for name, each in body.get("properties", {}).items()
    ]


def _resolved(document: Described, schema: Described) -> Described:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Described = document["components"]["schemas"][name] if name else schema
    return found


def _kind(document: Described, schema: Described) -> str:
    """A type in words: text, day, whole number, one of …"""
    schema = _resolved(document, schema)
    if "anyOf" in schema:
        return " or ".join(_kind(document, each) for each in schema["anyOf"] if each.get("type") != "null")
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema['items'])}"
    words = {"string": "text", "integer": "whole number", "boolean": "true | false", "object": "object"}
    return "day" if schema.get("format") == "date" else words.get(schema.get("type", ""), "value")


def _curl(document: Described, path: str, method: str, described: Described, site: str) -> str:
    """The operation as a command: what must be given is given with an example."""
    address = path.replace("{id}", "3f9c2a41d07b").replace("{format}", "csv").replace("{field}", "kind")
    needed = [
        each for each in described.get("parameters", ()) if each.get("required") and each["in"] == "query"
    ]
    parts = ["curl", "-H", '"Authorization: Bearer $ONRECORD_TOKEN"']
    if method in _CHANGES[1:]:
        parts += ["-X", method.upper()]
    if needed:
        parts += ["--get"] if method == "get" else []
        address += (
            "" if method == "get" else "?" + "&".join(f"{each['name']}={_value(each)}" for each in needed)
        )
        for each in needed if method == "get" else ():
            parts += ["--data-urlencode", shlex.quote(f"{each['name']}={_value(each)}")]
    if _body(document, described):
        body = json.dumps(_example(document, described), ensure_ascii=False)
        parts += ["--json", shlex.quote(body)]
    elif "requestBody" in described:
        parts += ["-H", '"Content-Type: application/x-ndjson"', "--data-binary", "@record.jsonl"]
    return " ".join([*parts, shlex.quote(site + address)])


def _value(parameter: Described) -> str:
    return str(parameter["schema"].get("examples", ["Varga"])[0])


def _example(document: Described, described: Described) -> dict[str, Any]:
    """A body of the fields' examples; those that are null are left out."""
    fields = _body(document, described).get("properties", {})
    examples = {name: each["examples"][0] for name, each in fields.items() if each.get("examples")}
    return {name: value for name, value in examples.items() if value not in (None, False)}
