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
    "push_key": ("application/json", "the site's public key, and a token for one's own forms"),
    "new_proof": ("application/json", "a riddle for a browser, about nobody"),
    "healthz": ("application/json", "whether the services answer, about nobody"),
    "instrument_schema": ("application/schema+json", "how a file with a test is written, about nobody"),
    "service_worker": ("text/javascript", "addresses of files, about nobody"),
    "manifest": ("application/manifest+json", "name and pictures of the app, about nobody"),
    "admin:jsi18n": ("text/javascript", "words of the administrators' site, about nobody"),
}
# Of a search, a copy and a share there is one each, and it asks about oneself:
SEARCHES = {"journal": "one's own entries"}
# Route: what a browser may do there (a consumer's own methods, or what it reads from a frame), and what the server
# tells it.
ACTIONS = {
    "ws/news/": {
        "connect": "whoever is signed in, verified and not waiting for a consent; hears of their own alone",
        "disconnect": "the same",
        "receive": "nobody: whatever is said closes the socket",
        "news": "told by the server to whom it concerns: that moods changed, how many news are unread, a sign-in's end",
    },
    "ws/urgent/<uuid:public_id>/": {
        "connect": "the browser in which somebody without an account asked for help; hears of that request alone",
        "disconnect": "the same",
        "receive": "nobody: whatever is said closes the socket",
        "news": "told by the server: that the request changed, and nothing of how",
    },
    "ws/chat/<uuid:public_id>/": {
        "send": "the two of a conversation, while they are together and neither is blocked: the statement decides",
        "since": "who may read it now; their own side of it",
        "got": "the two, for their own side",
        "read": "the two, for their own side",
        "typing": "the two; told to the other where both wish it",
        "draft": "the two, where both wish it",
    },
}
