"""Addresses of contracts."""

from django.urls import path

from workflows.contracts import views, views_of_work

urlpatterns = [
    path("contracts/", views.register, name="contracts"),
    path("contracts/<reference:reference>/", views.contract, name="contract"),
    path("contracts/<reference:reference>/change/", views.change, name="contract_change"),
    path("contracts/<reference:reference>/documents/", views.documents, name="contract_documents"),
    path("contracts/<reference:reference>/sharing/", views.share, name="contract_share"),
    path("contracts/<reference:reference>/extend/", views.extend, name="contract_extend"),
    path("contracts/<reference:reference>/end/", views.end, name="contract_end"),
    path("contracts/<reference:reference>/law/", views_of_work.law, name="contract_law"),
    path("contracts/<reference:reference>/work/", views_of_work.work, name="contract_work"),
    path(
        "contracts/<reference:reference>/work/<reference:work>/write/",
        views_of_work.write,
        name="contract_write",
    ),
]
