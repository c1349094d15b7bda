"""Addresses of templates, clauses and documents."""

from __future__ import annotations

from django.urls import path

from guidance.documents.views import drafts, examples, filling, library, logos, older, variants

urlpatterns = [
    path("templates/", library.templates, name="templates"),
    path("templates/<slug:slug>/", library.template, name="template"),
    path("clauses/<slug:slug>/", library.clause, name="clause"),
    path("documents/<reference:reference>/", filling.document, name="document"),
    path("documents/older/", older.older, name="documents_older"),
    path("documents/<reference:reference>/example/", examples.share, name="example_share"),
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
