"""From bytes to raw releases: release packages, paging envelopes, record packages, lists, single releases."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_BYTES = 200 * 1024 * 1024
UNUSABLE = "unusable number"
"""Stands where the file has a number nobody can use: Infinity, NaN, or one with thousands of digits."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MAY_HOLD_NO_TEXT = re.compile(r"\\u(?:00[01]|007f|d[89a-f])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", re.I)
"""Escapes and characters from which something that no text may hold can come: most files have none."""
_BAD_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


class NotAReleasePackage(ValueError):
    """The file holds no OCDS releases. The message is one sentence that names it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A unit that is no release: its place in the file, and why."""

    place: str
    reason: str


@dataclass(slots=True)
class Package:
    """What a file holds: raw releases with their places, units that can't be read, and what was mended."""

    name: str
    releases: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _decimal(text: str) -> Decimal | str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return UNUSABLE
    return value if value.is_finite() else UNUSABLE


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= 40 else UNUSABLE


def _text(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise NotAReleasePackage(
            f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB: split it and import the parts"
        )
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotAReleasePackage(f"{name} is no OCDS release package: it is not text in UTF-8") from None


def _mended(text: str) -> str:
    """JSON with backslashes that escape nothing written as plain backslashes: redaction leaves such behind."""
    return _BAD_ESCAPE.sub(lambda found: found.group() if len(found.group()) > 1 else "\\\\", text)


def _parsed(text: str, name: str, notes: list[str]) -> Any:
    options: dict[str, Any] = {
        "parse_float": _decimal,
        "parse_int": _integer,
        "parse_constant": lambda _: UNUSABLE,
        "strict": False,
    }
    try:
        try:
            return json.loads(text, **options)
        except json.JSONDecodeError as error:
            if "escape" not in error.msg:
                raise
            value = json.loads(_mended(text), **options)
            notes.append("a backslash that escapes nothing was read as itself")
            return value
    except json.JSONDecodeError as error:
        raise _no_json(name, error) from None
    except RecursionError:
        raise _too_deep(name) from None


def _too_deep(name: str) -> NotAReleasePackage:
    return NotAReleasePackage(f"{name} is no OCDS release package: it is nested too deeply")


def _no_json(name: str, error: json.JSONDecodeError) -> NotAReleasePackage:
    return NotAReleasePackage(
        f"{name} is no OCDS release package: it is not complete JSON (line {error.lineno})"
    )


def read_package(data: bytes, name: str) -> Package:
    """The releases of one file. Raises NotAReleasePackage for a file that is no such thing."""
    package = Package(name)
    text = _text(data, name)
    value = _parsed(text, name, package.notes)
    if _MAY_HOLD_NO_TEXT.search(text):
        value = _cleaned(value, package, name)
    if not _collect(value, package, ""):
        raise NotAReleasePackage(f"{name} is no OCDS release package: it has no releases in it")
    return package


def _cleaned(value: Any, package: Package, name: str) -> Any:
    """The value without control characters and halves of characters (lone surrogates), in keys and strings alike."""
    found = 0

    def clean(value: Any) -> Any:
        nonlocal found
        if isinstance(value, str):
            kept = _NO_TEXT.sub("", value)
            found += kept != value
            return kept
        if isinstance(value, list):
            return [clean(item) for item in value]
        if isinstance(value, dict):
            return {clean(key): clean(item) for key, item in value.items()}
        return value

    try:
        value = clean(value)
    except RecursionError:
        raise _too_deep(name) from None
    if found:
        package.notes.append(f"characters that no text may hold were left out of {found} of its words")
    return value


def _collect(value: Any, package: Package, place: str) -> bool:
    """Find releases in `value`; False when it is no envelope we know."""
    if isinstance(value, list):
        if place == "" and value and not any(_looks_like(item) for item in value):
            return False
        for number, item in enumerate(value, start=1):
            _unit(item, package, f"{place}{number}")
        return bool(value) or place != ""
    if not isinstance(value, dict):
        return False
    for key in ("releases", "records", "results"):
        if isinstance(value.get(key), list):
            for number, item in enumerate(value[key], start=1):
                _unit(item, package, f"{place}{key} {number}")
            return True
    if "releasePackage" in value:
        return _collect(value["releasePackage"], package, place)
    if isinstance(value.get("compiledRelease"), dict):
        _unit(value["compiledRelease"], package, place or "1")
        return True
    if _is_release(value):
        _unit(value, package, place or "1")
        return True
    return False


def _looks_like(item: Any) -> bool:
    return isinstance(item, dict) and ("ocid" in item or "releases" in item or "compiledRelease" in item)


def _is_release(value: dict[str, Any]) -> bool:
    return "ocid" in value and ("tag" in value or "tender" in value or "id" in value)


def _unit(item: Any, package: Package, place: str) -> None:
    if isinstance(item, dict) and any(isinstance(item.get(key), list) for key in ("releases", "records")):
        _collect(item, package, f"{place}, ")
        return
    if isinstance(item, dict) and isinstance(item.get("compiledRelease"), dict):
        item = item["compiledRelease"]
    if not isinstance(item, dict):
        package.unreadable.append(Unreadable(place, "it is not an object"))
    elif not isinstance(item.get("ocid"), str) or not item["ocid"].strip():
        package.unreadable.append(Unreadable(place, "it has no ocid"))
    elif not isinstance(item.get("id"), str | int) or not str(item["id"]).strip():
        package.unreadable.append(Unreadable(place, f"release of {item['ocid']}: it has no id"))
    elif len(item["ocid"]) > 120 or len(str(item["id"])) > 160:
        package.unreadable.append(Unreadable(place, "its ocid or id is too long to be one"))
    else:
        package.releases.append((place, item))
