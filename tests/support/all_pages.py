"""Which addresses have pages, and which of these no link leads to."""

# Pages that no link leads to: what letters lead to, what follows a form, what went wrong.
UNLINKED = [
    "no-such-page/",
    "mood/offline/",
    "notifications/devices/",
    "certificates/",
    "certificates/AAAA-AAAA-AAAA/",
    "notifications/stop/AAAAAAAAAAAAAAAAAAAAAA/",
    "staff/components/",
    "urgent-numbers/",
    "account/inactive/",
    "account/confirm-email/",
    "account/confirm-email/x/",
    "account/password/reset/done/",
    "account/password/reset/key/1-x/",
    "account/password/reset/key/done/",
    "account/reauthenticate/",
    "account/second-factor/",
    "account/password/set/",
]
# What answers with no page of its own.
NO_PAGES = {"service_worker", "sync_moods", "delete_draft", "close_report_offer", "mood_report_pdf", "export_moods"}
NO_PAGES |= {"healthz", "metrics", "quick_exit", "set_language", "own_picture", "week_panel", "renew_recovery_codes"}
NO_PAGES |= {"remove_document", "manifest"}
NO_PAGES |= {"send_factor_code", "passkey_options", "save_passkey", "passkey_question", "passkey_answer"}
NO_PAGES |= {"account_set_password", "account_confirm_login_code", "training_certificate_pdf"}
NO_PAGES |= {"export_file", "keep_account", "test_result_pdf"}
# Only for whoever signs in with a nickname: tests/accounts/personal/test_nickname.py.
NO_PAGES |= {"change_nickname"}
NO_PAGES |= {"withdraw_request", "wait_for_helper", "leave_waiting", "pass_offer", "remove_hours", "accept_request"}
# What only a child, their legal representative or somebody invited sees: tests/accounts/kin/test_pages.py.
NO_PAGES |= {"guardian_wait", "guardian_link", "own_consent", "guardian", "guardian_refuse", "guardian_withdraw"}
NO_PAGES |= {"support_invitation", "decline_invitation"}
# Whom a new version asks, or who took a consent back; and what is shown to a psychologist: tests/accounts/consents.
NO_PAGES |= {"consent_again", "stop_sharing", "share_moods", "person_moods"}
NO_PAGES |= {"instrument_schema", "test_result_fhir", "export_tests", "export_fhir", "hide_result"}
# Between somebody and their psychologist: tests/tests_app/sharing.
NO_PAGES |= {"show_answers", "stop_showing_answers", "person_answers", "decline_test"}
NO_PAGES |= {"withdraw_invitation"}
NO_PAGES |= {"presence", "new_proof", "end_sign_in", "end_other_sign_ins", "end_all_sign_ins"}
# For psychologists, and after a critical answer: tests/emergency/test_follow_ups.py, tests/tests_app/safety.
NO_PAGES |= {"take_follow_up", "give_back_follow_up", "close_follow_up", "ask_psychologist"}
NO_PAGES |= {"end_follow_up", "safety_step"}
# What psychologists press in urgent requests, and an address of earlier days: tests/emergency/workspace.
NO_PAGES |= {"take_case", "join_case", "leave_case", "take_back_asking", "follow_ups"}
# After words that tell of danger: tests/emergency/heeding.
NO_PAGES |= {"heeded", "ask_after_words", "ask_now_after_words", "close_heeded"}
# After words in a conversation: tests/chat/heeding.
NO_PAGES |= {"chat_help", "unblock_chat"}
# What a page fetches that heard of an alarm: tests/emergency/alarms.
NO_PAGES |= {"urgent_alarm"}
# What becomes of a call for help: tests/emergency/requests.
NO_PAGES |= {"help_request", "add_words", "undo_request", "end_request", "take_back_place", "renew_request_code"}
# Behind a link of a letter: tests/notifications/preferences.
NO_PAGES |= {"stop_letters"}
NO_PAGES |= {"push_key", "stop_device", "try_device"}
NO_PAGES |= {"mail_again"}
NO_PAGES |= {"mark_notifications_read", "delete_notification", "delete_read_notifications"}
NO_PAGES |= {"take_back_judgement"}
NO_PAGES |= {"remove_shift", "answer_swap", "decide_swap", "take_back_swap"}
NO_PAGES |= {"urgent_numbers_file"}
# A ready phrase in the field of a conversation, a row of pictograms: tests/chat/phrases, tests/chat/pictograms.
NO_PAGES |= {"use_phrase", "send_board", "delete_own_phrase"}
# What is pressed below a message: tests/chat/changing.
NO_PAGES |= {"react"}
NO_PAGES |= {"chat_with", "chat_copy", "chat_attachment"}
# Both say only that a letter is on its way.
TWINS = {"account_email_verification_sent", "account_reset_password_done"}
MISSING_ON_PURPOSE = {"GET no-such-page/": 404, "GET staff/components/": 403}
MISSING_ON_PURPOSE |= {"GET urgent-numbers/": 403}
MISSING_ON_PURPOSE |= {"GET certificates/AAAA-AAAA-AAAA/": 404}
MISSING_ON_PURPOSE |= {"GET notifications/stop/AAAAAAAAAAAAAAAAAAAAAA/": 404}

ADMIN_PAGES = [
    "",
    "background/",
    "accounts/",
    "accounts/journalentry/",
    "accounts/application/",
    "accounts/application/APPLICATION/change/",
    "accounts/application/APPLICATION/decide/",
    "accounts/breach/",
    "accounts/breach/add/",
    "accounts/breach/BREACH/change/",
    "accounts/breach/BREACH/report/",
    "accounts/certificate/",
    "accounts/certificate/CERTIFICATE/change/",
    "accounts/certificate/CERTIFICATE/withdraw/",
    "accounts/retentionrun/",
    "accounts/retentionrun/RUN/change/",
    "accounts/user/",
    "accounts/user/add/",
    "accounts/user/ID/change/",
    "accounts/user/ID/password/",
    "accounts/user/ID/history/",
    "accounts/user/ID/delete/",
    "accounts/helperprofile/",
    "accounts/helperprofile/add/",
    "accounts/assignment/",
    "accounts/assignment/add/",
    "axes/accessattempt/",
    "emergency/checkliststep/",
    "emergency/checkliststep/add/",
    "emergency/helprequest/",
    "emergency/helprequest/REQUEST/change/",
    "emergency/judgement/",
    "emergency/judgement/JUDGEMENT/change/",
    "emergency/judgement/JUDGEMENT/review/",
    "emergency/judgement/training-file/",
    "tests_app/",
    "tests_app/version/",
    "tests_app/version/add/",
    "tests_app/version/VERSION/change/",
    "tests_app/version/VERSION/retire/",
    "password_change/",
]
