"""Is a service light touch? What was read of the list of codes, and no more (fact base §3.11).

The list (Procurement Regulations 2024, Schedule 1, table 1) is one of exact codes. It was read in part, by kinds of
service, so nothing here ever says that a service *is* light touch: it says where to look, and what then changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from toolkit.law.triage import Reason
from toolkit.law.values import ASK_LEGAL

LIST = "Procurement Regulations 2024, Schedule 1, table 1"
MATCH = "Match the exact code, all eight digits, with the list: a code that only begins alike is not on it."
HEALTH_REGIME = "Procurement Regulations 2024, regulation 43; SI 2023/1348"


class NotACode(ValueError):
    """The digits typed are no CPV code. The message is a sentence for the person who typed them."""


class Verdict(StrEnum):
    """What can be said. None of them settles it."""

    MAY_BE = "may-be"
    """A kind of service that was read in the list."""
    NOT_READ = "not-read"
    """A kind of service whose part of the list was not read."""
    NO_MATCH = "no-match"
    """None of the kinds that were read."""


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of service, in our own words. `divisions`: the first two digits under which its codes were read."""

    slug: str
    name: str
    divisions: tuple[str, ...]
    words: tuple[str, ...]
    """How words that mean it begin, in lower case."""
    was_read: bool = True


GROUPS: tuple[Group, ...] = (
    Group("health", "Health services", ("85",), ("health", "nursing", "nurse", "clinic", "hospital", "medical", "drug", "alcohol", "substance", "school nurs", "0 19", "smoking", "contracepti", "gp ", "therap", "ambulance")),
    Group("social", "Social services and social care", ("85",), ("social", "care ", "carer", "domiciliary", "reablement", "foster", "adoption", "child", "homeless", "supported living", "advocacy", "refuge", "respite", "welfare", "day centre", "extra care", "safeguarding")),
    Group("education", "Education and training services", ("80",), ("educat", "training", "school", "tuition", "tutor", "teach", "nursery", "apprentice", "college", "learning")),
    Group("culture", "Culture, leisure, library and museum services", ("92",), ("librar", "museum", "leisure", "cultur", "sport", "swimming", "theatre", "arts", "archive", "heritage", "gallery", "music", "recreation", "gym")),
    Group("events", "Services for organising events", ("79",), ("event", "festival", "exhibition", "conference", "seminar")),
    Group("benefits", "Benefit services", ("75",), ("benefit",)),
    Group("religious", "Religious services", ("98",), ("religio", "faith", "chaplain", "worship")),
    Group("community", "Community services and services of membership organisations", ("98",), ("communit", "voluntary", "membership", "trade union", "youth", "tenants", "residents association")),
    Group("hotel", "Hotel services", ("55",), ("hotel", "hostel", "bed and breakfast")),
    Group("legal", "Legal services", ("79",), ("legal", "solicitor", "barrister", "counsel ", "lawyer"), was_read=False),
    Group("security", "Security services", ("79",), ("security", "guarding", "cctv", "patrol", "investigat"), was_read=False),
    Group("catering", "Catering services", ("55",), ("cater", "canteen", "school meal", "meals", "restaurant", "food"), was_read=False),
)  # fmt: skip
"""The kinds that were read, then those known to be named in the list whose codes were not read."""

_CODE = re.compile(r"^(?P<digits>\d{8})(?:\s*-\s*\d)?$", re.ASCII)
_DIGITS = re.compile(r"^[\d\s.-]+$", re.ASCII)
_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LightTouchAnswer:
    """What was found for a code or for words."""

    verdict: Verdict
    code: str
    """Eight digits, or empty for words."""
    groups: tuple[Group, ...]
    is_health: bool
    """It may be a health care service, which has a regime of its own."""
    reasons: tuple[Reason, ...]


def read_code(text: str) -> str:
    """`85310000-5`, `85310000` → the eight digits; empty when the text is words. Raises NotACode for other digits."""
    typed = text.strip()
    if match := _CODE.match(typed):
        return match["digits"]
    if _DIGITS.match(typed):
        raise NotACode("A CPV code has 8 digits, with or without a check digit, like 85310000-5")
    return ""


def look_up(text: str) -> LightTouchAnswer:
    """What can be said of a CPV code or of words about a service. Raises NotACode for digits that are no code."""
    code = read_code(text)
    groups = _of_division(code[:2]) if code else _of_words(text)
    read = tuple(group for group in groups if group.was_read)
    verdict = Verdict.MAY_BE if read else Verdict.NOT_READ if groups else Verdict.NO_MATCH
    is_health = code.startswith("85") or any(group.slug == "health" for group in groups)
    return LightTouchAnswer(verdict, code, groups, is_health, _reasons(verdict, code, groups, is_health))


def _of_division(division: str) -> tuple[Group, ...]:
    return tuple(group for group in GROUPS if division in group.divisions)


def _of_words(text: str) -> tuple[Group, ...]:
    plain = f" {_APART.sub(' ', text.lower()).strip()} "
    return tuple(group for group in GROUPS if any(f" {word}" in plain for word in group.words))


def _reasons(verdict: Verdict, code: str, groups: tuple[Group, ...], is_health: bool) -> tuple[Reason, ...]:
    reasons = []
    if is_health:
        reasons.append(
            Reason(
                "Ask first whether it is a health care service in scope of the Provider Selection Regime, such as sexual health, drug and alcohol or 0 to 19 services. That regime then applies, whatever the value, and this Act does not.",
                HEALTH_REGIME,
                f"{ASK_LEGAL} whether the service is in scope.",
            )
        )
    if verdict is Verdict.MAY_BE and code:
        reasons.append(
            Reason(
                f"Some codes that begin with {code[:2]} are on the list of light-touch services. Whether {code} is one of them is not settled here.",
                LIST,
                f"{MATCH} {ASK_LEGAL}.",
            )
        )
    elif verdict is Verdict.MAY_BE:
        reasons.append(
            Reason(
                "Services of this kind are on the list of light-touch services, by their codes. Words alone do not settle it: find the CPV code of your service.",
                LIST,
                f"{MATCH} {ASK_LEGAL}.",
            )
        )
    elif verdict is Verdict.NOT_READ:
        reasons.append(
            Reason(
                "The part of the list that may name this kind of service has not been read for the toolkit, so it says neither yes nor no.",
                LIST,
                f"{MATCH} {ASK_LEGAL}.",
            )
        )
    else:
        what = (
            f"No code that begins with {code[:2]} was" if code else "No kind of service like these words was"
        )
        reasons.append(
            Reason(
                f"{what} among the parts of the list read for the toolkit. The list was not read whole, so treat the service as not light touch until you have looked.",
                LIST,
                f"{MATCH} {ASK_LEGAL}.",
            )
        )
    if any(not group.was_read for group in groups) and verdict is Verdict.MAY_BE:
        unread = ", ".join(group.name.lower() for group in groups if not group.was_read)
        reasons.append(
            Reason(
                f"Not read for the toolkit: {unread}. If your service is that, the toolkit says neither yes nor no.",
                LIST,
                f"{ASK_LEGAL}.",
            )
        )
    reasons.append(
        Reason(
            "Only services can be light touch. Goods and works never are.", "Procurement Act 2023, section 9"
        )
    )
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class Difference:
    """What light touch changes."""

    what: str
    ordinary: str
    light_touch: str
    source: str


def differences(ordinary_threshold: str, light_touch_threshold: str) -> tuple[Difference, ...]:
    """Ordinary services beside light-touch ones, given the two thresholds in words."""
    return (
        Difference("Threshold, including VAT", ordinary_threshold, light_touch_threshold, "Procurement Act 2023, Schedule 1"),
        Difference("Shortest time for tenders", "10 to 35 days", "No number of days; it must still be reasonable", "Procurement Act 2023, section 54"),
        Difference("Standstill before you sign", "8 working days", "Not mandatory; if you say you will wait, at least 8 working days", "Procurement Act 2023, section 51"),
        Difference("Key performance indicators over £5 million", "At least three, or say why not", "Not required", "Procurement Act 2023, section 52"),
        Difference("Contract details notice (UK7)", "Within 30 days of signing", "Within 120 days of signing", "Procurement Act 2023, section 53(1)"),
        Difference("Copy of a contract over £5 million", "Within 90 days of signing", "Within 180 days of signing", "Procurement Act 2023, section 53(3)"),
        Difference("Contract performance notice (UK9)", "If you set indicators, and on a breach", "Not published", "Procurement Act 2023, section 71"),
        Difference("Changing the contract", "Only as section 74 allows", "Free", "Procurement Act 2023, section 74"),
        Difference("Contract change notice (UK10)", "Before a change that is not small", "Not published", "Procurement Act 2023, section 75(6)(b)"),
        Difference("Longest framework", "4 years, unless you give reasons", "No limit", "Procurement Act 2023, section 47"),
        Difference("Award because the person served chooses", "Not available", "Possible for some services, without UK5, UK6, UK7 and UK11", "Procurement Act 2023, Schedule 5, paragraphs 15 to 17"),
    )  # fmt: skip


STAYS = Reason(
    "Light touch is still under the Act: assess conflicts of interest, publish a tender notice (UK4) or have a ground for direct award, and publish UK6, UK7 and UK11, except under a user-choice award.",
    "Procurement Act 2023, sections 21, 41, 50, 53, 80 and 83",
)
RESERVED = Reason(
    "Codes marked R on the list may be reserved to public service mutuals, for no more than 5 years, if the mutual has not held a comparable contract in the last 3 years.",
    "Procurement Act 2023, section 33",
    f"Which codes carry the R was not read for the toolkit. {ASK_LEGAL}.",
)
