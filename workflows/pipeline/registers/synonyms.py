"""What boroughs call the columns of their registers, and which of our fields each name means.

Names are compared after `headers.bare`: lower case, words only, without brackets, numbers in brackets or VAT. Each
field's names stand in tiers, the most specific first: within a row the first tier that says something is read, so that
“Contract start date” wins over “Start date” but an empty one gives way to it.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Field(StrEnum):
    """What we keep of a row. The slugs stand in problems and reports, the labels in sentences."""

    REFERENCE = "reference"
    TITLE = "title"
    DESCRIPTION = "description"
    ORGANISATION = "organisation"
    SUPPLIERS = "suppliers"
    COMPANY_NUMBERS = "company-numbers"
    VALUE = "value"
    VALUE_ANNUAL = "value-annual"
    VALUE_LOW = "value-low"
    VALUE_HIGH = "value-high"
    CURRENCY = "currency"
    STARTS = "starts"
    ENDS = "ends"
    LATEST_END = "latest-end"
    DATES = "dates"
    REVIEW = "review"
    SIGNED = "signed"
    AWARDED = "awarded"
    ADVERTISED = "advertised"
    PUBLISHED = "published"
    CLOSES = "closes"
    TERM = "term"
    EXTENSION = "extension"
    NOTICE_PERIOD = "notice-period"
    CATEGORY = "category"
    CPV = "cpv"
    PROCEDURE = "procedure"
    TENDERED = "tendered"
    FRAMEWORK = "framework"
    DEPARTMENT = "department"
    STATUS = "status"
    NOTICE_TYPE = "notice-type"
    LINK = "link"

    @property
    def label(self) -> str:
        return _LABELS.get(self, self.value.replace("-", " "))


_LABELS = {
    Field.SUPPLIERS: "supplier",
    Field.COMPANY_NUMBERS: "company number",
    Field.VALUE_ANNUAL: "value per year",
    Field.VALUE_LOW: "lowest value",
    Field.VALUE_HIGH: "highest value",
    Field.STARTS: "start date",
    Field.ENDS: "end date",
    Field.LATEST_END: "end date with extensions",
    Field.DATES: "dates",
    Field.REVIEW: "review date",
    Field.SIGNED: "date signed",
    Field.AWARDED: "date awarded",
    Field.ADVERTISED: "date of the tender",
    Field.PUBLISHED: "date published",
    Field.CLOSES: "tender deadline",
    Field.TERM: "length of the contract",
    Field.CPV: "CPV codes",
    Field.PROCEDURE: "route",
    Field.TENDERED: "whether it was tendered",
}

DATE_FIELDS = frozenset(
    {
        Field.STARTS,
        Field.ENDS,
        Field.LATEST_END,
        Field.DATES,
        Field.REVIEW,
        Field.SIGNED,
        Field.AWARDED,
        Field.ADVERTISED,
        Field.PUBLISHED,
        Field.CLOSES,
    }
)
MONEY_FIELDS = frozenset({Field.VALUE, Field.VALUE_ANNUAL, Field.VALUE_LOW, Field.VALUE_HIGH})


def _tiers(*tiers: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.strip() for name in tier.split("|")) for tier in tiers)


SYNONYMS: dict[Field, tuple[frozenset[str], ...]] = {
    Field.REFERENCE: _tiers(
        "contract reference number|contract reference|contract ref|contract ref no|contract reference no|contract number|contract no"
        "|contract id|contract code|agreement reference|agreement number|notice identifier",
        "reference number|reference no|reference|ref|ref no|ref number|unique reference|unique reference number|unique identifier"
        "|unique id|tender reference|procurement reference|project reference|pipeline reference|dn number|dn reference|dn ref"
        "|procontract reference|e tendering reference|purchase order number|po number|procurement id|project id|register reference",
        "open contracting id|ocid|notice reference|notice number|id|identifier|record id",
    ),
    Field.TITLE: _tiers(
        "contract title|title of agreement|title of the agreement|agreement title|title of contract|title of the contract|contract name"
        "|name of contract|name of the contract|name of agreement|agreement name",
        "title|project title|project name|procurement title|procurement name|tender title|notice title|opportunity title|pipeline title"
        "|title description|requirement title|scheme name",
        "project|requirement|procurement|opportunity|scheme|subject|contract subject|subject of contract|procurement activity",
    ),
    Field.DESCRIPTION: _tiers(
        "description|description of the goods and or services being provided|brief description of the contract|contract description"
        "|description of the goods and services being provided|description of goods and or services|description of goods and services"
        "|description of goods services|description of the goods and or services|description of contract|description of the contract"
        "|brief description|short description|detailed description|project description|service description|procurement description",
        "summary|scope|scope of contract|purpose|purpose of contract|goods or services|details|contract details|background",
    ),
    Field.ORGANISATION: _tiers(
        "organisation name|contracting authority|contracting authority name|buyer name|body name|authority name|council name"
        "|lead authority|lead borough|lead organisation|name of contracting authority",
        "organisation|organization|buyer|authority|council|borough|local authority|entity|purchaser|client organisation|contracting body"
        "|public body|publisher name|publisher label",
        "body|client|member|publisher",
    ),
    Field.SUPPLIERS: _tiers(
        "supplier name|supplier names|name of supplier|supplier name and details|awarded supplier|awarded supplier name|successful supplier"
        "|successful supplier name|successful tenderer|successful bidder|contractor name|provider name|vendor name|company name"
        "|name of contractor|name of provider|awarded to|contract awarded to",
        "supplier|suppliers|supplier s|contractor|contractors|provider|providers|service provider|vendor|company|consultant"
        "|other parties to the contract|other party|counterparty|supplier details|supplier contractor|contractor supplier|supplier provider",
        "current supplier|incumbent|incumbent supplier|current provider|current contractor|existing supplier|incumbent provider",
    ),
    Field.COMPANY_NUMBERS: _tiers(
        "supplier registered company number|company number|company registration number|companies house number|company reg no|company no"
        "|supplier company number|supplier registration number|registered company number|registered number|crn|supplier company registration number"
        "|registration number|company reg number|sme and or vcse registration number"
    ),
    Field.VALUE: _tiers(
        "awarded value|award value|contract award value|awarded contract value|value awarded",
        "total contract value|contract total value|total value|total value of contract|lifetime value|whole life value|contract lifetime value"
        "|whole life contract value|total contract sum|total contract cost|total estimated value|estimated total value|estimated total contract value",
        "contract value|value of contract|value of the contract|contract sum|contract amount|contract price|estimated contract value"
        "|approximate contract value|anticipated contract value|contract spend",
        "value|estimated value|anticipated value|approximate value|indicative value|tender value|amount|price|sum|cost|total cost|budget"
        "|estimated budget|estimated cost|value band|value range|contract value band|contract value range|expected value|project value",
    ),
    Field.VALUE_LOW: _tiers("value low|low value|minimum value|min value|value from|lower value|value min|minimum contract value"),
    Field.VALUE_HIGH: _tiers("value high|high value|maximum value|max value|value to|upper value|value max|maximum contract value"),
    Field.CURRENCY: _tiers("currency|currency code"),
    Field.STARTS: _tiers(
        "contract start date|contract start|contract commencement date|contract commencement|start date of contract|contract from"
        "|contract begin date|contract starts|contract date from|actual start date|start date of the contract|contract effective date",
        "start date|start|starts|commencement date|commencement|date from|from|from date|begin date|date commenced|start on",
        "estimated contract start date|anticipated contract start date|expected contract start date|proposed contract start date"
        "|planned contract start date|new contract start date|anticipated start date|expected start date|estimated start date|proposed start date"
        "|planned start date|estimated start|new contract start|target start date|expected contract start|required by|needed by",
    ),
    Field.ENDS: _tiers(
        "contract end date|contract end|contract expiry date|contract expiry|contract expiration date|end date of contract|contract to"
        "|contract finish date|current contract end date|contract ends|contract expires|contract date to|initial contract end date"
        "|end date of the contract|current contract expiry date|current contract expiry|existing contract end date|current contract end",
        "end date|end|ends|expiry date|expiration date|expiration|expiry|expires|expires on|date to|to|to date|finish date|finish"
        "|current end date|initial end date|termination date",
        "estimated contract end date|anticipated contract end date|expected contract end date|proposed contract end date|estimated end date"
        "|anticipated end date|expected end date|proposed end date|planned end date",
    ),
    Field.LATEST_END: _tiers("extended to|extension to|extension date|extension end|extension end date|extension expiry date|latest end date|final end date"),
    Field.DATES: _tiers("start end and review dates|start and end dates|start end dates|start and end date|start end date|contract dates|contract period dates"),
    Field.REVIEW: _tiers("review date|contract review date|review|next review date|date of review", "renewal date|contract renewal date"),
    Field.SIGNED: _tiers(
        "date signed|signature date|contract signed date|contract signature date|date contract signed|execution date|date executed"
        "|date entered into|date of agreement|agreement date|date sealed|sealed date|contract signed|signed date|signed on",
        "date of contract|contract date",
    ),
    Field.AWARDED: _tiers("awarded date|award date|date awarded|date of award|contract award date|contract awarded date|date of contract award|awarded on"),
    Field.ADVERTISED: _tiers(
        "tender publication date|tender start date|procurement start date|expected tender date|anticipated tender date|planned tender date"
        "|tender date|tender issue date|itt issue date|itt date|advert date|date advertised|advertised date|estimated tender date"
        "|expected procurement start date|anticipated procurement start date|planned procurement start date|estimated tender notice date"
        "|proposed tender date|estimated date of tender notice|expected advert date|tender launch date|estimated procurement start date|start of procurement"
    ),
    Field.PUBLISHED: _tiers("published date|date published|publication date|date of publication|publish date|published on|published|notice date", "date"),
    Field.CLOSES: _tiers(
        "closing date|tender deadline|submission deadline|tender closing date|bid deadline|deadline for tenders|deadline for submissions"
        "|tender return date|tender submission deadline|close date",
        "deadline|closes|closing|return date|tender end date",
    ),
    Field.TERM: _tiers(
        "contract duration|contract length|length of contract|contract term|contract period|duration of contract|initial contract term|contract length months",
        "duration|term|period|length|initial term|initial period|core term|duration months|term months|term years",
    ),
    Field.EXTENSION: _tiers(
        "extension options|extension option|options to extend|option to extend|extension period|extension period months|extension periods"
        "|extension months|extension years|extension term|contract extension period|available extensions|extension provision|extension length",
        "extension|extensions|possible extension|possible extensions|contract extension|contract extensions|extension available|extension details",
    ),
    Field.NOTICE_PERIOD: _tiers("notice period|termination notice|termination notice period|notice to terminate|notice required|contract notice period|notice period months"),
    Field.CATEGORY: _tiers(
        "category|procurement category|service category|service category label|contract category|spend category|category name|main category"
        "|category of contract|service area categorisation",
        "cpv label|cpv description|cpv text|proclass label|proclass|commodity|sector|category of spend|cpv category",
        "ojeu contract type|contract type|type of contract|type|nature of contract",
    ),
    Field.CPV: _tiers("cpv|cpv code|cpv codes|cpv uri|main cpv|main cpv code|cpv classification|cpv s|common procurement vocabulary|cpv code s"),
    Field.PROCEDURE: _tiers(
        "ojeu procedure type|procedure type|procurement procedure|procurement route|procurement method|route to market|procurement process"
        "|award procedure|contract award procedure|sourcing route|type of procedure|award method|tender procedure|method of procurement"
        "|proposed procurement route|proposed route to market|procurement strategy",
        "procedure|route|process|method|tender type|tender process|procurement type",
    ),
    Field.TENDERED: _tiers("tendered|competitively tendered|competitive|itt itq|tender or quote|invitation to tender or quote|subject to tender"),
    Field.FRAMEWORK: _tiers(
        "framework|framework name|framework title|framework reference|framework agreement|framework used|framework or dps|framework dps|dps"
        "|parent reference|parent framework|call off|call off from|is call off|framework call off|framework agreement name|framework title and reference"
    ),
    Field.DEPARTMENT: _tiers(
        "department|directorate|local authority department responsible|department responsible|responsible department|service area|organisational unit"
        "|organisation unit|business unit|directorate service|service department|department name|directorate department|responsible directorate"
        "|service directorate|lead department|lead service|lead directorate",
        "division|team|service unit|business area|service team|portfolio|unit|responsible unit|group",
    ),
    Field.STATUS: _tiers("status|contract status|current status|procurement status|project status", "stage|procurement stage|current stage|state"),
    Field.NOTICE_TYPE: _tiers("notice type|type of notice|record type|entry type"),
    Field.LINK: _tiers(
        "notice url|notice link|link to notice|contracts finder link|find a tender link|fts link|contract url|contract link",
        "link|links|url|web link|hyperlink|tender document url|contract document url|document url",
    ),
}  # fmt: skip

BY_NAME: dict[str, tuple[Field, int]] = {
    name: (field, tier)
    for field, tiers in SYNONYMS.items()
    for tier, names in enumerate(tiers)
    for name in names
}

_OTHER_END = r"exclud|excl\b|exc\b|without|before|initial|not includ|prior to"
PATTERNS: tuple[tuple[re.Pattern[str], Field, int], ...] = tuple(
    (re.compile(pattern), field, tier)
    for pattern, field, tier in (
        (r"\bstart\b.*\bend\b.*\bdates?\b|\bstart\b.*\breview\b.*\bdates?\b", Field.DATES, 0),
        (r"^sum to be paid", Field.VALUE, 2),
        (
            r"\b(annual|annually|yearly|per annum|p a|per year)\b.*\b(value|cost|spend|amount|price|budget|sum)\b"
            r"|\b(value|cost|spend|amount|price|budget|sum)\b.*\b(annual|annually|yearly|per annum|p a|per year)\b",
            Field.VALUE_ANNUAL,
            0,
        ),
        (
            rf"^(?!.*({_OTHER_END}))(?=.*\b(extension|extensions|extended|extend|option|options|optional|maximum|max|latest|final)\b)"
            r".*\b(end|ends|expiry|expiration|completion)\b",
            Field.LATEST_END,
            0,
        ),
        (
            rf"(?=.*({_OTHER_END})).*\b(end|expiry)\b.*\b(extension|extensions|option|options)\b",
            Field.ENDS,
            0,
        ),
        (r"\binvitation to (quote|tender)\b", Field.TENDERED, 0),
        (r"^(supplier|contractor|provider|vendor)( name)? \d{1,2}$", Field.SUPPLIERS, 1),
        (
            r"\b(options?|provisions?) (to|for) (extend|extension)|\bextension (options?|periods?|term|months|years|available)\b",
            Field.EXTENSION,
            1,
        ),
        (r"\bnotice period\b", Field.NOTICE_PERIOD, 0),
        (r"\b(total|estimated|contract|whole life|lifetime)\b.*\bvalue\b", Field.VALUE, 2),
        (r"\bcontract start date\b|\bcontract commencement\b", Field.STARTS, 1),
        (r"\bcontract (end|expiry) date\b", Field.ENDS, 1),
        (r"\bcontract (reference|ref|number)\b", Field.REFERENCE, 1),
        (r"\bcontract (title|name)\b|\btitle of (the )?(agreement|contract)\b", Field.TITLE, 1),
        (r"\bsupplier name\b|\bname of (the )?(supplier|contractor|provider)\b", Field.SUPPLIERS, 1),
        (r"\bdescription of (the )?(goods|services|works|contract)\b", Field.DESCRIPTION, 1),
        (r"\bcpv codes?\b", Field.CPV, 0),
        (r"\b(procurement|tender) (route|procedure|method)\b|\broute to market\b", Field.PROCEDURE, 1),
    )
)
"""For names that no list foresees, tried in order after the lists."""

PERSONAL = re.compile(
    r"\b(e mails?|emails?|phone|telephone|tel|mobile|fax|contact|contacts"
    r"|(?:contract|project|procurement|category|commissioning|responsible|lead|service|budget|account|commercial) (?:manager|officer|lead|owner)"
    r"|manager|officer|owner|buyer s name|requester|commissioner|sponsor|approver|signatory|signed by|approved by|budget holder|sro|handler"
    r"|responsible person|head of service|lead name|lead person|procurement lead|contract lead|director|administrator|first name|surname|forename|last name)\b"
)
"""Columns about persons: never read."""

PEOPLE_LIST = re.compile(r"^(first name|forename|forenames|surname|last name|date of birth|dob|job title)$")

IGNORED = re.compile(
    r"\b(vat that cannot be recovered|value added tax|irrecoverable|address|postcode|post code|town|region|nationwide|closing time|sub ?contract|sme|vco|vcse|num suppliers|supply chain"
    r"|(?:term|duration|length|period) inc\w* .*(?:extension|extensions|options?))\b"
)
"""Columns that look like ours in part and are not."""

SPEND_CERTAIN = re.compile(
    r"\b(invoice|invoices|payment date|date paid|paid date|date of payment|payment amount|transaction (?:no|number|ref|reference|date|id)|clearing date"
    r"|doc no|sap document|voucher|vendor id|beneficiary|benificiary|remittance|cheque)\b"
)
SPEND_LIKELY = re.compile(
    r"\b(expenditure|expense|expenses|payments?|paid|spend|net ?amount|nett amount|cost cent(?:re|er)|ledger|transactions?)\b"
)
"""Words in the headers of lists of payments, which boroughs publish beside their registers."""
