"""Addresses of templates, clauses and documents."""

from __future__ import annotations

from django.urls import path

from guidance.documents.views import (
    beginning,
    changes,
    filling,
    finishing,
    library,
    made,
    people,
    reviewing,
    tables,
)

ONE = "documents/<reference:reference>/"
QUESTION = f"{ONE}questions/<slug:name>/"
MADE = f"{ONE}made/<slug:number>/"

urlpatterns = [
    path("templates/", library.templates, name="templates"),
    path("templates/<slug:slug>/", library.template, name="template"),
    path("clauses/<slug:slug>/", library.clause, name="clause"),
    path("documents/", beginning.listing, name="documents"),
    path("documents/new/", beginning.new, name="document_new"),
    path(ONE, filling.document, name="document"),
    path(QUESTION, filling.question, name="document_question"),
    path(f"{QUESTION}add/", tables.add, name="document_row_add"),
    path(f"{QUESTION}paste/", tables.paste, name="document_rows_paste"),
    path(f"{QUESTION}rows/<slug:row>/", tables.change, name="document_row"),
    path(f"{QUESTION}rows/<slug:row>/remove/", tables.remove, name="document_row_remove"),
    path(f"{ONE}another/", beginning.another, name="document_another"),
    path(f"{ONE}changed/", changes.changed, name="document_changed"),
    path(f"{ONE}check/", finishing.check, name="document_check"),
    path(f"{ONE}comments/", people.comments, name="document_comments"),
    path(f"{ONE}comments/settle/", people.settle, name="document_comment_settle"),
    path(f"{ONE}history/", people.history, name="document_history"),
    path(f"{ONE}made/", made.listing, name="document_made_list"),
    path(f"{ONE}make/", finishing.make, name="document_make"),
    path(MADE, made.one, name="document_made"),
    path(f"{MADE}again/", made.again, name="document_made_again"),
    path(f"{MADE}read/", made.read, name="document_made_read"),
    path(f"{MADE}where-from/", made.sheet, name="document_sheet"),
    path(f"{MADE}files/<slug:form>/", made.file, name="document_file"),
    path(f"{ONE}move/", changes.move, name="document_move"),
    path(f"{ONE}open-again/", reviewing.open_again, name="document_open_again"),
    path(f"{ONE}people/", people.people, name="document_people"),
    path(f"{ONE}people/<str:email>/remove/", people.take_off, name="document_take_off"),
    path(f"{ONE}preview/", finishing.preview, name="document_preview"),
    path(f"{ONE}review/", reviewing.review, name="document_review"),
    path(f"{ONE}review/ask/", reviewing.ask, name="document_review_ask"),
    path(f"{ONE}review/withdraw/", reviewing.withdraw, name="document_review_withdraw"),
]
