"""The pages that no link leads to: in every language, with nothing that points nowhere."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import GuardianConsent, User
from tests.accounts.kin.support import ANSWERS, agree, at, child_of, guardian_link, invite, link_on
from tests.emocare.test_languages import check, frames_are_right
from tests.support.cast import make_person
from tests.support.crawl import Visit, visit
from tests.support.html import loose_ends

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def told(responses: list) -> list[Visit]:
    """Return the pages; fail when something on one of them points at what is not there."""
    assert [loose_ends(response) for response in responses] == [[]] * len(responses)
    return [visit(response.request["PATH_INFO"], response) for response in responses]


@at()
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_child_and_of_a_legal_representative(language):
    child, parent, top = Client(), Client(), f"/{language}"
    child_of(child, nickname="7777")
    User.objects.update(language=language, shown_name="7")
    passed_on = child.post(f"{top}/account/guardian/link/")
    link = link_on(passed_on)
    other = guardian_link(child)
    shown = [passed_on, child.get(f"{top}/account/guardian/"), child.post(f"{top}/account/guardian/", {"email": "7"})]
    shown += [parent.get(link), parent.post(link, {"name": "7", "contact": "7"}), child.get(link)]
    shown += [parent.get(f"{other}refuse/"), parent.post(f"{other}refuse/"), child.get(f"{top}/account/guardian/")]
    thanked = parent.post(link, {**agreed(), "name": "7"})
    way_back = link_on(thanked)
    shown += [thanked, parent.get(link), parent.get(way_back), parent.post(way_back, follow=True)]
    visits = told(shown)
    check(visits, language)
    frames_are_right(visits)
    assert GuardianConsent.objects.get().language == language


def agreed() -> dict[str, str]:
    return {"relation": "father", "contact": "7777777", "is_representative": "on", "agrees": "on"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_whoever_becomes_old_enough_and_the_way_back_after_it(client, language):
    with at():
        child = child_of(client)
        way_back = link_on(agree(guardian_link(client))).replace("/kk/", f"/{language}/")
    with at("2028-07-01 10:00 +0500"):
        client.force_login(child, backend="notifications.backends.AuthenticationBackend")
        place = f"/{language}/account/own-consent/"
        shown = [client.get(place), client.post(place)]
        client.post(place, {"consent": "on"})
        check(told([*shown, Client().get(way_back)]), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_an_invitation(as_person, language):
    owner, friend = (make_person(name, language=language) for name in ("owner", "friend"))
    User.objects.update(shown_name="7")
    mine, theirs = as_person(owner), as_person(friend)
    answers = {"name": "7", "kind": "interpreter", "rights": ["see-notes", "set-display"], "period": "quarter"}
    made = mine.post(f"/{language}/supporters/invite/", answers)
    link = link_on(made)
    shown = [made, mine.get(f"/{language}/supporters/"), mine.get(link), theirs.get(link)]
    theirs.post(link)
    check(told([*shown, theirs.get(link), mine.get(f"/{language}/supporters/")]), language)


@at()
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_adult_signs_up_with_one_question_more(language):
    answers = {name: value for name, value in ANSWERS.items() if name != "consent"}
    shown = Client().post(f"/{language}/account/sign-up/anonymous/", answers | {"age": "child"})
    check(told([shown]), language)


def test_links_lead_to_pages_in_the_language_of_whoever_made_them(as_person):
    owner = make_person("owner", language="ru")
    assert invite(as_person(owner)).startswith("/ru/")
