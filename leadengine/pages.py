"""Pages behind the settings and those of an action, found by what people call them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Page:
    """`words` are what people type who do not know its label; `for_managers` alone is not shown to others."""

    label: str
    icon: str
    name: str
    words: str
    for_managers: bool = False
    anchor: str = ""

    @property
    def url(self) -> str:
        return reverse(self.name) + self.anchor


PAGES = (
    Page("Export leads", "download", "leads:lead-export", "csv file spreadsheet excel download"),
    Page("Verify e-mail addresses", "mail-search", "leads:lead-verify", "email check bounce deliverable verification"),
    Page(
        "Enrich leads", "sparkles", "leads:lead-enrich", "complete find email phone data technologies profiles missing"
    ),
    Page("Log a call or a note: open the lead", "phone", "leads:lead-list", "phone notes activity meeting write"),
    Page("Import your leads", "upload", "leads:import-new", "csv upload file contacts crm spreadsheet bring"),
    Page("Use a file in a search", "file-text", "leads:file-upload", "csv upload files source spreadsheet columns"),
    Page("Import from LinkedIn", "download", "leads:linkedin", "lead sync connections"),
    Page("Export or erase a person", "user-search", "leads:person-find", "forget forgotten gdpr delete privacy", True),
    Page(
        "Schedule a saved search",
        "calendar-clock",
        "leads:search-list",
        "repeat automatic daily weekly monthly alert time zone",
    ),
    Page("Tags", "tag", "leads:tag-list", "mark rename merge"),
    Page("Ledger of credits", "coins", "billing:credits", "bill billing invoice cost spent balance account"),
    Page("Get more credits", "coins", "leadengine:help", "buy purchase top up refill pay grant", anchor="#credits"),
    Page("Privacy", "shield-check", "billing:settings-privacy", "forget forgotten erase delete gdpr person retention"),
    Page("Suppression list", "ban", "leads:suppression-list", "never contact opt out unsubscribe block forget exclude"),
    Page("Team", "contact-round", "billing:members", "members invite colleague people role access"),
    Page("Roles and limits", "gauge", "billing:settings-limits", "rights permissions allowed manager rep owner"),
    Page("Sources", "plug-zap", "leads:provider-list", "providers api keys connect hunter linkedin integrations"),
    Page("Ideal customer", "target", "scoring:ideal-customer", "icp fit profile whom"),
    Page("Scoring", "sliders-horizontal", "scoring:profiles", "weights laboratory grades cut-offs versions"),
    Page("Weight laboratory", "flask-conical", "scoring:lab", "try weights preview publish simulate", True),
    Page("Score feedback", "thumbs-up", "scoring:feedback-list", "wrong grade right", True),
    Page("Mail checks", "mail-check", "enrichment:mail-checks", "verification smtp port 25 dns self-test", True),
    Page("Audit log", "scroll-text", "billing:audit", "history who did changes", True),
    Page("Profile", "user", "billing:settings-profile", "my name account e-mail"),
    Page(
        "Keyboard and display", "keyboard", "billing:settings-display", "keys shortcuts theme density dark light mode"
    ),
    Page("Notifications", "bell", "billing:settings-notifications", "alerts mail messages"),
    Page("Password", "key-round", "billing:password-change", "sign in security change passwords"),
)


def pages(text: str, *, is_manager: bool) -> list[Page]:
    """Those of which every word typed begins a word, of the label before others; none for fewer than two letters.

    >>> [page.label for page in pages("forget", is_manager=False)]
    ['Privacy', 'Suppression list']
    """
    typed = text.lower().split()
    if len("".join(typed)) < 2:
        return []
    open_pages = [each for each in PAGES if is_manager or not each.for_managers]
    named = [each for each in open_pages if begins(typed, each.label)]
    called = [each for each in open_pages if each not in named and begins(typed, f"{each.label} {each.words}")]
    return named + called


def begins(typed: list[str], text: str) -> bool:
    """Whether every word typed begins a word of the text: ["buy", "cr"] begins "buy more credits"."""
    words = text.lower().split()
    return all(any(word.startswith(start) for word in words) for start in typed)
