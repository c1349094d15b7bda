"""The facts a purchase gives, and what is said of one notice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from toolkit.law.notices import NOTICES
from toolkit.law.thresholds import Trigger


class Way(StrEnum):
    """How the supplier is found."""

    COMPETITION = "competition"
    INVITED = "invited"
    CALL_OFF = "call-off"
    DIRECT = "direct-award"
    DYNAMIC_MARKET = "dynamic-market"
    USER_CHOICE = "user-choice"
    NEW_MARKET = "new-dynamic-market"


class Need(StrEnum):
    """Whether a notice is needed. The value is the slug, `label` the words on screen."""

    NEEDED = "needed"
    IF = "needed-if"
    OPTIONAL = "optional"
    NOT_NEEDED = "not-needed"

    @property
    def label(self) -> str:
        return {"needed": "Needed", "needed-if": "Needed if", "optional": "Optional", "not-needed": "Not needed"}[self]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What was answered. `value_inc_vat`, in pounds, and `engaged` (the market was engaged): None when not known."""

    above: bool
    way: Way
    value_inc_vat: Decimal | None = None
    light_touch: bool = False
    concession: bool = False
    framework: bool = False
    """It sets up a framework."""
    engaged: bool | None = None

    @property
    def is_light_touch(self) -> bool:
        """User choice is for light-touch services alone."""
        return self.light_touch or self.way is Way.USER_CHOICE

    @property
    def has_tender_notice(self) -> bool:
        """A public contract found by competition: above the threshold an invitation is one too."""
        return self.above and self.way in (Way.COMPETITION, Way.INVITED, Way.DYNAMIC_MARKET)

    def reaches(self, trigger: Trigger) -> bool | None:
        """Does the value reach this figure? None when the value is not known."""
        return None if self.value_inc_vat is None else trigger.applies_to(self.value_inc_vat)


@dataclass(frozen=True, slots=True)
class NeededNotice:
    """One notice, whether it is needed, when it is due, and why."""

    code: str
    name: str
    need: Need
    when: str
    why: str
    source: str
    caution: str = ""


_SOURCES = {
    "UK1": ("section 93", "regulation 15"),
    "UK2": ("sections 16 and 17", "regulation 17"),
    "UK3": ("section 15", "regulation 16"),
    "UK4": ("section 21", "regulations 18 to 20"),
    "UK5": ("section 44", "regulation 26"),
    "UK6": ("sections 50 and 51", "regulation 27"),
    "UK7": ("section 53(1)", "regulations 32 to 35"),
    "UK8": ("section 70", "regulation 38A"),
    "UK9": ("sections 52 and 71", "regulation 39"),
    "UK10": ("section 75", "regulation 40"),
    "UK11": ("section 80", "regulation 41"),
    "UK12": ("section 55", "regulation 37"),
    "UK13": ("section 39(2)", "regulation 25(2)"),
    "UK14": ("section 39(3)", "regulation 25(4)"),
    "UK15": ("section 39(4)", "regulation 25(6)"),
    "UK16": ("section 39(5)", "regulation 25(8)"),
    "UK17": ("section 69", "regulation 38"),
}


def said(
    code: str, need: Need, why: str, *, when: str = "", caution: str = "", law: tuple[str, str] | None = None
) -> NeededNotice:
    section, regulation = law or _SOURCES[code]
    source = f"Procurement Act 2023, {section}; Procurement Regulations 2024, {regulation}"
    return NeededNotice(code, NOTICES[code].name, need, when, why, source, caution)


CONCESSION_BELOW = "Concessions below the threshold are outside the Act’s below-threshold rules."
USER_CHOICE = "User choice is excepted."
NOT_PUBLIC = "Only for contracts at or above the threshold."
MARKET_IS_NO_CONTRACT = (
    "Setting up a dynamic market is not a contract. Each contract awarded by it has its own notices."
)


def only_public(code: str, facts: NoticeFacts, why: str = "") -> NeededNotice | None:
    """The row of a notice that is for public contracts alone, when this is none; None when it is."""
    if facts.way is Way.NEW_MARKET:
        return said(code, Need.NOT_NEEDED, MARKET_IS_NO_CONTRACT)
    return None if facts.above else said(code, Need.NOT_NEEDED, why or NOT_PUBLIC)
