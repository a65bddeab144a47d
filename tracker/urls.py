from django.urls import path

from tracker.views import dynamics, entries, files, journal, pdf, support

urlpatterns = [
    path("mood/", entries.tracker, name="tracker"),
    path("mood/week/", entries.week_panel, name="week_panel"),
    path("mood/offline/", entries.offline, name="offline_mood"),
    path("mood/sync/", entries.sync, name="sync_moods"),
    path("mood/record/", entries.record, name="record_mood"),
    path("mood/journal/", journal.journal, name="journal"),
    path("mood/journal/write/", journal.write, name="write_journal"),
    path("mood/journal/draft/delete/", journal.delete_draft, name="delete_draft"),
    path("mood/words/", journal.own_words, name="own_words"),
    path("mood/words/<uuid:public_id>/delete/", journal.delete_own_word, name="delete_own_word"),
    path("mood/dynamics/", dynamics.dynamics, name="dynamics"),
    path("mood/two-weeks/", dynamics.two_weeks, name="two_weeks"),
    path("mood/two-weeks/offer/", dynamics.close_report_offer, name="close_report_offer"),
    path("mood/report/", dynamics.report, name="mood_report"),
    path("mood/report/emocare-mood.pdf", pdf.report_pdf, name="mood_report_pdf"),
    path("mood/files/", files.files, name="mood_files"),
    path("mood/files/emocare-mood.csv", files.export, name="export_moods"),
    path("mood/of/<uuid:public_id>/", support.moods, name="supported_moods"),
    path("mood/of/<uuid:public_id>/record/", support.record, name="supported_record"),
    path("mood/person/<uuid:public_id>/", support.person_moods, name="person_moods"),
    path("mood/<uuid:public_id>/", entries.edit, name="edit_mood"),
    path("mood/<uuid:public_id>/delete/", entries.delete, name="delete_mood"),
]
