"""What the DNS of the sample's companies shows: invented, the same each time, of every company something else."""

from __future__ import annotations

from collections.abc import Iterable

from leadengine.sandbox.invented_mail import drawn, table_of

# A token at the domain and a name under it, each with how many of 100 domains have it.
TOKENS = (
    ("hubspot-domain-verification=invented", 25),
    ("atlassian-domain-verification=invented", 30),
    ("slack-domain-verification=invented", 35),
    ("docusign=invented", 15),
    ("stripe-verification=invented", 15),
)
ALIASES = (("help", "sandbox.zendesk.com.", 20), ("go", "sandbox.mcsv.net.", 15))
ON_BLUESKY = 40  # of 100 domains
BARE = 10  # of 100 domains show nothing but where their mail goes


def company_table(domains: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is asked of these domains, beside what their mail shows. SandboxForbidden as `table_of`."""
    wanted = list(domains)
    table = table_of(f"x@{domain}" for domain in wanted)
    for domain in wanted:
        if drawn(f"bare {domain}") < BARE:
            continue
        tokens = tuple(f'"{token}"' for token, share in TOKENS if drawn(f"{token} {domain}") < share)
        table[domain, "TXT"] = (*table[domain, "TXT"], *tokens)
        for name, host, share in ALIASES:
            if drawn(f"{host} {domain}") < share:
                table[f"{name}.{domain}", "CNAME"] = (host,)
        if drawn(f"bluesky {domain}") < ON_BLUESKY:
            table[f"_atproto.{domain}", "TXT"] = (f'"did=did:plc:sandbox{drawn(domain):03}"',)
    return table
