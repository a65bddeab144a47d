from django.urls import path

from tests_app.views import schema

# The same in every language, so it stands outside of them.
urlpatterns = [path("tests/schema.json", schema.instrument_schema, name="instrument_schema")]
