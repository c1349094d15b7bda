from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "toolkit.jobs"
    label = "jobs"
    verbose_name = "Jobs and e-mail"
