from django.db import migrations
from django.db.models import F


def climb(apps, schema_editor):
    """Give those who wait already a timer: who is called when nobody answers them."""
    waiting = apps.get_model("emergency", "FollowUp").objects.filter(state="open", to_helpers=True, climbs_at=None)
    waiting.update(climbs_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("emergency", "0005_checklist_steps")]
    operations = [migrations.RunPython(climb, migrations.RunPython.noop, elidable=True)]
