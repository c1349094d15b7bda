"""Small files of our own, of the shapes that Find a Tender, Contracts Finder and boroughs publish."""

from __future__ import annotations

import json
from typing import Any

REGISTER = (
    "Contracts register of Fleet,,,,,,\r\n"
    ",,,,,,\r\n"
    "Contract reference,Title of agreement,Supplier name,Start date,End date,Contract value (inc VAT),CPV code\r\n"
    'FLT-001,Library management system,Riverbend Software Ltd,01/04/2022,31/03/2028,"£420,000",48000000\r\n'
    "FLT-002,Grounds maintenance,Greenreach Ltd,1.4.24,31 March 2029,£1.2m,77310000\r\n"
    "FLT-003,Printing,Inkwell Ltd,TBC,31/02/2027,1e9999,79800000\r\n"
).encode()
"""A contracts register: a title line, messy dates, an impossible one, an absurd value."""


def release(**changes: Any) -> dict[str, Any]:
    """A tender notice of Tyburn as Find a Tender publishes it, with a contact person who must not be kept."""
    made: dict[str, Any] = {
        "ocid": "ocds-h6vhtk-0a0001",
        "id": "100001-2026",
        "date": "2026-11-02T10:00:00Z",
        "tag": ["tender"],
        "buyer": {"id": "GB-PPON-PTYB-1111-RNRN", "name": "London Borough of Tyburn"},
        "parties": [
            {
                "id": "GB-PPON-PTYB-1111-RNRN",
                "name": "London Borough of Tyburn",
                "roles": ["buyer"],
                "contactPoint": {"name": "Jo Brook", "email": "jo.brook@tyburn.example", "telephone": "020 7946 0000"},
            }
        ],
        "tender": {
            "id": "TYB-77",
            "legalBasis": {"id": "2023/54", "scheme": "UKPGA"},
            "title": "Library and archive system",
            "description": "A library system. Write to jo.brook@tyburn.example or call 020 7946 0000.",
            "status": "active",
            "value": {"amount": 300000, "amountGross": 360000, "currency": "GBP"},
            "procurementMethodDetails": "Open procedure",
            "mainProcurementCategory": "services",
            "tenderPeriod": {"endDate": "2026-12-15T12:00:00Z"},
            "lots": [{"id": "1", "contractPeriod": {"startDate": "2027-06-01T00:00:00+01:00", "endDate": "2030-05-31T23:59:59+01:00"}}],
            "items": [{"id": "1", "additionalClassifications": [{"scheme": "CPV", "id": "48000000"}]}],
            "documents": [{"id": "1", "noticeType": "UK4", "documentType": "tenderNotice", "url": "https://www.find-tender.service.gov.uk/Notice/100001-2026"}],
        },
    }  # fmt: skip
    made.update(changes)
    return made


def package(*releases: dict[str, Any]) -> bytes:
    """A release package."""
    return json.dumps(
        {"uri": "https://example.org/package", "version": "1.1", "releases": list(releases)}
    ).encode()
