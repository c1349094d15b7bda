"""Addresses of an organisation's own rules."""

from django.urls import path

from workflows.rules.views import drafts, people, reading, rows

urlpatterns = [
    path("rules/", reading.rules, name="rules"),
    path("rules/deciding/", rows.deciding, name="rules_deciding"),
    path("rules/meetings/", rows.meetings, name="rules_meetings"),
    path("rules/closed-days/", rows.closed_days, name="rules_closed_days"),
    path("rules/contacts/", rows.contacts, name="rules_contacts"),
    path("rules/people/", people.people, name="rules_people"),
    path("rules/versions/<slug:number>/", reading.version, name="rules_version"),
    path("rules/touched/<slug:change>/", reading.touched, name="rules_touched"),
    path("rules/changes/", drafts.draft, name="rules_draft"),
    path("rules/changes/begin/", drafts.begin, name="rules_begin"),
    path("rules/changes/throw-away/", drafts.throw_away, name="rules_throw_away"),
    path("rules/changes/weigh/", drafts.weigh, name="rules_weigh"),
    path("rules/changes/publish/", drafts.publish, name="rules_publish"),
    path("rules/changes/<slug:subject>/", drafts.part, name="rules_part"),
    path("rules/changes/<slug:subject>/<slug:key>/", drafts.item, name="rules_item"),
    path("rules/changes/<slug:subject>/<slug:key>/remove/", drafts.remove, name="rules_remove"),
]
