"""What kind of thing an answer is, and what is not answered at all."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/kk/about/", "text/html; charset=utf-8"),
        ("/kk/no-such-page/", "text/html; charset=utf-8"),
        ("/kk/mood/", "text/html; charset=utf-8"),
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/kk/mood/files/emocare-mood.csv", "text/csv; charset=utf-8"),
        ("/kk/account/presence/", "application/json"),
        ("/healthz", "application/json"),
    ],
)
def test_an_answer_says_what_it_is(as_person, owner, address, kind):
    assert as_person(owner).get(address)["Content-Type"] == kind


@pytest.mark.parametrize(
    "address", ["/", "/kk/", "/kk/about/", "/kk/mood/", "/kk/account/login/", "/admin/", "/healthz"]
)
def test_trace_gives_nothing_back(as_person, owner, address):
    answer = as_person(owner).trace(address, headers={"x-secret": "open-sesame"})
    assert answer.status_code in {302, 405}
    assert b"open-sesame" not in answer.content


@pytest.mark.parametrize(
    "address", ["/static/", "/static/css/", "/media/", "/media/../.env", "/static/../.env", "/.git/HEAD"]
)
def test_no_folder_is_listed_and_no_file_beside_ours_is_served(address):
    assert Client().get(address).status_code == 404
