from tests_app import urls_results

urlpatterns: list = [
    *urls_results.urlpatterns,
]
