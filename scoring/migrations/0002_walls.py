"""Keys between a workspace's records are checked by the database together with the workspace."""

from django.db import migrations

from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_profiles_and_scores"), ("leads", "0003_walls")]
    operations = [TenantWalls("profile", "leadscore", "scorechange")]
