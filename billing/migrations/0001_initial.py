"""Workspaces and their people, the ledger, prices and the audit."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import billing.models.workspace
import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posted", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
                ("held", models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14)),
            ],
        ),
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
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
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
                        default=1095, help_text="Leads nobody contacted are erased after so many days."
                    ),
                ),
                ("most_credits_per_run", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("next_run_number", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reuse_days__gte", 1)), name="workspace_reuse_days")
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="billing.workspace"
                    ),
                ),
            ],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
                    ),
                ),
            ],
            options={
                "abstract": False,
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
                    ),
                ),
            ],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "credit entries",
            },
        ),
        migrations.AddField(
            model_name="creditaccount",
            name="workspace",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="credit_account", to="billing.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("workspace", "user"), name="membership_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["rep", "manager", "owner"])), name="membership_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(condition=models.Q(("monthly_limit__gte", 0)), name="membership_limit"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["run_id"], name="hold_run"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(
                condition=models.Q(("member_id__isnull", False)), fields=["account", "member_id"], name="hold_member"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("remaining__gte", 0)), name="hold_remaining_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("captured__gte", 0)), name="hold_captured_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="creditentry",
            index=models.Index(fields=["workspace", "-created_at", "-id"], name="entry_statement"),
        ),
        migrations.AddIndex(
            model_name="creditentry",
            index=models.Index(fields=["run_id", "kind"], name="entry_run"),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.UniqueConstraint(fields=("workspace", "key"), name="entry_key_once"),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "hold")), fields=("hold",), name="entry_one_hold"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="creditaccount",
            constraint=models.CheckConstraint(condition=models.Q(("held__gte", 0)), name="account_held_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="creditaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("posted__gte", models.F("held"))), name="account_available_not_negative"
            ),
        ),
        TenantWalls("CreditAccount", "Hold", "CreditEntry", "Membership", "Invitation"),
    ]
