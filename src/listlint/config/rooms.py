"""Keys that hold the settings of the rooms below: layout, links and the knowledge."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from listlint.config.key import Key
from listlint.config.values import among, kind, table, typed, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listlint.config.reading import Reading
    from listlint.options import Options

__all__ = ["PARTS_OF_ROOMS", "Field", "room_fields"]


class Field:
    """One setting of a room: its name as a config writes it, its type, its default, its choices."""

    def __init__(self, name: str, hint: Any, default: Any) -> None:
        self.attribute = name
        self.name = name.replace("_", "-")
        self.choices = get_args(hint) if get_origin(hint) is Literal else ()
        self.type: type = str if self.choices else tuple if get_origin(hint) is tuple else hint
        self.default = default

    def read(self, reading: Reading, value: Any, *keys: str) -> Any:
        """The value, of its type and among its choices."""
        if self.choices:
            return among(reading, self.name, value, self.choices, *keys)
        return typed(reading, self.name, value, self.type, *keys)


def room_fields(room: str) -> dict[str, Field]:
    """What a config may set of a room. Settings that no config can write, such as functions, are not among them."""
    found = {}
    hints = _hints(room)
    for one in signature(_kind_of(room)).parameters.values():
        hint = hints[one.name]
        texts = get_origin(hint) is tuple and get_args(hint)[0] is str
        if get_origin(hint) is Literal or hint in (int, float, bool, str) or texts:
            field = Field(one.name, hint, one.default)
            found[field.name] = field
    return found


def _kind_of(room: str) -> Any:
    if room == "layout":
        from listlint.layout.options import LayoutOptions

        return LayoutOptions
    from listlint.links.options import LinkOptions

    return LinkOptions


def _hints(room: str) -> dict[str, Any]:
    from collections.abc import Callable as Function
    from pathlib import Path

    return get_type_hints(_kind_of(room), localns={"Path": Path, "Callable": Function})


def _room(room: str, help_: str) -> Key:
    def put(options: Options, reading: Reading, name: str, value: Any) -> Options:
        known = room_fields(room)
        given: dict[str, Any] = {}
        for one, content in table(reading, name, value, name).items():
            if one not in known:
                raise reading.error(unknown(one, known, f'key of "{name}"'), name, one)
            given[known[one].attribute] = known[one].read(reading, content, name, one)
            try:
                _kind_of(room)(**given)
            except ValueError as error:
                raise reading.error(str(error), name, one) from error
        parts: Mapping[str, Any] = {room: given}
        return options._replace(**parts)

    def shown(options: Options) -> dict[str, Any]:
        given: Mapping[str, Any] = getattr(options, room)
        found = {name: given.get(one.attribute, one.default) for name, one in room_fields(room).items()}
        return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}

    return Key(room, help_, put, shown)


def _with_rows(options: Options, reading: Reading, part: str, value: Any, *keys: str) -> Options:
    """A user's rows of one part of the knowledge join those that are there, if they can be read."""
    from listlint.knowledge.knowledge import Knowledge
    from listlint.knowledge.rulebook import KnowledgeError

    if value is None:
        return options
    if not isinstance(value, list):
        raise reading.error(f'"{part}" is a list of rows, not {kind(value)}', *keys)
    rows = (*options.knowledge.get(part, ()), *value)
    try:
        getattr(Knowledge({part: rows}), part)
    except KnowledgeError as error:
        number = "" if error.row is None else f" (row {error.row + 1})"
        raise reading.error(f"{part}{number}: {error}", *keys) from error
    return options._replace(knowledge={**options.knowledge, part: rows})


def _put_words(options: Options, reading: Reading, name: str, value: Any) -> Options:
    return _with_rows(options, reading, name, value, name)


def _put_knowledge(options: Options, reading: Reading, name: str, value: Any) -> Options:
    from listlint.knowledge.knowledge import PARTS

    for part, rows in table(reading, name, value, name).items():
        if part not in PARTS:
            raise reading.error(unknown(part, PARTS, "part of the knowledge"), name, part)
        options = _with_rows(options, reading, part, rows, name, part)
    return options


def _rows_of(part: str) -> Callable[[Options], list[Any]]:
    return lambda options: list(options.knowledge.get(part, ()))


PARTS_OF_ROOMS = (
    _room("layout", "how blocks are written"),
    _room("links", "how links are asked; times are seconds"),
    Key("words", "words of your own: one that is right, or `wrong: right`", _put_words, _rows_of("words")),
    Key(
        "knowledge",
        "rows of your own for what the rules look up, by part",
        _put_knowledge,
        lambda options: {part: list(rows) for part, rows in options.knowledge.items() if part != "words"},
    ),
)
