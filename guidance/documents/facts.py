"""The facts that documents share: one vocabulary, so that nothing is typed twice.

A question of a template may name a fact. Its answer is then filled from the subject (a procurement, a contract) that
knows it, or else from the newest document of the same subject that answered a question of the same fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.documents.assembly.definitions import QuestionKind

TEXT, LONG, DATE, MONEY, TABLE, YES_NO, CHOICE = (
    QuestionKind.TEXT,
    QuestionKind.LONG_TEXT,
    QuestionKind.DATE,
    QuestionKind.MONEY,
    QuestionKind.TABLE,
    QuestionKind.YES_NO,
    QuestionKind.CHOICE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact is: its words, what kinds of question may name it, and, for money, the VAT basis; for a table, the
    columns that go from one document to another; for a choice, the slugs that every question of it offers."""

    label: str
    kinds: tuple[QuestionKind, ...]
    vat: str = ""
    columns: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


FACTS: Mapping[str, Fact] = {
    # What a procurement or contract knows
    "organisation": Fact("the organisation", (TEXT,)),
    "title": Fact("the title", (TEXT,)),
    "reference": Fact("the reference", (TEXT,)),
    "need": Fact("the need", (LONG,)),
    "consequence": Fact("what happens if nothing is done", (LONG,)),
    "category": Fact("the category", (TEXT,)),
    "cpv-codes": Fact("the CPV codes", (TEXT,)),
    "value-inc-vat": Fact("the estimated value including VAT", (MONEY,), vat="inc"),
    "value-ex-vat": Fact("the estimated value excluding VAT", (MONEY,), vat="ex"),
    "needed-on": Fact("the day it is needed", (DATE,)),
    "route": Fact("the route", (TEXT,)),
    "regime": Fact("the law that applies", (TEXT,)),
    "lots-decision": Fact("the decision on lots", (LONG,)),
    "engagement-notice-on": Fact("the day of the engagement notice", (DATE,)),
    "tender-notice-on": Fact("the day of the tender notice", (DATE,)),
    "tender-deadline": Fact("the deadline for tenders", (DATE,)),
    "award-notice-on": Fact("the day of the contract award notice", (DATE,)),
    "standstill-ends-on": Fact("the last day of the standstill", (DATE,)),
    "strategy-decided-on": Fact("the day of the strategy decision", (DATE,)),
    "award-decided-on": Fact("the day of the award decision", (DATE,)),
    "personal-data": Fact("whether personal data is involved", (YES_NO,)),
    "staff-transfer": Fact("whether staff may transfer", (YES_NO,)),
    "leaseholders": Fact("whether leaseholders will be charged", (YES_NO,)),
    "technology": Fact("whether it buys technology", (YES_NO,)),
    "uses-ai": Fact("whether it uses artificial intelligence", (YES_NO,)),
    "light-touch": Fact("whether it is light touch", (YES_NO,)),
    "key-decision-strategy": Fact("whether the strategy is a key decision", (YES_NO,)),
    "key-decision-award": Fact("whether the award is a key decision", (YES_NO,)),
    "law": Fact(
        "the law that applies to the contract",
        (CHOICE,),
        options=("act", "light-touch", "below-threshold", "old-law", "other"),
    ),
    "supplier": Fact("the supplier", (TEXT,)),
    "contract-reference": Fact("the contract’s reference", (TEXT,)),
    "contract-value-inc-vat": Fact("the contract’s value including VAT", (MONEY,), vat="inc"),
    "signed-on": Fact("the day the contract was signed", (DATE,)),
    "starts-on": Fact("the day the contract starts", (DATE,)),
    "ends-on": Fact("the day the contract ends", (DATE,)),
    "latest-end-on": Fact("the day the contract ends with every extension", (DATE,)),
    "extensions": Fact("the extensions there may be", (TEXT,)),
    "notice-period": Fact("the notice period", (TEXT,)),
    # What one document says and another needs
    "background": Fact("the background", (LONG,)),
    "outcomes": Fact("the outcomes", (LONG,)),
    "users": Fact("who uses it", (LONG,)),
    "scope": Fact("the scope", (LONG,)),
    "out-of-scope": Fact("what is out of scope", (LONG,)),
    "current-contract": Fact("what is in place now", (LONG,)),
    "options": Fact("the options", (TABLE,), columns=("option", "benefits", "drawbacks")),
    "preferred-option": Fact("the preferred option", (LONG,)),
    "budget": Fact("the budget and where it comes from", (LONG,)),
    "length": Fact("how long the contract runs, with extensions", (TEXT,)),
    "lots": Fact("the lots", (TABLE,), columns=("lot", "what")),
    "small-suppliers": Fact("what is done for small suppliers", (LONG,)),
    "milestones": Fact("the timetable", (TABLE,), columns=("milestone", "date")),
    "risks": Fact("the risks", (TABLE,), columns=("risk", "likelihood", "impact", "action", "owner")),
    "award-criteria": Fact("the award criteria", (TABLE,), columns=("criterion", "weight", "how")),
    "price-weight": Fact("the weight of price", (TEXT,)),
    "social-value": Fact("what social value is asked for", (LONG,)),
    "requirements": Fact("the requirements", (TABLE,), columns=("requirement", "priority", "evidence")),
    "data-requirements": Fact("the data requirements", (LONG,)),
    "personal-data-described": Fact("what personal data, and whose", (LONG,)),
    "indicators": Fact(
        "the key performance indicators", (TABLE,), columns=("indicator", "target", "measured", "frequency")
    ),
    "pricing-model": Fact("the pricing model", (TEXT,)),
    "conflicts": Fact(
        "the conflicts and what is done about each", (TABLE,), columns=("person", "conflict", "mitigation")
    ),
    "engagement-done": Fact("the engagement there was", (LONG,)),
    "engagement-learned": Fact("what engagement taught", (LONG,)),
    "equality-impacts": Fact("the impacts on equality", (LONG,)),
    "tenders": Fact("the tenders received", (TABLE,), columns=("tenderer", "received")),
    "moderated-scores": Fact(
        "the agreed scores with their reasons",
        (TABLE,),
        columns=("tenderer", "criterion", "score", "weighted", "reasons"),
    ),
    "scores": Fact("the scores", (TABLE,), columns=("tenderer", "quality", "price", "total")),
    "successful-supplier": Fact("the successful supplier", (TEXT,)),
    "award-reasons": Fact("the reasons for the award", (LONG,)),
    "direct-award-ground": Fact("the ground of the direct award", (TEXT,)),
    "direct-award-reasons": Fact("why the ground applies", (LONG,)),
    "strategy-decision-maker": Fact("who decides the strategy", (TEXT,)),
    "strategy-power": Fact("the power by which the strategy is decided", (TEXT,)),
    "award-decision-maker": Fact("who decides the award", (TEXT,)),
    "procedure": Fact("the procedure", (CHOICE,), options=("open", "flexible")),
    "standstill": Fact("which standstill there is", (CHOICE,), options=("mandatory", "voluntary", "none")),
    "price-ex-vat": Fact("the price excluding VAT", (MONEY,), vat="ex"),
    "has-lots": Fact("whether there are lots", (YES_NO,)),
    "lots-rule": Fact("how lots are awarded", (LONG,)),
    "deadline-hour": Fact("the hour of the deadline", (TEXT,)),
    "tender-validity": Fact("how long tenders stay open", (TEXT,)),
    "tendering-system": Fact("the e-tendering system", (TEXT,)),
    "scoring-scale": Fact("the published scale", (LONG,)),
    "evaluation-signatory": Fact("the role that signs letters to bidders", (TEXT,)),
    "supplier-addressee": Fact("to whom at the supplier letters go", (TEXT,)),
    "supplier-address": Fact("the supplier’s address", (LONG,)),
    "contract-contact": Fact("whom the supplier may ask", (TEXT,)),
    "contract-signatory": Fact("the role that signs letters of the contract", (TEXT,)),
    "exit-needs": Fact("what has to happen at the end", (LONG,)),
    "mobilisation": Fact("the mobilisation", (TABLE,), columns=("action", "owner", "date")),
    "contract-manager": Fact("the contract manager", (TEXT,)),
    "question-address": Fact("where questions go", (TEXT,)),
    "lead-authority": Fact("the lead authority", (TEXT,)),
    "authorities": Fact("the authorities that buy together", (TABLE,), columns=("authority", "share")),
    "performance": Fact("how the contract has performed", (LONG,)),
    "lessons": Fact("what was learned", (LONG,)),
}
