"""Steps of the checklist that come with Emocare; administrators change them, and none is changed by an update."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

STEPS = Path(__file__).resolve().parent.parent / "data" / "checklist.json"


def add_steps(apps: Any, schema_editor: Any) -> None:
    kept = apps.get_model("emergency", "ChecklistStep").objects
    for place, step in enumerate(json.loads(STEPS.read_text(encoding="utf-8")), start=1):
        kept.create(place=10 * place, **step)


class Migration(migrations.Migration):
    dependencies = [("emergency", "0004_urgent_requests")]
    operations = [migrations.RunPython(add_steps, migrations.RunPython.noop, elidable=True)]
