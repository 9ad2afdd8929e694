"""The JSON schema of config files, made from what the keys, the rules' options and the rooms say of themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from listlint import __version__
from listlint.config.keys import FAILING, SEVERITIES, keys, rule_options
from listlint.config.rooms import room_fields
from listlint.knowledge.knowledge import PARTS
from listlint.options import Options
from listlint.rules import catalogue

if TYPE_CHECKING:
    from listlint.config.rooms import Field
    from listlint.rule import Option

__all__ = ["schema", "schema_text"]

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
TEXTS = {"anyOf": [{"type": "array", "items": {"type": ["string", "integer"]}}, {"type": "string"}]}
RULES = {"$ref": "#/$defs/rules"}


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """A config that holds to it is one that listlint reads, but for what only listlint knows, such as encodings."""
    own = {option.name: _typed(option) for _, option in rule_options()}
    default = Options()
    properties = {}
    for name, key in keys().items():
        content = _run().get(name) or own[name]
        properties[name] = {"description": key.help, **content, "default": key.shown(default)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "listlint's config: .listlint.yaml, or [tool.listlint] in pyproject.toml",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": properties,
        "$defs": {"rules": _rules(), "rule": {"enum": _names()}},
    }


def _run() -> dict[str, dict[str, Any]]:
    """What the keys may hold that are no rule's own."""
    rows = {"type": ["array", "null"]}
    return {
        "files": TEXTS,
        "exclude": TEXTS,
        "references": TEXTS,
        "encoding": {"type": "string"},
        "select": RULES,
        "extend-select": RULES,
        "ignore": RULES,
        "per-path-ignores": {"type": ["object", "null"], "additionalProperties": RULES},
        "severity": _by_rule({"enum": [*SEVERITIES, False]}),
        "fail-on": {"enum": list(FAILING)},
        "baseline": {"type": ["string", "null"]},
        "rules": {"type": ["object", "null"], "properties": _options(), "additionalProperties": False},
        "layout": _room("layout"),
        "links": _room("links"),
        "words": {"type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, _pair()]}},
        "knowledge": {
            "type": ["object", "null"],
            "properties": dict.fromkeys(PARTS, rows),
            "additionalProperties": False,
        },
    }


def _pair() -> dict[str, Any]:
    return {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}


def _names() -> list[str]:
    return [word for rule in catalogue().values() for word in (rule.name, rule.code)]


def _rules() -> dict[str, Any]:
    """One word or several; beside names and codes there are prefixes of codes."""
    word = {
        "anyOf": [{"$ref": "#/$defs/rule"}, {"type": "string", "pattern": "^(ALL|[A-Za-z]{1,3}[0-9]{0,2})$"}]
    }
    return {"anyOf": [word, {"type": "array", "items": word}]}


def _by_rule(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "propertyNames": {"$ref": "#/$defs/rule"},
        "additionalProperties": content,
    }


def _options() -> dict[str, Any]:
    """The options of every rule that has some, under its name and its code."""
    found: dict[str, Any] = {}
    for rule in catalogue().values():
        if rule.options:
            table = {
                "type": ["object", "null"],
                "properties": {
                    one.name: {"description": one.help, **_typed(one), "default": _plain(one.default)}
                    for one in rule.options
                },
                "additionalProperties": False,
            }
            found |= {rule.name: table, rule.code: table}
    return found


def _room(room: str) -> dict[str, Any]:
    properties = {}
    for name, one in room_fields(room).items():
        is_settled = __version__ not in str(one.default)
        properties[name] = _typed(one) | ({"default": _plain(one.default)} if is_settled else {})
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _typed(one: Option | Field) -> dict[str, Any]:
    """What a single value may be."""
    if one.choices:
        return {"enum": list(one.choices)}
    return TEXTS if one.type is tuple else {"type": TYPES[one.type]}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
