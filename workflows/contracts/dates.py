"""The days that matter in a contract's life, with the reason for each (practice.md §8: a contract has three dates)."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.law.contract_dates import ContractTerms, key_dates
from toolkit.law.values import LegalDate
from workflows.contracts.models import Contract
