"""Addresses of contracts."""

from django.urls import path

from workflows.contracts import views

urlpatterns = [
    path("contracts/", views.register, name="contracts"),
    path("contracts/<reference:reference>/", views.contract, name="contract"),
    path("contracts/<reference:reference>/change/", views.change, name="contract_change"),
    path("contracts/<reference:reference>/documents/", views.documents, name="contract_documents"),
    path("contracts/<reference:reference>/sharing/", views.share, name="contract_share"),
    path("contracts/<reference:reference>/extend/", views.extend, name="contract_extend"),
    path("contracts/<reference:reference>/end/", views.end, name="contract_end"),
]
