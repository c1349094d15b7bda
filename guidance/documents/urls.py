"""Addresses of templates, clauses and documents."""

from __future__ import annotations

from django.urls import path

from guidance.documents.views import (
    beginning,
    changes,
    drafts,
    examples,
    filling,
    finishing,
    library,
    logos,
    made,
    older,
    people,
    reviewing,
    tables,
    variants,
)

ONE = "documents/<reference:reference>/"
QUESTION = f"{ONE}questions/<slug:name>/"
MADE = f"{ONE}made/<slug:number>/"

urlpatterns = [
    path("templates/", library.templates, name="templates"),
    path("templates/<slug:slug>/", library.template, name="template"),
    path("templates/<slug:slug>/example/", library.example, name="template_example"),
    path("templates/<slug:slug>/blank/<slug:form>/", library.blank, name="template_blank"),
    path("clauses/", library.clauses, name="clauses"),
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
    path(f"{ONE}compare/", made.compare, name="document_compare"),
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
    path("documents/older/", older.older, name="documents_older"),
    path(f"{ONE}example/", examples.share, name="example_share"),
    path("examples/", examples.every, name="examples"),
    path("examples/<reference:reference>/", examples.example, name="example"),
    path("examples/<reference:reference>/withdraw/", examples.withdraw, name="example_withdraw"),
    path("organisation/logo/", logos.logo, name="logo"),
    path("organisation/logo/picture/", logos.picture, name="logo_picture"),
    path("organisation/logo/remove/", logos.remove, name="logo_remove"),
    path("organisation/templates/", variants.own_templates, name="own_templates"),
    path("organisation/templates/<slug:slug>/", variants.own_template, name="own_template"),
    path("organisation/templates/<slug:slug>/versions/", variants.versions, name="variant_versions"),
    path("organisation/templates/<slug:slug>/newer/", variants.newer, name="variant_newer"),
    path("organisation/templates/<slug:slug>/take/", variants.take, name="variant_take"),
    path("organisation/templates/<slug:slug>/use/", variants.use, name="variant_use"),
    path("organisation/templates/<slug:slug>/begin/", drafts.begin, name="variant_begin"),
    path("organisation/templates/<slug:slug>/changes/", drafts.draft, name="variant_draft"),
    path("organisation/templates/<slug:slug>/changes/preview/", drafts.preview, name="variant_preview"),
    path(
        "organisation/templates/<slug:slug>/changes/throw-away/", drafts.throw_away, name="variant_throw_away"
    ),
    path("organisation/templates/<slug:slug>/changes/keep-mine/", drafts.keep_mine, name="variant_keep_mine"),
    path(
        "organisation/templates/<slug:slug>/changes/endorsement/",
        drafts.endorsement,
        name="variant_endorsement",
    ),
    path(
        "organisation/templates/<slug:slug>/changes/questions/<slug:name>/",
        drafts.question,
        name="variant_question",
    ),
    path(
        "organisation/templates/<slug:slug>/changes/questions/<slug:name>/remove/",
        drafts.remove_question,
        name="variant_question_remove",
    ),
    path(
        "organisation/templates/<slug:slug>/changes/passages/<slug:name>/",
        drafts.passage,
        name="variant_passage",
    ),
    path(
        "organisation/templates/<slug:slug>/changes/passages/<slug:name>/remove/",
        drafts.remove_passage,
        name="variant_passage_remove",
    ),
]
