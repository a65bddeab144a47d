from tests_app import urls_safety

urlpatterns = [*urls_safety.urlpatterns]
