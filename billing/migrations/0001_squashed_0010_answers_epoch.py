"""The tables of billing as their migrations left them, the ledger's guards, and the first prices."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import billing.models.workspace
import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls

LEDGER = import_module("billing.migrations.0002_ledger_sql")
PRICES = import_module("billing.migrations.0003_first_prices")


class Migration(migrations.Migration):
    replaces = [
        ("billing", "0001_initial"),
        ("billing", "0002_ledger_sql"),
        ("billing", "0003_first_prices"),
        ("billing", "0004_entry_indexes"),
        ("billing", "0005_indexes_that_are_read"),
        ("billing", "0006_display"),
        ("billing", "0007_notifications"),
        ("billing", "0008_retention_that_was_chosen"),
        ("billing", "0010_answers_epoch"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
                        db_default="",
                        default="",
                        help_text="Empty until chosen: then the cookie decides.",
                        max_length=6,
                    ),
                ),
                (
                    "density",
                    models.CharField(
                        choices=[("roomy", "Comfortable"), ("compact", "Compact")],
                        db_default="roomy",
                        default="roomy",
                        max_length=7,
                    ),
                ),
                (
                    "has_keys",
                    models.BooleanField(db_default=True, default=True, help_text="Whether single keys do something."),
                ),
                (
                    "notices",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, models.JSONField()),
                        default=dict,
                        help_text="Where told otherwise than by default.",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_once")
                ],
            },
            managers=[
                ("objects", billing.models.workspace.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("workspace_id", models.BigIntegerField(blank=True, null=True)),
                ("actor_id", models.BigIntegerField(blank=True, null=True)),
                ("verb", models.CharField(max_length=60)),
                ("object_type", models.CharField(blank=True, default="", max_length=60)),
                ("object_id", models.CharField(blank=True, default="", max_length=60)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace_id", "-created_at"], name="audit_workspace")],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivery", "New lead delivered"),
                            ("email_check", "E-mail verified"),
                            ("phone_check", "Phone line looked up"),
                            ("profile", "Social profiles found"),
                            ("company_facts", "Company facts found"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=40)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "source", "valid_from"), name="price_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="price_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["delivery", "email_check", "phone_check", "profile", "company_facts"])
                        ),
                        name="price_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("slug", models.SlugField(unique=True)),
                ("is_sample", models.BooleanField(default=False, help_text="Invented data only; shown with a badge.")),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="ISO code of the team's country: the hint for phone numbers.",
                        max_length=2,
                    ),
                ),
                (
                    "reuse_days",
                    models.PositiveSmallIntegerField(
                        default=365, help_text="A lead delivered within this many days is known and not charged again."
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Days without a sign of life after which a lead is erased; empty: kept for ever.",
                        null=True,
                    ),
                ),
                ("most_credits_per_run", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("next_run_number", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "time_zone",
                    models.CharField(
                        db_default="UTC",
                        default="UTC",
                        help_text="Hours of schedules and months of caps are in it.",
                        max_length=50,
                    ),
                ),
                (
                    "answers_epoch",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Advanced when somebody is erased: kept answers of providers then count no more.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reuse_days__gte", 1)), name="workspace_reuse_days")
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posted", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
                ("held", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_account",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("held__gte", 0)), name="account_held_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("posted__gte", models.F("held"))), name="account_available_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("rep", "Sales rep"), ("manager", "Manager"), ("owner", "Owner")],
                        default="rep",
                        max_length=8,
                    ),
                ),
                (
                    "monthly_limit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Credits per calendar month, holds counted.",
                        max_digits=12,
                        null=True,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "user"), name="membership_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["rep", "manager", "owner"])), name="membership_role"
                    ),
                    models.CheckConstraint(condition=models.Q(("monthly_limit__gte", 0)), name="membership_limit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[("rep", "Sales rep"), ("manager", "Manager"), ("owner", "Owner")],
                        default="rep",
                        max_length=8,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["workspace", "-created_at"], name="invitation_recent")],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery of leads"),
                            ("verification", "Verification"),
                            ("reinclusion", "Re-inclusion"),
                        ],
                        default="delivery",
                        max_length=12,
                    ),
                ),
                ("run_id", models.UUIDField(blank=True, null=True)),
                (
                    "member_id",
                    models.BigIntegerField(blank=True, help_text="Whose monthly limit it counts against.", null=True),
                ),
                ("remaining", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
                ("captured", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="billing.creditaccount"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["run_id"], name="hold_run"),
                    models.Index(
                        condition=models.Q(("member_id__isnull", False)),
                        fields=["account", "member_id"],
                        name="hold_member",
                    ),
                    models.Index(fields=["workspace", "-created_at"], name="hold_recent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("remaining__gte", 0)), name="hold_remaining_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("captured__gte", 0)), name="hold_captured_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "Granted"),
                            ("hold", "Held"),
                            ("capture", "Charged"),
                            ("release", "Returned"),
                            ("reverse", "Paid back"),
                            ("expire", "Expired"),
                        ],
                        max_length=7,
                    ),
                ),
                ("posted", models.DecimalField(decimal_places=2, max_digits=14)),
                ("held", models.DecimalField(decimal_places=2, max_digits=14)),
                ("key", models.CharField(max_length=120)),
                ("price_kind", models.CharField(blank=True, default="", max_length=20)),
                ("source", models.CharField(blank=True, default="", max_length=40)),
                ("unit_price", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("quantity", models.PositiveIntegerField(default=1)),
                ("actor_id", models.BigIntegerField(blank=True, null=True)),
                ("run_id", models.UUIDField(blank=True, null=True)),
                ("job_id", models.UUIDField(blank=True, null=True)),
                ("delivery_id", models.UUIDField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="billing.creditaccount"
                    ),
                ),
                (
                    "reverses",
                    leadengine.tenancy.TenantOneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="billing.creditentry",
                    ),
                ),
                (
                    "hold",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="billing.hold",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "credit entries",
                "indexes": [
                    models.Index(fields=["run_id", "kind"], name="entry_run"),
                    models.Index(fields=["workspace", "-id"], name="entry_statement"),
                    models.Index(
                        condition=models.Q(("kind", "grant")), fields=["workspace", "-id"], name="entry_grant"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="entry_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "hold")), fields=("hold",), name="entry_one_hold"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held", 0),
                                ("hold__isnull", True),
                                ("kind", "grant"),
                                ("posted__gt", 0),
                                ("reverses__isnull", True),
                            ),
                            models.Q(
                                ("held", 0),
                                ("hold__isnull", True),
                                ("kind", "reverse"),
                                ("posted__gt", 0),
                                ("reverses__isnull", False),
                            ),
                            models.Q(
                                ("held", 0),
                                ("hold__isnull", True),
                                ("kind", "expire"),
                                ("posted__lt", 0),
                                ("reverses__isnull", True),
                            ),
                            models.Q(
                                ("held__gt", 0),
                                ("hold__isnull", False),
                                ("kind", "hold"),
                                ("posted", 0),
                                ("reverses__isnull", True),
                            ),
                            models.Q(
                                ("held", models.F("posted")),
                                ("hold__isnull", False),
                                ("kind", "capture"),
                                ("posted__lt", 0),
                                ("reverses__isnull", True),
                            ),
                            models.Q(
                                ("held__lt", 0),
                                ("hold__isnull", False),
                                ("kind", "release"),
                                ("posted", 0),
                                ("reverses__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="entry_shape",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("run_finished", "A run is finished"),
                            ("run_stopped", "A run was stopped"),
                            ("run_failed", "A run failed"),
                            ("schedule_blocked", "A schedule did not run"),
                            ("new_matches", "New people match a saved search"),
                            ("credits_low", "Credits are low"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.CharField(blank=True, default="", max_length=400)),
                ("url", models.CharField(help_text="The page it is about: a path of this site.", max_length=200)),
                ("in_bell", models.BooleanField(default=True)),
                ("mail_due", models.BooleanField(default=False, help_text="Still to be sent by e-mail.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "user", "-created_at", "-id"], name="notification_recent"),
                    models.Index(
                        condition=models.Q(("in_bell", True), ("read_at", None)),
                        fields=["workspace", "user"],
                        name="notification_unread",
                    ),
                    models.Index(
                        condition=models.Q(("mail_due", True)), fields=["created_at"], name="notification_mail"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "run_finished",
                                    "run_stopped",
                                    "run_failed",
                                    "schedule_blocked",
                                    "new_matches",
                                    "credits_low",
                                ],
                            )
                        ),
                        name="notification_kind",
                    )
                ],
            },
        ),
        TenantWalls(
            "creditaccount",
            "hold",
            "creditentry",
            "membership",
            "invitation",
        ),
        migrations.RunSQL(LEDGER.FOLD, LEDGER.UNDO_FOLD),
        migrations.RunSQL(LEDGER.FROZEN, LEDGER.UNDO_FROZEN),
        migrations.RunSQL(LEDGER.DERIVED, LEDGER.UNDO_DERIVED),
        migrations.RunPython(PRICES.seed, PRICES.unseed),
    ]
