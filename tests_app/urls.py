from tests_app import urls_by_key, urls_files, urls_results, urls_safety, urls_sharing, urls_taking

urlpatterns: list = [
    *urls_taking.urlpatterns,
    *urls_files.urlpatterns,
    *urls_results.urlpatterns,
    *urls_safety.urlpatterns,
    *urls_sharing.urlpatterns,
    *urls_by_key.urlpatterns,  # last: any word could be the key of a test
]
