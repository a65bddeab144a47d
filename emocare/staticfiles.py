from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files; imports between our ES modules are rewritten to the hashed names as well."""

    support_js_module_import_aggregation = True
