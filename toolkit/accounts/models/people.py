"""People, their memberships of organisations, and invitations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from toolkit.accounts.models.organisations import Organisation
from toolkit.accounts.querysets import MembershipQuerySet
from toolkit.accounts.roles import Role
from toolkit.core import clock, references


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["password", "last_login"],
)
class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, known by an e-mail address. What they may do hangs on their memberships."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(
        default=True, help_text="Untick instead of deleting, so that the record keeps its author."
    )
    is_staff = models.BooleanField("may use the admin", default=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name_plural = "people"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """What to call them in a greeting; empty when they gave no name."""
        return self.name.split(" ")[0] if self.name else ""


class Referred(models.Model):
    """Something that stands in addresses by a reference of its own, given when it is first saved."""

    PREFIX: str

    reference = models.CharField(max_length=12, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.reference:
            rows = type(self)._default_manager
            self.reference = references.new(
                self.PREFIX, taken=lambda reference: rows.filter(reference=reference).exists()
            )
        super().save(*args, **kwargs)


class MembershipStatus(models.TextChoices):
    PENDING = "pending", "Waiting to be let in"
    ADMITTED = "admitted", "Let in"
    DECLINED = "declined", "Not let in"
    ENDED = "ended", "Ended"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(Referred):
    """A person in an organisation. Gives no right until an administrator has admitted them (practice.md §6)."""

    PREFIX = "MB"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=10, choices=MembershipStatus, default=MembershipStatus.PENDING)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    employer = models.CharField(
        max_length=120, blank=True, help_text="Who employs them, if not the organisation itself."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why they need to be let in.")
    supplier_interest = models.CharField(
        max_length=300, blank=True, help_text="Any interest in a supplier they declared."
    )
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day of their access; empty means until removed."
    )
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__short_name", "person__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], name="one_membership_per_organisation"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=MembershipStatus.ADMITTED) | models.Q(roles__len__gt=0),
                name="admitted_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.organisation}"

    def is_current_on(self, day: dt.date) -> bool:
        """Admitted, and not past its last day."""
        return self.status == MembershipStatus.ADMITTED and (self.ends_on is None or self.ends_on >= day)

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Invitation(Referred):
    """An administrator's invitation of an address into their organisation, whatever its domain. Good for 14 days."""

    PREFIX = "IN"
    LASTS = dt.timedelta(days=14)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    employer = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"
