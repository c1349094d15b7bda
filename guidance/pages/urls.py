"""Guidance: the stages, guides, glossary, pages, and what readers may do with a page."""

from django.urls import path

from guidance.pages import feed, views
from guidance.pages.feedback import views as feedback
from guidance.pages.notes import views as notes

urlpatterns = [
    path("guidance/", views.index, name="guidance"),
    path("guidance/feed/", feed.changes, name="guidance_feed"),
    path("guidance/glossary/", views.glossary, name="glossary"),
    path("guidance/glossary/<slug:letter>/", views.glossary_letter, name="glossary_letter"),
    path("guidance/feedback/thanks/", feedback.thanks, name="feedback_thanks"),
    path("guidance/notes/", notes.every, name="guidance_notes"),
    path("guidance/for/<slug:who>/", views.for_somebody, name="guidance_for"),
    path("guidance/guides/<slug:slug>/", views.guide, name="guide"),
    path("guidance/guides/<slug:slug>/print/", views.guide_on_paper, name="guide_print"),
    path("guidance/guides/<slug:slug>/pdf/", views.guide_pdf, name="guide_pdf"),
    path("guidance/guides/<slug:slug>/useful/", feedback.about_guide, name="guide_feedback"),
    path("guidance/<slug:stage>/", views.stage, name="guidance_stage"),
    path("guidance/<slug:stage>/<slug:slug>/", views.page, name="guidance_page"),
    path("guidance/<slug:stage>/<slug:slug>/print/", views.page_on_paper, name="guidance_print"),
    path("guidance/<slug:stage>/<slug:slug>/pdf/", views.page_pdf, name="guidance_pdf"),
    path("guidance/<slug:stage>/<slug:slug>/note/", notes.edit, name="guidance_note"),
    path("guidance/<slug:stage>/<slug:slug>/note/confirm/", notes.confirm, name="guidance_note_confirm"),
    path("guidance/<slug:stage>/<slug:slug>/useful/", feedback.about_page, name="guidance_feedback"),
]
