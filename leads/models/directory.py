"""The embedded company database: data sets of companies and people, shared by all workspaces and read-only to them."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from leads.models.company import CompanyFactsFields


class Dataset(models.Model):
    """One loaded data set; loading it again replaces what changed and removes nothing silently."""

    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120, blank=True, default="")
    is_sample = models.BooleanField(default=False, help_text="Invented data.")
    observed_at = models.DateTimeField(default=timezone.now)
    loaded_at = models.DateTimeField(default=timezone.now)
    company_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title or self.name


class DirectoryCompany(CompanyFactsFields):
    """A company of a data set."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="companies")
    record_id = models.CharField(max_length=120)
    company_key = models.CharField(max_length=320, help_text="Domain, else name key and country: one per company.")
    registry_ids = models.JSONField(default=list, blank=True)
    hiring_on = models.DateField(null=True, blank=True)
    hiring_detail = models.CharField(max_length=120, blank=True, default="")
    funded_on = models.DateField(null=True, blank=True)
    growth_percent = models.SmallIntegerField(null=True, blank=True, help_text="Headcount over twelve months.")
    expansion_on = models.DateField(null=True, blank=True)
    url = models.CharField(max_length=500, blank=True, default="")
    search_text = models.TextField(
        default="", help_text="Normalised name, industry, keywords, technologies, description."
    )
    has_people = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=0, help_text="Stored proxy of fit, best first.")

    class Meta:
        verbose_name_plural = "directory companies"
        constraints = [models.UniqueConstraint(fields=["dataset", "record_id"], name="directory_company_once")]
        indexes = [
            models.Index(fields=["industry", "country"], name="directory_company_where"),
            models.Index(fields=["-rank", "id"], name="directory_company_rank"),
            models.Index(fields=["company_key"], name="directory_company_key"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="directory_company_text"),
            GinIndex(fields=["technologies"], name="directory_company_tech"),
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryPerson(models.Model):
    """A person of a data set, in the current employment."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="people")
    company = models.ForeignKey(DirectoryCompany, models.CASCADE, related_name="people")
    record_id = models.CharField(max_length=120)
    full_name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=100, blank=True, default="")
    last_name = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    title_key = models.CharField(max_length=200, blank=True, default="", help_text="Normalised, for searching.")
    seniority = models.CharField(max_length=20, blank=True, default="")
    department = models.CharField(max_length=40, blank=True, default="")
    email = models.CharField(max_length=320, blank=True, default="")
    email_key = models.CharField(max_length=320, blank=True, default="", help_text="As LeadIdentity keeps it.")
    phone = models.CharField(max_length=40, blank=True, default="")
    linkedin_slug = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    region = models.CharField(max_length=120, blank=True, default="")
    city = models.CharField(max_length=120, blank=True, default="")
    new_in_role_on = models.DateField(null=True, blank=True)
    observed_at = models.DateTimeField(default=timezone.now)
    url = models.CharField(max_length=500, blank=True, default="")
    rank = models.PositiveSmallIntegerField(default=0, help_text="Stored proxy of fit, best first.")

    class Meta:
        verbose_name_plural = "directory people"
        constraints = [models.UniqueConstraint(fields=["dataset", "record_id"], name="directory_person_once")]
        indexes = [
            models.Index(fields=["company"], name="directory_person_company"),
            models.Index(fields=["seniority", "department"], name="directory_person_role"),
            models.Index(fields=["-rank", "id"], name="directory_person_rank"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="directory_person_title"),
        ]

    def __str__(self) -> str:
        return self.full_name


class DirectoryCount(models.Model):
    """The roll-up behind the numbers beside each option: people and companies by five dimensions."""

    industry = models.CharField(max_length=80, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    size_band = models.CharField(max_length=12, blank=True, default="")
    seniority = models.CharField(max_length=20, blank=True, default="")
    department = models.CharField(max_length=40, blank=True, default="")
    people = models.PositiveIntegerField(default=0)
    companies = models.PositiveIntegerField(default=0)
    has_email = models.PositiveIntegerField(
        null=True, help_text="How many of them, as all below; unknown until rolled up."
    )
    has_phone = models.PositiveIntegerField(null=True)
    hiring = models.PositiveIntegerField(null=True)
    new_in_role = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["industry", "country", "size_band", "seniority", "department"], name="directory_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.people} people"
