"""Days for which kinds of data are kept, read from the environment; accounts.retention lets them go."""

from emocare import env


def days(longest_session: int) -> dict[str, int]:
    """Return the days by kind; `longest_session` is in hours."""
    return {
        "sign_ins": env.number("KEEP_SIGN_INS_DAYS", 365, minimum=longest_session // 24 + 2),
        "devices": env.number("KEEP_DEVICES_DAYS", 365, minimum=1),
        "failed_sign_ins": env.number("KEEP_FAILED_SIGN_INS_DAYS", 30, minimum=3),  # closing goes by the last two
        "application_drafts": env.number("KEEP_APPLICATION_DRAFTS_DAYS", 365, minimum=30),
        "journal_drafts": env.number("KEEP_JOURNAL_DRAFTS_DAYS", 365, minimum=30),
        "test_runs": env.number("KEEP_TEST_RUNS_DAYS", 30, minimum=7),
        "follow_ups": env.number("KEEP_FOLLOW_UPS_DAYS", 365, minimum=30),
        "messages": env.number("KEEP_MESSAGES_DAYS", 1095, minimum=30),
        "help_requests": env.number("KEEP_HELP_REQUESTS_DAYS", 365, minimum=30),
        "shifts": env.number("KEEP_SHIFTS_DAYS", 365, minimum=30),
        "judgements": env.number("KEEP_JUDGEMENTS_DAYS", 365, minimum=30),
        "judgements_reviewed": env.number("KEEP_REVIEWED_JUDGEMENTS_DAYS", 730, minimum=30),
        "notifications_read": env.number("KEEP_READ_NOTIFICATIONS_DAYS", 90, minimum=1),
        "notifications": env.number("KEEP_NOTIFICATIONS_DAYS", 365, minimum=7),
        "letters": env.number("KEEP_LETTERS_DAYS", 30, minimum=4),  # longer than one waits at most
        "retention_runs": env.number("KEEP_REPORTS_DAYS", 730, minimum=30),
    }
