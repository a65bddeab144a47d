"""Side doors: what leaves the site otherwise than as a page, and what the sockets let somebody do."""

# Address name: what kind of file somebody gets there, and whose things are in it.
FILES = {
    "export_moods": ("text/csv", "one's own entries"),
    "mood_report_pdf": ("application/pdf", "one's own report"),
    "export_tests": ("text/csv", "one's own results"),
    "export_fhir": ("application/fhir+json", "one's own results"),
    "test_result_fhir": ("application/fhir+json", "one's own result"),
    "test_result_pdf": ("application/pdf", "one's own result of a test"),
    "training_certificate_pdf": ("application/pdf", "one's own certificate"),
    "own_picture": ("image/webp", "one's own picture"),
    "sync_moods": ("application/json", "one's own id, and a token for one's own forms"),
    "presence": ("application/json", "how long one's own session lasts"),
    "new_proof": ("application/json", "a riddle for a browser, about nobody"),
    "healthz": ("application/json", "whether the services answer, about nobody"),
    "instrument_schema": ("application/schema+json", "how a file with a test is written, about nobody"),
    "service_worker": ("text/javascript", "addresses of files, about nobody"),
    "admin:jsi18n": ("text/javascript", "words of the administrators' site, about nobody"),
}
# Of a search, a copy and a share there is one each, and it asks about oneself:
SEARCHES = {"journal": "one's own entries"}
# Route: what a browser may do there (a consumer's own methods), and what the server tells it.
ACTIONS = {
    "ws/mood/": {
        "connect": "whoever is signed in, verified and not waiting for a consent; hears of their own moods alone",
        "disconnect": "the same",
        "receive": "nobody: whatever is said closes the socket",
        "moods_changed": "told by the server to the owner; no content",
        "sign_in_ended": "told by the server to whose sign-in it was; no content",
    }
}
