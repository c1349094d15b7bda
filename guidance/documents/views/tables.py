"""Questions answered by rows: one row on each page, or many pasted out of a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.forms.answers import PasteForm, RowForm, seen_row
from guidance.documents.models import Document
from guidance.documents.pages import answers as answer_pages
from guidance.documents.selectors import Standing, standing_of
from guidance.documents.services import answering
from guidance.documents.views.common import found_to_write, frame, person_of, question_of
from toolkit.core import form_keys
from toolkit.core.errors import Refused
from toolkit.core.text import count

ROWS_ON_A_PAGE = 50


def show_table(
    request: HttpRequest, document: Document, standing: Standing, asked: Question, context: dict[str, Any]
) -> HttpResponse:
    """The rows, with what can be done about each."""
    if request.method == "POST":  # rows are added and changed on pages of their own
        return redirect(request.get_full_path())
    rows = standing.value(asked.name) or []
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page_of_rows": page,
        "table": answer_pages.table_page(document, asked, list(page.object_list), page.start_index() or 1),
        "query": f"then={request.GET['then']}&" if request.GET.get("then") in ("check", "changed") else "",
    }
    return render(request, "documents/table.html", context)


def _table(request: HttpRequest, reference: str, name: str) -> tuple[Document, Standing, Question]:
    """Raises Http404 for a question that is none or has no rows."""
    document = found_to_write(request, reference)
    standing = standing_of(document)
    asked = question_of(standing, name)
    if asked.kind != QuestionKind.TABLE:
        raise Http404
    return document, standing, asked


def _row(standing: Standing, asked: Question, row: str) -> dict[str, str] | None:
    rows: list[dict[str, str]] = standing.value(asked.name) or []
    return next((each for each in rows if each.get("id") == row), None)


def _address(request: HttpRequest, document: Document, asked: Question) -> str:
    """The page of the rows, keeping where it was come to from."""
    then = request.GET.get("then", "")
    query = f"?then={then}" if then in ("check", "changed") else ""
    return f"{reverse('document_question', args=[document.reference, asked.name])}{query}"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One more row."""
    document, _, asked = _table(request, reference, name)
    form = RowForm(request.POST or None, question=asked)
    if request.method == "POST" and form.is_valid():
        try:
            answering.add_rows(
                document=document,
                name=name,
                rows=[form.values],
                form_key=form_keys.read(request.POST.get("form_key")),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The row is added")
            if request.POST.get("do") == "another":
                return redirect(request.get_full_path())
            return redirect(_address(request, document, asked))
    context = {
        **frame(request, document),
        "question": asked,
        "form": form,
        "title": "Add a row",
        "back": _address(request, document, asked),
        "is_new": True,
        "form_key": form_keys.again(request.POST.get("form_key")),
        "now": [],
        "seen": "",
    }
    return render(request, "documents/row.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str, name: str, row: str) -> HttpResponse:
    """One row that is there."""
    document, standing, asked = _table(request, reference, name)
    there = _row(standing, asked, row)
    if there is None:
        return _gone(request, document, asked)
    form = RowForm(request.POST or None, question=asked, initial=RowForm.initial_from(asked, there))
    seen, now = _bare(there), list[tuple[str, str]]()
    if request.method == "POST":
        seen = seen_row(request.POST.get("seen", ""))
        if form.is_valid():
            try:
                answering.change_row(
                    document=document,
                    name=name,
                    row=row,
                    values=form.values,
                    seen=seen,
                    actor=person_of(request),
                )
            except Refused as refused:
                form.add_error(None, refused.sentence)
                fresh = _row(standing_of(document), asked, row)
                if fresh is None:
                    return _gone(request, document, asked)
                if _bare(fresh) != seen:  # shown beside what was typed, so that the next save knows of it
                    seen, now = _bare(fresh), answer_pages.cells_in_words(asked, fresh)
            else:
                messages.success(request, "The row is changed")
                return redirect(_address(request, document, asked))
    context = {
        **frame(request, document),
        "question": asked,
        "form": form,
        "title": "Change the row",
        "back": _address(request, document, asked),
        "is_new": False,
        "now": now,
        "seen": json.dumps(seen, sort_keys=True),
    }
    return render(request, "documents/row.html", context)


def _bare(row: Mapping[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name != "id"}


def _gone(request: HttpRequest, document: Document, asked: Question) -> HttpResponse:
    messages.info(request, "That row is not there any more: somebody has removed it")
    return redirect(_address(request, document, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, reference: str, name: str, row: str) -> HttpResponse:
    """Ask, then remove."""
    document, standing, asked = _table(request, reference, name)
    there = _row(standing, asked, row)
    if there is None:
        return _gone(request, document, asked)
    if request.method == "POST":
        try:
            answering.remove_row(
                document=document,
                name=name,
                row=row,
                seen=seen_row(request.POST.get("seen", "")),
                actor=person_of(request),
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect(request.get_full_path())
        messages.success(request, "The row is removed")
        return redirect(_address(request, document, asked))
    context = {
        **frame(request, document),
        "question": asked,
        "cells": answer_pages.cells_in_words(asked, there),
        "seen": json.dumps(_bare(there), sort_keys=True),
        "back": _address(request, document, asked),
    }
    return render(request, "documents/row_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Many rows at once, out of a spreadsheet: all of them, or none and which one is wrong."""
    document, _, asked = _table(request, reference, name)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = answering.rows_from(asked, form.cleaned_data["rows"])
            answering.add_rows(
                document=document,
                name=name,
                rows=rows,
                form_key=form_keys.read(request.POST.get("form_key")),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error("rows", refused.sentence)
        else:
            messages.success(request, f"{count(len(rows), 'row')} added")
            return redirect(_address(request, document, asked))
    context = {
        **frame(request, document),
        "question": asked,
        "columns": answer_pages.columns_to_paste(asked),
        "form": form,
        "submit": "Add the rows",
        "form_key": form_keys.again(request.POST.get("form_key")),
        "back": _address(request, document, asked),
    }
    return render(request, "documents/paste.html", context)
