from tests_app import urls_results, urls_safety

urlpatterns: list = [
    *urls_results.urlpatterns,
    *urls_safety.urlpatterns,
]
