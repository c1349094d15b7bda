"""Who supplies: names only. Addresses, contact persons and the rest of such cells are left behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.core.scrub import REMOVED, without_contact_details
from workflows.pipeline.registers.table import Cell, cut, line_of, text_of

LONGEST_NAME = 240
MOST_SUPPLIERS = 200

_NUMBER = re.compile(r"\b(?:(?:SC|NI|OC|SO|NC|FC|BR|IP|RS|CE|SE|R0|GE|GS|LP|SL)\d{6}|\d{8})\b", re.I)
_SHORT_NUMBER = re.compile(r"\d{6,7}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
_ADDRESS = re.compile(
    r"^(?:unit|flat|suite|floor|p\.?o\.? box|c/o)\b|^\d+[a-z]?(?:\s*[-–]\s*\d+)?,?\s+\w+", re.I
)
_NOBODY = re.compile(
    r"(?:various|multiple|several|numerous)(?:\s+(?:suppliers?|providers?|contractors?|vendors?|companies|framework suppliers))?"
    r"|see\b.*|as (?:above|per)\b.*|tb[cad]|to be \w+|n\s?[/.]?\s?a|none|nil|null|unknown|not (?:yet )?(?:awarded|known|applicable|stated|published|disclosed)"
    r"|redacted|confidential|withheld|commercially sensitive|no (?:award|supplier|bids?)|awaiting award|vacant|[-–—?.*\s]+",
    re.I,
)
_QUIET = re.compile(r"tb[cad]|to be \w+|n\s?[/.]?\s?a|none|nil|null|[-–—?.*\s]+", re.I)
_EXPORT = re.compile(r"^\s*\[.*\|.*\]\s*$", re.S)


@dataclass(frozen=True, slots=True)
class ReadSuppliers:
    """Names in the order given, each once; company numbers where given; a sentence when the cell names nobody."""

    names: tuple[str, ...] = ()
    company_numbers: tuple[str, ...] = ()
    message: str = ""


def read_suppliers(cell: Cell, *, has_details: bool = False) -> ReadSuppliers:
    """The suppliers a cell names: one, several (on lines of their own or after semicolons), or as Contracts Finder
    exports them, `[Name|Address|Ref type|Ref Number|Is SME|Is VCSE]` once or more.

    `has_details`: the column's header says that an address follows the name.
    """
    text = text_of(cell)
    if _EXPORT.match(text):
        return _exported(text)
    lines = [line for line in re.split(r"\s*[;\n]\s*", text) if line]
    if has_details and lines:
        lines = [
            re.split(
                r"\s*[,;]\s*(?=\d|unit\b|flat\b|suite\b|p\.?o\.? box)", lines[0], maxsplit=1, flags=re.I
            )[0]
        ]
    kept = [lines[0], *(line for line in lines[1:] if not _is_address(line))] if lines else []
    if len(lines) > len(kept):
        kept = kept[:1]  # an address was typed below the name: the lines between are part of it
    names = _names(kept)
    if not names and text and not all(_QUIET.fullmatch(line) for line in lines):
        return ReadSuppliers(message="This names no supplier.")
    return ReadSuppliers(names)


def read_company_numbers(cell: Cell) -> tuple[str, ...]:
    """Companies House numbers in a cell, eight characters each; spreadsheets lose the leading noughts, put back here."""
    text = line_of(cell).upper()
    if _SHORT_NUMBER.fullmatch(text):
        return (text.zfill(8),)
    return tuple(dict.fromkeys(found[0].upper() for found in _NUMBER.finditer(text)))


def _exported(text: str) -> ReadSuppliers:
    names: list[str] = []
    numbers: list[str] = []
    for supplier in re.split(r"\]\s*\[", text.strip()[1:-1]):
        parts = [part.strip() for part in supplier.split("|")]
        names.append(parts[0])
        if len(parts) >= 4 and parts[-4].upper().startswith("COMPANIES_HOUSE"):
            numbers += read_company_numbers(parts[-3])
    kept = _names(names)
    message = "" if kept else "This names no supplier."
    return ReadSuppliers(kept, tuple(dict.fromkeys(numbers)), message)


def _names(candidates: list[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for candidate in candidates:
        name = without_contact_details(line_of(candidate)).replace(REMOVED, "").strip(" ,;|-•*")
        if name and not _NOBODY.fullmatch(name):
            names.setdefault(name.casefold(), cut(name, LONGEST_NAME))
    return tuple(list(names.values())[:MOST_SUPPLIERS])


def _is_address(line: str) -> bool:
    return bool(_POSTCODE.search(line) or _ADDRESS.match(line))
