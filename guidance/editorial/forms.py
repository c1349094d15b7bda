"""The forms editors fill in, in the admin."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from guidance.editorial import kinds
from guidance.editorial.content import ContentError
from guidance.editorial.diffs import Line, compare
from guidance.editorial.models import Image, Item, Release, Revision
from guidance.editorial.selectors import newest
from guidance.editorial.services.pictures import FORMATS
from toolkit.core import clock
from toolkit.core.addresses import is_of_this_service
from toolkit.core.pictures import NoPicture, TooManyPoints, written_anew


class ItemForm(forms.ModelForm):
    """What an editor changes on one item. Knows the revision it began from, so that two editors never overwrite."""

    kind: ClassVar[str]

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="What changed",
        max_length=300,
        required=False,
        help_text="For readers: it stands in the list of changes, the feed and e-mails. Say what, not that.",
        widget=forms.TextInput(attrs={"size": 90}),
    )
    is_minor = forms.BooleanField(
        label="A small correction",
        required=False,
        help_text="Readers are not told, and “last changed” stays as it is.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = newest(self.kind, self.instance.pk) if self.instance.pk else None
        self.fields["base"].initial = self.latest.number if self.latest is not None else 0
        if self.latest is not None and self.latest.number != self.instance.live_number:
            self.fields["note"].initial = self.latest.note
            self.fields["is_minor"].initial = self.latest.is_minor
        self.theirs: Revision | None = None
        self.their_change: tuple[Line, ...] = ()
        self.text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        base = cleaned.get("base") or 0
        if self.latest is not None and self.latest.number != base:
            self._tell_of(self.latest, base)
        return cleaned

    def _tell_of(self, theirs: Revision, base: int) -> None:
        """Somebody saved in between. What was typed stays in the form; saving again puts it after theirs."""
        before = Revision.objects.filter(kind=self.kind, item_id=self.instance.pk, number=base).first()
        self.theirs = theirs
        self.their_change = compare(before.text if before is not None else "", theirs.text)
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data[self.add_prefix("base")] = str(theirs.number)
        self.data = data
        self.add_error(
            None,
            f"{theirs.author} saved revision {theirs.number} while you were working on this. Nothing you typed is lost: it is "
            "still here. See below what they changed, take over what you want, and save again.",
        )

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django’s own hook, after which the instance has the new values
        if self.errors:
            return
        kind = kinds.named(self.kind)
        try:
            self.text = kind.text_of(self.instance)
            kind.apply(type(self.instance)(slug=self.instance.slug), self.text)
        except ContentError as error:
            field = error.field if error.field in self.fields else None
            self.add_error(field, error.sentence(self.instance.slug or kind.label))

    @property
    def item(self) -> Item:
        item: Item = self.instance
        return item


class Moment(forms.SplitDateTimeField):
    """A day and a time, each with a label of its own."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "Day"},
            time_attrs={"type": "time", "aria-label": "Time"},
            date_format="%Y-%m-%d",
        )
        super().__init__(widget=widget, required=False, **kwargs)


class ReviewForm(forms.Form):
    """What a reviewer decides, about the revision that they have read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[
            ("publish", "Approve and publish now"),
            ("schedule", "Approve and publish at a set time"),
            ("release", "Approve and add to a release"),
            ("send-back", "Send back"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happens"},
    )
    at = Moment(label="Time")
    release = forms.ModelChoiceField(Release.objects.none(), required=False)
    comment = forms.CharField(
        label="What has to change", required=False, widget=forms.Textarea(attrs={"rows": 5, "cols": 80})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        release = self.fields["release"]
        assert isinstance(release, forms.ModelChoiceField)
        release.queryset = Release.objects.filter(
            done_at=None, cancelled_at=None, goes_out_at__gt=clock.now()
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        match cleaned.get("decision"):
            case "schedule":
                _future(self, "at", cleaned.get("at"))
            case "release" if not cleaned.get("release") and "release" not in self.errors:
                self.add_error("release", "Select a release that has not gone out yet")
            case "send-back" if not (cleaned.get("comment") or "").strip():
                self.add_error("comment", "Say what has to change")
        return cleaned


class ReleaseForm(forms.ModelForm):
    """When a set goes out."""

    class Meta:
        model = Release
        fields = ("name", "goes_out_at")
        error_messages = {
            "name": {"required": "Enter a name"},
            "goes_out_at": {"required": "Enter a day and a time"},
        }

    def clean_goes_out_at(self) -> dt.datetime:
        at: dt.datetime = self.cleaned_data["goes_out_at"]
        if at <= clock.now():
            raise ValidationError("The time must be in the future")
        if self.instance.pk and not Release.objects.get(pk=self.instance.pk).is_waiting:
            raise ValidationError("This release has gone out or was cancelled meanwhile")
        return at


class WithdrawForm(forms.Form):
    """Why an item goes, where readers are sent, and when."""

    reason = forms.CharField(
        max_length=400,
        help_text="Readers see it: “Section 41 changed on 1 January; the page on direct award has taken its place”.",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        error_messages={"required": "Say why, for readers"},
    )
    read_instead = forms.CharField(
        max_length=300,
        required=False,
        help_text="An address of this service, such as /guidance/award/. May be empty.",
    )
    at = Moment(label="When", help_text="Empty: now.")

    def clean_read_instead(self) -> str:
        address = str(self.cleaned_data["read_instead"]).strip()
        if address and not is_of_this_service(address):
            raise ValidationError("Enter an address of this service, such as /guidance/award/")
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("at"):
            _future(self, "at", cleaned["at"])
        return cleaned


def _future(form: forms.Form, name: str, at: dt.datetime | None) -> None:
    if name in form.errors:
        return
    if at is None:
        form.add_error(name, "Enter a day and a time")
    elif at <= clock.now():
        form.add_error(name, "The time must be in the future")


MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 24_000_000
WIDEST = 1_600


class ImageForm(forms.ModelForm):
    """A picture: really one, not too large, its hidden data dropped by writing it anew."""

    file = forms.FileField(
        required=False,
        help_text="PNG, JPEG or WebP, at most 2 MB. What it hides (place, camera) is removed. Words belong in the text, not in a picture.",
    )

    class Meta:
        model = Image
        fields = ("slug", "alternative_text")
        error_messages = {
            "slug": {"required": "Enter what texts call it"},
            "alternative_text": {"required": "Enter what somebody who can’t see it needs to know"},
        }

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded is None:
            if not self.instance.pk:
                raise ValidationError("Select a picture")
            return None
        if uploaded.size > MOST_BYTES:
            raise ValidationError("The picture must be 2 MB or less")
        try:
            self._read(uploaded.read())
        except TooManyPoints as error:
            raise ValidationError("The picture must have fewer than 24 million points") from error
        except NoPicture as error:
            raise ValidationError("The file is no PNG, JPEG or WebP picture that can be read") from error
        return uploaded

    def _read(self, content: bytes) -> None:
        clean = written_anew(content, formats=tuple(FORMATS), widest=WIDEST, most_points=MOST_PIXELS)
        image = self.instance
        image.content, image.content_type = clean.content, clean.content_type
        image.width, image.height = clean.width, clean.height
        image.digest = sha256(image.content).hexdigest()
        image.updated_at = clock.now()
