"""The pages that show themselves, by address: what a manager, staff and somebody at the door see."""

from tests.pictures.camera import Shot

NOBODY = "00000000-0000-7000-8000-000000000000"
MANAGERS = {
    "home": "/",
    "builder": "/searches/new/",
    "searches": "/searches/",
    "runs": "/runs/",
    "leads": "/leads/",
    "pipeline": "/pipeline/",
    "companies": "/companies/",
    "lists": "/lists/",
    "tags": "/tags/",
    "dashboard": "/dashboard/",
    "credits": "/credits/",
    "notifications": "/notifications/",
    "find": "/find/?q=ma",
    "help": "/help/",
    "keys": "/keys/",
    "ideal": "/ideal-customer/",
    "scoring": "/scoring/",
    "laboratory": "/scoring/lab/",
    "figures": "/scoring/figures/",
    "score-feedback": "/settings/score-feedback/",
    "settings": "/settings/",
    "profile": "/settings/profile/",
    "display": "/settings/display/",
    "notify": "/settings/notifications/",
    "members": "/members/",
    "limits": "/settings/limits/",
    "privacy": "/settings/privacy/",
    "person": "/settings/privacy/person/",
    "suppressions": "/suppressions/",
    "audit": "/settings/audit/",
    "mail-checks": "/settings/mail-checks/",
    "sources": "/sources/",
    "linkedin": "/sources/linkedin/",
    "file": "/files/upload/",
    "enrich": "/leads/enrich/",
    "enrichments": "/enrichment/",
    "import": "/imports/new/",
    "no-match": "/leads/?q=nobody-of-this-name",
    "no-match-companies": "/companies/?q=nobody-of-this-name",
    "no-hits": "/find/?q=nobody-of-this-name",
    "not-found": f"/leads/{NOBODY}/",
}
STAFFS = {
    "styleguide": "/styleguide/",
    "styleguide-scores": "/styleguide/scores/",
    "styleguide-search": "/styleguide/search/",
    "styleguide-work": "/styleguide/work/",
    "empty-home": "/",
    "empty-leads": "/leads/",
    "empty-runs": "/runs/",
    "empty-searches": "/searches/",
    "empty-pipeline": "/pipeline/",
    "empty-companies": "/companies/",
    "empty-dashboard": "/dashboard/",
    "empty-credits": "/credits/",
    "empty-notifications": "/notifications/",
    "admin": "/admin/",
}
REPS = {"managers-only": "/dashboard/", "credits-of-a-rep": "/credits/"}


def shots(pages: dict[str, str]) -> list[Shot]:
    return [Shot(name, path) for name, path in pages.items()]
