"""Pages cost the same with two helpers or people as with eight."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.helping import services
from accounts.models import HelperProfile
from tests.support.cast import make_person

pytestmark = pytest.mark.django_db


def counted(client, address: str, answers: dict | None = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address) if answers is None else client.post(address, answers)
    assert answer.status_code == 200
    return len(queries)


def test_the_list_and_the_proposals(owner, make_helper, as_person):
    client, counts = as_person(owner), []
    for more in (2, 6):
        for number in range(more):
            profile = make_helper(f"h{more}-{number}", topics=["work"])
            profile.hours.create(weekday=0, start_minute=0, end_minute=60)
        counts.append([counted(client, "/en/helpers/"), counted(client, "/en/helpers/match/", {"topics": ["work"]})])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 7


def test_my_people_and_one_of_them(make_helper, admin, as_person):
    profile = make_helper("popular", granted_limit=30)
    client, counts = as_person(profile.user), []
    for more in (1, 4):
        for number in range(more):
            person = make_person(f"p{more}-{number}")
            services.assign(user=person, helper=profile.user, actor=admin, reason="")
            other = make_person(f"q{more}-{number}")
            services.ask(user=other, helper=profile, languages=["kk"], ways=[])
        counts.append([counted(client, "/en/people/"), counted(client, f"/en/people/{person.public_id}/")])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 5
    assert counts[0][1] <= 4  # one of them writes down who looked


def test_my_helper(owner, assigned_volunteer, assigned_psychologist, as_person):
    assert counted(as_person(owner), "/en/helpers/mine/") <= 5
    HelperProfile.objects.all().delete()
    assert counted(as_person(owner), "/en/helpers/mine/") <= 5
