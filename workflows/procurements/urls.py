"""Addresses of procurements."""

from django.urls import path

from workflows.procurements.logs.urls import urlpatterns as logs
from workflows.procurements.views import (
    dates,
    decisions,
    documents,
    facts,
    questions,
    records,
    slips,
    tasks,
    together,
    turns,
)

urlpatterns = [
    path("procurements/", records.listing, name="procurements"),
    path("procurements/start/", questions.start, name="procurement_start"),
    path("procurements/changed-guidance/", records.changed_guidance, name="changed_guidance"),
    path("procurements/<reference:reference>/", records.overview, name="procurement"),
    path(
        "procurements/<reference:reference>/questions/<slug:page>/",
        questions.question,
        name="procurement_question",
    ),
    path("procurements/<reference:reference>/check-answers/", questions.check, name="procurement_check"),
    path("procurements/<reference:reference>/discard/", questions.discard, name="procurement_discard"),
    path("procurements/<reference:reference>/hand-over/", questions.hand_over, name="procurement_hand_over"),
    path("procurements/<reference:reference>/facts/", facts.facts, name="procurement_facts"),
    path("procurements/<reference:reference>/facts/<slug:page>/", facts.change, name="procurement_fact"),
    path("procurements/<reference:reference>/tasks/", records.task_list, name="procurement_tasks"),
    path("procurements/<reference:reference>/tasks/<slug:slug>/", tasks.task, name="procurement_task"),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/reopen/",
        tasks.reopen,
        name="procurement_task_reopen",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/assign/",
        tasks.assign,
        name="procurement_task_assign",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/withdraw-request/",
        decisions.withdraw,
        name="procurement_endorsement_withdraw",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/complete-endorsements/",
        decisions.complete,
        name="procurement_endorsements_complete",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/endorse-anew/",
        decisions.anew,
        name="procurement_endorse_anew",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/decision-record/",
        decisions.printed,
        name="procurement_decision_record",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/decision-record/pdf/",
        decisions.pdf,
        name="procurement_decision_pdf",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/further-decision/",
        decisions.further,
        name="procurement_decision_further",
    ),
    path(
        "procurements/<reference:reference>/tasks/<slug:slug>/decision-dates/",
        decisions.dates,
        name="procurement_decision_dates",
    ),
    path("procurements/<reference:reference>/documents/", documents.listing, name="procurement_documents"),
    path("procurements/<reference:reference>/decisions/", decisions.listing, name="procurement_decisions"),
    path("procurements/<reference:reference>/dates/", dates.dates, name="procurement_dates"),
    path("procurements/<reference:reference>/dates/keep/", slips.keep, name="procurement_dates_keep"),
    path("procurements/<reference:reference>/dates/slips/", slips.explain, name="procurement_dates_slips"),
    path(
        "procurements/<reference:reference>/dates/calendar/",
        dates.calendar,
        name="procurement_dates_calendar",
    ),
    path(
        "procurements/<reference:reference>/dates/move/<slug:activity>/",
        dates.move,
        name="procurement_dates_move",
    ),
    path("procurements/<reference:reference>/team/", records.team, name="procurement_team"),
    path("procurements/<reference:reference>/team/join/", records.join_team, name="procurement_join"),
    path(
        "procurements/<reference:reference>/team/<str:email>/remove/",
        records.leave_team,
        name="procurement_leave",
    ),
    path(
        "procurements/<reference:reference>/team/hand-over/",
        together.hand_over,
        name="procurement_work_hand_over",
    ),
    path("procurements/<reference:reference>/follow/", together.follow, name="procurement_follow"),
    path("procurements/<reference:reference>/comments/", together.comment_list, name="procurement_comments"),
    path(
        "procurements/<reference:reference>/comments/take-back/",
        together.take_back,
        name="procurement_comment_take_back",
    ),
    path("procurements/<reference:reference>/history/", records.history, name="procurement_history"),
    path("procurements/<reference:reference>/sharing/", records.share, name="procurement_share"),
    path("procurements/<reference:reference>/turns/", turns.listing, name="procurement_turns"),
    path("procurements/<reference:reference>/turns/<slug:turn>/", turns.take, name="procurement_turn"),
    path("procurements/<reference:reference>/stop/", records.stop, name="procurement_stop"),
    path(
        "procurements/<reference:reference>/pause/",
        records.pause,
        {"verb": "pause"},
        name="procurement_pause",
    ),
    path(
        "procurements/<reference:reference>/resume/",
        records.pause,
        {"verb": "resume"},
        name="procurement_resume",
    ),
    *logs,
]
