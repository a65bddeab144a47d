"""Moods and the journal."""

from tests.matrix.words import ON, OWN_FORM, OWN_PAGE, OWN_READ_ONLY, PUBLIC_PAGE, signed_in

ROWS = {
    "tracker": OWN_PAGE,
    "week_panel": OWN_PAGE,
    "offline_mood": PUBLIC_PAGE,
    "sync_moods": OWN_PAGE,
    "record_mood": OWN_FORM,
    "journal": OWN_FORM,
    "write_journal": OWN_FORM,
    "delete_draft": (OWN_READ_ONLY, signed_in(ON)),
    "own_words": OWN_PAGE,
    "delete_own_word": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "dynamics": OWN_PAGE,
    "two_weeks": OWN_PAGE,
    "close_report_offer": (OWN_READ_ONLY, signed_in(ON)),
    "mood_report": OWN_PAGE,
    "mood_report_pdf": OWN_PAGE,
    "mood_files": OWN_FORM,
    "export_moods": OWN_PAGE,
    "edit_mood": (signed_in(404, owner=200), signed_in(404, owner=200)),
    "delete_mood": (signed_in(404, owner=200), signed_in(404, owner=ON)),
}
