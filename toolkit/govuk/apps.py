from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "toolkit.govuk"
    label = "govuk"
    verbose_name = "GOV.UK components"
