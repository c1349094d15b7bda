"""The admin of one kind of content: saving makes drafts, readers see nothing before somebody else has reviewed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidance.editorial import kinds, previews
from guidance.editorial.admin import pages
from guidance.editorial.content import ContentError
from guidance.editorial.forms import ReviewForm, WithdrawForm
from guidance.editorial.models import Item, Revision, State, Status
from guidance.editorial.permissions import may_review
from guidance.editorial.selectors import newest
from guidance.editorial.services import drafts, publishing, releases, reviews, shipped
from guidance.editorial.services.waiting import take_out
from toolkit.core import clock
from toolkit.core.errors import Refused


class OverdueFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("month", "Due within 30 days")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        today = clock.today()
        match self.value():
            case "overdue":
                return queryset.filter(status=Status.PUBLISHED, review_by__lt=today)
            case "month":
                return queryset.filter(status=Status.PUBLISHED, review_by__range=pages.next_month(today))
        return queryset


class WorkFilter(admin.SimpleListFilter):
    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Has a draft not published"), ("offered", "A newer shipped text is offered")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        match self.value():
            case "open":
                return queryset.filter(pk__in=pages.with_open_draft(queryset.model))
            case "offered":
                return queryset.exclude(offered_text="")
        return queryset


class ItemAdmin(admin.ModelAdmin):
    """Shared by every kind. The form shows the newest draft; saving adds a revision and leaves what is live alone."""

    kind: ClassVar[str]
    change_form_template = "admin/editorial/change_form.html"
    list_filter = ["status", OverdueFilter, WorkFilter, "owner"]
    list_per_page = 50
    ordering = ["slug"]
    marks: ClassVar[Sequence[tuple[str, str]]] = pages.MARKDOWN_HELP
    """(what to type, what it makes), shown beside the form."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["editorial.css"]}

    # What is edited

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Item | None:
        """The item with the newest draft’s words in it; locked while something is saved, so that two take turns."""
        item: Item | None = super().get_object(request, object_id, from_field)
        if item is None:
            return None
        if request.method == "POST":
            item = drafts.locked(item)
        return self._with_newest_words(request, item)

    def _with_newest_words(self, request: HttpRequest, item: Item) -> Item:
        latest = newest(self.kind, item.pk)
        if latest is not None and latest.number != item.live_number:
            item.slug = latest.slug
            try:
                kinds.named(self.kind).apply(item, latest.text)
            except ContentError as error:
                messages.warning(request, f"The newest draft is shown as far as it can be read: {error}")
        return item

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep the form’s words as a draft."""
        base = form.cleaned_data.get("base") or 0
        if not change:
            obj.save()
            base = 0
        form.revision = drafts.save_draft(
            item=obj,
            text=form.text,
            slug=obj.slug,
            title=str(obj),
            base=base,
            actor=request.user,  # type: ignore[arg-type]  # the admin lets in only people
            note=form.cleaned_data.get("note", "").strip(),
            is_minor=form.cleaned_data.get("is_minor", False),
        )

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, obj: Item) -> HttpResponse:
        revision = newest(self.kind, obj.pk)
        assert revision is not None, "saving has just made one"
        if "_preview" in request.POST:
            return HttpResponseRedirect(previews.link_to(revision))
        if "_submit" in request.POST:
            try:
                reviews.submit(revision=revision, actor=request.user)  # type: ignore[arg-type]
            except Refused as refused:
                messages.error(request, refused.sentence)
            else:
                messages.success(request, f"“{revision.title}” waits for a review by somebody else")
        else:
            messages.success(
                request,
                f"Kept as revision {revision.number}. Readers do not see it before it is reviewed and published",
            )
        return HttpResponseRedirect(self._address("change", obj))

    # Who may what

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is withdrawn, never deleted: its address has to answer."""
        return obj is not None and obj.status == Status.DRAFT and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        take_out(kind=self.kind, item_id=obj.pk)
        super().delete_model(request, obj)

    # More pages

    def get_urls(self) -> list[URLPattern]:
        def at(suffix: str, view: Any, name: str) -> URLPattern:
            return path(suffix, self.admin_site.admin_view(view), name=self._name(name))

        return [
            at("preview/", self.preview_unsaved, "preview_new"),
            at("<path:object_id>/preview/", self.preview_unsaved, "preview"),
            at("<path:object_id>/review/", self.review, "review"),
            at("<path:object_id>/withdraw/", self.withdraw, "withdraw"),
            at("<path:object_id>/revisions/", self.revisions, "revisions"),
            at("<path:object_id>/revisions/<int:number>/restore/", self.restore, "restore"),
            at("<path:object_id>/shipped/", self.shipped, "shipped"),
            *super().get_urls(),
        ]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, page: str, obj: Any, *more: Any) -> str:
        return reverse(f"admin:{self._name(page)}", args=[obj.pk, *more])

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        standing = pages.standing(self, object_id, request) if object_id else None
        here = {
            "standing": standing,
            "preview_url": self._preview_address(object_id),
            "help": self.marks,
        }
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **here})

    def _preview_address(self, object_id: str | None) -> str:
        if object_id is None:
            return reverse(f"admin:{self._name('preview_new')}")
        return reverse(f"admin:{self._name('preview')}", args=[object_id])

    def _item(self, request: HttpRequest, object_id: str) -> Any:
        found = admin.ModelAdmin.get_object(self, request, object_id)
        if found is None:
            raise Http404("There is no such item")
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        return found

    def preview_unsaved(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """The form’s words in the real layout, without saving them."""
        if request.method != "POST":
            raise Http404("A preview needs a form")
        item = admin.ModelAdmin.get_object(self, request, object_id) if object_id else None
        if item is not None:
            item = self._with_newest_words(request, item)
        if not (self.has_change_permission(request, item) if item else self.has_add_permission(request)):
            raise PermissionDenied
        form: Any = self.get_form(request, item, change=item is not None)(
            request.POST, request.FILES, instance=item
        )
        form.latest = None  # what somebody else saved meanwhile is no matter for a look
        if not form.is_valid():
            return pages.cannot_preview(self, request, form)
        return kinds.named(self.kind).show(request, form.instance, preview="Nothing of this is saved yet.")

    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Read what would change, and decide."""
        item = self._item(request, object_id)
        if not may_review(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        revision = newest(self.kind, item.pk)
        if revision is None:
            raise Http404("There is nothing to review")
        form = ReviewForm(request.POST or None, initial={"number": revision.number})
        if request.method == "POST" and form.is_valid():
            try:
                if form.cleaned_data["number"] != revision.number:
                    raise Refused(
                        "A newer revision was saved while you were reading: look at what it changes"
                    )
                self._decide(request, revision, form.cleaned_data)
            except (Refused, ContentError) as refused:
                form.add_error(None, str(refused))
            else:
                return HttpResponseRedirect(self._address("change", item))
        return pages.review_page(self, request, item, revision, form)

    def _decide(self, request: HttpRequest, revision: Revision, decided: dict[str, Any]) -> None:
        actor: Any = request.user
        if decided["decision"] == "send-back":
            reviews.send_back(revision=revision, actor=actor, comment=decided["comment"])
            messages.success(request, "Sent back; its author hears by e-mail")
            return
        with pages.all_or_nothing():
            if revision.state != State.APPROVED:
                reviews.approve(revision=revision, actor=actor)
            revision.refresh_from_db()
            match decided["decision"]:
                case "publish":
                    publishing.publish(revision=revision, actor=actor)
                    messages.success(request, f"“{revision.title}” is published")
                case "schedule":
                    release = releases.plan(name=revision.title, at=decided["at"], actor=actor)
                    releases.add_revision(release=release, revision=revision)
                    messages.success(
                        request, f"“{revision.title}” goes out on {pages.when(release.goes_out_at)}"
                    )
                case "release":
                    releases.add_revision(release=decided["release"], revision=revision)
                    messages.success(request, f"“{revision.title}” goes out with “{decided['release']}”")

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take an item out of reading, now or later."""
        item = self._item(request, object_id)
        if not may_review(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                self._withdraw(request, item, form.cleaned_data)
            except (Refused, ContentError) as refused:
                form.add_error(None, str(refused))
            else:
                return HttpResponseRedirect(self._address("change", item))
        return pages.withdraw_page(self, request, item, form)

    def _withdraw(self, request: HttpRequest, item: Item, asked: dict[str, Any]) -> None:
        actor: Any = request.user
        why = {"reason": asked["reason"], "read_instead": asked["read_instead"]}
        if asked["at"] is None:
            publishing.withdraw(item=item, actor=actor, **why)
            messages.success(request, f"“{item}” is withdrawn")
            return
        with pages.all_or_nothing():
            release = releases.plan(name=f"Withdraw “{item}”", at=asked["at"], actor=actor)
            releases.add_withdrawal(release=release, item=item, **why)
        messages.success(request, f"“{item}” is withdrawn on {pages.when(release.goes_out_at)}")

    def revisions(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every text it has had, and what changed between two of them."""
        return pages.revisions_page(self, request, self._item(request, object_id))

    def restore(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Bring an older text back, as a draft."""
        item = self._item(request, object_id)
        revision = Revision.objects.filter(kind=self.kind, item_id=item.pk, number=number).first()
        if revision is None or request.method != "POST":
            raise Http404("There is no such revision")
        try:
            made = drafts.restore(item=item, revision=revision, actor=request.user)  # type: ignore[arg-type]
        except (Refused, ContentError) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Revision {number} is back as draft {made.number}")
        return HttpResponseRedirect(self._address("change", item))

    def shipped(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A newer shipped text, beside ours: take it as a draft, or keep what we have."""
        item = self._item(request, object_id)
        if request.method != "POST":
            return pages.shipped_page(self, request, item)
        try:
            if "take" in request.POST:
                shipped.take_offer(item=item, actor=request.user)  # type: ignore[arg-type]
                messages.success(
                    request, "The shipped text is the newest draft now; look it over and send it for review"
                )
            else:
                shipped.decline_offer(item=item)
                messages.success(request, "Kept as it is; this shipped text is not offered again")
        except (Refused, ContentError) as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(self._address("change", item))

    # Lists

    @admin.display(description="where it stands", ordering="status")
    def stands(self, item: Item) -> SafeString | str:
        latest = newest(self.kind, item.pk)
        status = item.get_status_display()
        if latest is None or latest.number == item.live_number:
            return str(status)
        return format_html("{}; <strong>{}</strong>", status, State(latest.state).label)
