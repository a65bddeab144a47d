from tests_app import urls_results, urls_safety, urls_sharing

urlpatterns: list = [
    *urls_results.urlpatterns,
    *urls_safety.urlpatterns,
    *urls_sharing.urlpatterns,
]
