"""What the tests keep only for a time."""

from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, delete
from tests_app.models import Run


def periods() -> list[Period]:
    """Return the tests that nobody goes on with: their answers are of days long past."""
    return [
        Period(
            "test_runs",
            _("Tests that you began and did not finish"),
            _("the last change"),
            kept("test_runs"),
            lambda before: delete(Run.objects.filter(updated_at__lt=before)),
        )
    ]
