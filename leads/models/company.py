"""Companies a workspace knows, with what is known of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel
from leads.models.keys import new_id


class Relation(models.TextChoices):
    NONE = "", "None"
    CUSTOMER = "customer", "Customer"
    COMPETITOR = "competitor", "Competitor"


class CompanyFactsFields(models.Model):
    """The facts of a company, the same columns in a workspace and in the directory."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, db_index=True, help_text="Normalised for sorting and searching.")
    domain = models.CharField(max_length=253, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    region = models.CharField(max_length=120, blank=True, default="")
    city = models.CharField(max_length=120, blank=True, default="")
    industry = models.CharField(max_length=80, blank=True, default="", help_text="Code of our industry tree.")
    industry_raw = models.CharField(max_length=200, blank=True, default="")
    employees_min = models.PositiveIntegerField(null=True, blank=True)
    employees_max = models.PositiveIntegerField(null=True, blank=True)
    revenue_usd = models.BigIntegerField(null=True, blank=True, help_text="Yearly, in US dollars.")
    founded_year = models.PositiveSmallIntegerField(null=True, blank=True)
    funding_stage = models.CharField(max_length=40, blank=True, default="")
    technologies = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    keywords = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    description = models.TextField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    linkedin_slug = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True


class Company(TenantModel, CompanyFactsFields):
    """A company in a workspace; a customer or competitor is never delivered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relation = models.CharField(max_length=10, choices=Relation, blank=True, default=Relation.NONE)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "companies"
        constraints = [models.CheckConstraint(name="company_relation", condition=Q(relation__in=Relation.values))]
        indexes = [
            models.Index(fields=["workspace", "name_key", "id"], name="company_by_name"),
            models.Index(fields=["workspace", "domain"], name="company_by_domain"),
            models.Index(fields=["workspace", "industry", "country", "city"], name="company_by_industry"),
        ]

    def __str__(self) -> str:
        return self.name


class CompanyIdentity(TenantDetail):
    """What identifies a company for certain: its registrable domain, a registry's number, or name key with country."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=320)
    company = TenantForeignKey(Company, models.CASCADE, related_name="identities")

    class Meta:
        verbose_name_plural = "company identities"
        constraints = [models.UniqueConstraint(fields=["workspace", "kind", "value"], name="company_identity_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class SignalKind(models.TextChoices):
    HIRING = "hiring", "Hiring"
    FUNDING = "funding", "Funding"
    GROWTH = "growth", "Growing"
    SHRINKING = "shrinking", "Shrinking"
    EXPANSION = "expansion", "Expansion"
    NEW_IN_ROLE = "new_in_role", "New in role"
    TECHNOLOGY = "technology", "New technology"
    NEWS = "news", "In the news"
    CONNECTED = "connected", "Connected on LinkedIn"


class Signal(TenantDetail):
    """Something dated that says a company, or one of its people, may buy now."""

    company = TenantForeignKey(Company, models.CASCADE, related_name="signals", db_index=False)
    lead = TenantForeignKey("leads.Lead", models.CASCADE, null=True, blank=True, related_name="signals")
    kind = models.CharField(max_length=20, choices=SignalKind)
    observed_on = models.DateField()
    detail = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=40)
    url = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "lead", "kind", "observed_on", "detail"], name="signal_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.detail}"


class CompanyChoice(TenantDetail):
    """Somebody chose which of several values holds for a company, or took that back: an event of the company's."""

    company = TenantForeignKey(Company, models.CASCADE, related_name="choices")
    group = models.CharField(max_length=40, help_text="The columns that are chosen together.")
    text = models.CharField(max_length=500)
    before = models.JSONField(help_text="What stood in these columns.")
    evidence_id = models.BigIntegerField(null=True, blank=True, help_text="The evidence that was in use before.")
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["company", "group", "-id"], name="company_choice_last")]

    def __str__(self) -> str:
        return self.text

    kind = "edited"  # among what happened with the company's people

    def get_kind_display(self) -> str:
        return "Edited"
