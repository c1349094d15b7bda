"""Verbs of organisations and people, by noun: memberships, invitations."""

from toolkit.accounts.services.invitations import accept_invitations, invite, withdraw_invitation
from toolkit.accounts.services.memberships import (
    AnsweredAlready,
    admit,
    appoint_administrator,
    ask_to_join,
    change,
    decline,
    end,
    set_by_staff,
)

__all__ = [
    "AnsweredAlready",
    "accept_invitations",
    "admit",
    "appoint_administrator",
    "ask_to_join",
    "change",
    "decline",
    "end",
    "invite",
    "set_by_staff",
    "withdraw_invitation",
]
