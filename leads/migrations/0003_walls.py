"""Keys between a workspace's records are checked by the database together with the workspace."""

from django.db import migrations

from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_leads"), ("billing", "0001_initial")]
    operations = [
        TenantWalls(
            "company",
            "stage",
            "lead",
            "tag",
            "leadlist",
            "sourcefile",
            "run",
            "lane",
            "companyidentity",
            "signal",
            "leadidentity",
            "matchkey",
            "leadtag",
            "leadlistentry",
            "customfield",
            "savedsearch",
            "sourcefilerow",
            "runcompany",
            "sourceanswer",
            "delivery",
            "exclusion",
            "evidence",
            "fieldchange",
            "activity",
        )
    ]
