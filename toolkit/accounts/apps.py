from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "toolkit.accounts"
    label = "accounts"
    verbose_name = "Organisations and people"

    def ready(self) -> None:
        # Imported here because models are not ready before. A signal, because allauth has no other means.
        from allauth.account.signals import email_confirmed

        from toolkit.accounts.adapters import let_go_of_earlier_claims

        email_confirmed.connect(let_go_of_earlier_claims)
