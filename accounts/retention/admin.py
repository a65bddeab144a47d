"""The reports of the daily run for administrators: to read."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from accounts.admin_site import ReadOnlyAdmin
from accounts.models import RetentionRun
from accounts.retention.table import table


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "finished_at", "rows", "failures"]
    date_hierarchy = "started_at"
    fields = readonly_fields = ["started_at", "finished_at", "what", "failures"]

    def has_delete_permission(self, request: HttpRequest, obj: RetentionRun | None = None) -> bool:
        return False

    @admin.display(description=pgettext_lazy("daily clean-up", "deleted"))
    def rows(self, report: RetentionRun) -> int:
        return report.total

    @admin.display(description=pgettext_lazy("daily clean-up", "deleted"))
    def what(self, report: RetentionRun) -> SafeString:
        """Show each kind in words with its number."""
        titles = _titles()
        return format_html_join(
            "", "<div>{}: {}</div>", ((titles.get(key, key), count) for key, count in report.counts.items())
        )

    @admin.display(description=pgettext_lazy("daily clean-up", "failed"))
    def failures(self, report: RetentionRun) -> str:
        """Name the kinds that failed, in words."""
        titles = _titles() if report.failed else {}
        return ", ".join(str(titles.get(key, key)) for key in report.failed)


def _titles() -> dict[str, str]:
    return {period.key: period.title for period in table()}
