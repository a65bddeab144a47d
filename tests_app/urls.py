from tests_app import urls_files

urlpatterns = [
    *urls_files.urlpatterns,
]
