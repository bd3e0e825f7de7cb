"""The forms of people and credits: sign-in, passwords, members, invitations, the ledger's filter."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm

from billing.audit_log import GROUPS
from billing.membership import grantable_roles
from billing.models import EntryKind, Membership, Role, User, Workspace

EMAIL = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
NEW_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(AuthenticationForm):
    """E-mail and password; one message for whatever is wrong."""

    error_messages = {
        "invalid_login": "E-mail and password do not match. Check both, and try again.",
        "inactive": "E-mail and password do not match. Check both, and try again.",
    }
    remember = forms.BooleanField(label="Keep me signed in for two weeks", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail"
        self.fields["username"].widget = forms.EmailInput(attrs=EMAIL | {"autofocus": True})
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class ChangePasswordForm(PasswordChangeForm):
    """The old password and a new one, twice."""


class ResetRequestForm(PasswordResetForm):
    """Asks for a link by e-mail; says the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
        self.fields["email"].widget.attrs |= EMAIL | {"autofocus": True}


class _NewPassword(forms.Form):
    """One new password, judged by the rules for the person it belongs to."""

    password = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
        help_text="At least 10 characters, not a common word, not your name.",
    )

    def person(self) -> User:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            try:
                password_validation.validate_password(data["password"], self.person())
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return data


class NewPasswordForm(_NewPassword):
    """Sets the password of the person whose link was opened."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def person(self) -> User:
        return self.user


class JoinForm(_NewPassword):
    """A new account for somebody who was invited."""

    email = forms.EmailField(label="E-mail", max_length=254, widget=forms.EmailInput(attrs=EMAIL))
    first_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ("email", "first_name", "last_name", "password")

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Password"
        if email:
            self.fields["email"].initial = email
            self.fields["email"].disabled = True

    def person(self) -> User:
        names = ("email", "first_name", "last_name")
        return User(**{name: self.cleaned_data.get(name, "") for name in names})

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("This address has an account already: sign in to accept with it.")
        return email


class CreditsField(forms.DecimalField):
    """An amount of credits: a field shows 50 as 50, not as 50.00."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class MemberForm(forms.Form):
    """What a member may do and spend; offers only the roles that the person asking may give."""

    role = forms.ChoiceField(choices=Role.choices)
    monthly_limit = CreditsField(
        label="Most credits a month",
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text="Credits held for running searches count. Leave it empty for no limit.",
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, by: User, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = grantable_roles(by, member.workspace)
        self.initial = {"role": member.role, "monthly_limit": member.monthly_limit}


class RunLimitForm(forms.Form):
    """The most credits that one run may hold."""

    most = CreditsField(
        label="Most credits a run",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        help_text="For runs started from now on. Leave it empty for no limit.",
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )


class ConfirmSumForm(forms.Form):
    """The sum above which an enrichment is confirmed a second time."""

    above = CreditsField(
        label="Confirm again above",
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text="An enrichment that may cost more is asked about once more. Leave it empty to be never asked.",
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )


class LimitForm(forms.Form):
    """What one member may spend in a month, in a row of a table."""

    limit = CreditsField(
        label="Most credits a month",
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "placeholder": "no limit"}),
    )


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="Only this address can accept. Without one, anybody with the link can.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.REP)

    def __init__(self, *args: Any, by: User, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = grantable_roles(by, workspace)


class LedgerFilter(forms.Form):
    """Which entries of the ledger to show; managers also choose of whom."""

    kind = forms.ChoiceField(label="Entries", choices=[("", "All entries"), *EntryKind.choices], required=False)
    who = forms.ChoiceField(label="By", required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if membership.is_manager:
            cast(forms.ChoiceField, self.fields["who"]).choices = [("", "Everybody"), *_people(membership.workspace)]
        else:
            del self.fields["who"]

    @property
    def known(self) -> dict[int, str]:
        """The names of those who can be chosen, by user."""
        people = cast(forms.ChoiceField, self.fields["who"]).choices if "who" in self.fields else ()
        return {int(key): str(name) for key, name in cast(Iterable[tuple[str, str]], people) if key}


class AuditFilter(forms.Form):
    """Which acts of the audit to show."""

    group = forms.ChoiceField(
        label="About", choices=[("", "Everything"), *((key, words[0]) for key, words in GROUPS.items())], required=False
    )
    who = forms.ChoiceField(label="By", required=False)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["who"]).choices = [("", "Everybody"), *_people(workspace)]


def _people(workspace: Workspace) -> list[tuple[str, str]]:
    """Everybody who is or was in the workspace, as choices."""
    people = User.objects.filter(memberships__workspace=workspace).order_by("first_name", "email")
    return [(str(each.pk), each.name) for each in people]
