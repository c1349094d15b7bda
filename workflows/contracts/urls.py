"""Addresses of contracts."""

from django.urls import path

from workflows.contracts.views import register, work

urlpatterns = [
    path("contracts/", register.register, name="contracts"),
    path("contracts/<reference:reference>/", register.contract, name="contract"),
    path("contracts/<reference:reference>/change/", register.change, name="contract_change"),
    path("contracts/<reference:reference>/documents/", register.documents, name="contract_documents"),
    path("contracts/<reference:reference>/sharing/", register.share, name="contract_share"),
    path("contracts/<reference:reference>/extend/", register.extend, name="contract_extend"),
    path("contracts/<reference:reference>/end/", register.end, name="contract_end"),
    path("contracts/<reference:reference>/law/", work.law, name="contract_law"),
    path("contracts/<reference:reference>/actions/", work.work, name="contract_work"),
    path(
        "contracts/<reference:reference>/actions/<reference:work>/write/",
        work.write,
        name="contract_write",
    ),
]
