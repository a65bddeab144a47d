"""An administrator checks applications, and roles end."""

import datetime
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from accounts.choices import EventKind, Role
from accounts.helping import services as helping
from accounts.journal.choices import Looked, Why
from accounts.models import Application, Assignment, JournalEntry, role_in_force
from accounts.roles import services
from accounts.roles.choices import State
from accounts.training import services as training
from tests.accounts.roles.conftest import ANSWERS, NUMBER, PDF
from tests.support import belongings
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.journal import actions, kinds, looks
from tests.support.training import certified

pytestmark = pytest.mark.django_db
User = get_user_model()
LIST = "/admin/accounts/application/"
END = timezone.localdate() + datetime.timedelta(days=300)


def decide(office, application, decision: str, **answers: str):
    return office.post(f"{LIST}{application.pk}/decide/", {"decision": decision} | answers)


def role_of(person) -> str:
    return User.objects.get(pk=person.pk).role


def test_from_approval_to_suspension_and_back(office, owner, sent):
    application = sent(owner)
    assert decide(office, application, "approve", until=END.isoformat()).status_code == 302
    assert role_of(owner) == Role.PSYCHOLOGIST
    assert decide(office, application, "suspend", reason="Шағым түсті").status_code == 302
    assert role_of(owner) == Role.USER
    assert decide(office, application, "renew", until=END.isoformat()).status_code == 302
    assert role_of(owner) == Role.PSYCHOLOGIST
    assert kinds(owner) == [EventKind.APPLIED, EventKind.APPROVED, EventKind.SUSPENDED, EventKind.RENEWED]
    assert {entry.actor_role for entry in actions(owner)} == {"user", "admin"}


def test_a_refusal_gives_its_reason_to_the_person_and_deletes_the_documents(office, as_person, owner, sent):
    application = sent(owner)
    decide(office, application, "refuse", reason="Диплом оқылмайды")
    shown = page(as_person(owner).get(f"/kk/helping-others/applications/{application.public_id}/"))
    assert "Диплом оқылмайды" in text_of(shown)
    assert (role_of(owner), application.documents.count()) == (Role.USER, 0)


@pytest.mark.parametrize(
    ("decision", "answers"),
    [
        ("approve", {}),
        ("approve", {"until": "2020-01-01"}),
        ("approve", {"until": "2999-01-01"}),
        ("approve", {"until": "x"}),
        ("refuse", {}),
        ("suspend", {"reason": "not approved yet"}),
        ("renew", {"until": END.isoformat()}),
        ("king", {}),
        ("", {}),
    ],
)
def test_a_decision_that_cannot_be_is_refused(office, owner, sent, decision, answers):
    application = sent(owner)
    answer = decide(office, application, decision, **answers)
    assert answer.status_code == 200
    assert page(answer).select(".errorlist li")
    assert (role_of(owner), Application.objects.get().state) == (Role.USER, State.SENT)


def test_nobody_decides_about_themselves(office, admin, sent):
    application = sent(admin)
    assert decide(office, application, "approve", until=END.isoformat()).status_code == 200
    assert role_of(admin) == Role.USER


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_holds(owner, admin, sent):
    application, other = sent(owner), make_person("second-admin", is_staff=True)
    start, refused = Barrier(2), []

    def try_it(step, **how):
        start.wait()
        try:
            step(application=application, **how)
        except services.Refused:
            refused.append(step)
        finally:
            connection.close()

    threads = [
        Thread(target=try_it, args=[services.approve], kwargs={"actor": admin, "until": END}),
        Thread(target=try_it, args=[services.refuse], kwargs={"actor": other, "reason": "x"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert JournalEntry.objects.filter(kind__in=[EventKind.APPROVED, EventKind.REFUSED]).count() == 1


def test_a_document_opens_as_a_download_and_the_look_is_written_down(office, owner, sent):
    document = sent(owner).documents.first()
    opened = office.get(f"{LIST}documents/{document.pk}/")
    assert b"".join(opened.streaming_content) == PDF
    assert opened["Content-Disposition"] == f'attachment; filename="identity-{document.pk}.pdf"'
    assert (opened["Content-Security-Policy"], opened["X-Content-Type-Options"]) == ("sandbox", "nosniff")
    assert looks(owner) == [("Admin", Looked.DOCUMENT, Why.CHECKING)]


def test_no_address_of_the_site_shows_a_document_to_anybody_else(as_person, owner, admin, sent):
    document = sent(owner).documents.first()
    for client in (as_person(owner), as_person(admin, verified=False)):
        assert client.get(f"{LIST}documents/{document.pk}/").status_code == 302
        assert client.get(f"/media/{document.file.name}").status_code == 404


def test_the_administrator_sees_all_of_an_application_but_no_draft(office, owner, other_user, draft, sent):
    application, begun = sent(owner), draft(other_user)
    shown = text_of(page(office.get(f"{LIST}{application.pk}/change/")))
    for words in (ANSWERS["legal_name"], ANSWERS["about"], ANSWERS["motive"], NUMBER):
        assert words in shown
    assert office.get(f"{LIST}{begun.pk}/change/").status_code == 302
    assert office.get(f"{LIST}{begun.pk}/decide/").status_code == 404


def test_a_role_runs_out_by_itself(office, owner, sent):
    application = sent(owner)
    decide(office, application, "approve", until=END.isoformat())
    person = User.objects.get(pk=owner.pk)
    noon = datetime.datetime.combine(END, datetime.time(12), tzinfo=datetime.UTC)
    with time_machine.travel(noon):
        assert person.is_psychologist
        assert User.objects.filter(role_in_force(), pk=person.pk).exists()
    with time_machine.travel(noon + datetime.timedelta(days=1)):
        assert not person.is_helper
        assert not User.objects.filter(role_in_force(), pk=person.pk).exists()


def test_a_volunteer_whose_certificate_was_taken_back_is_not_approved(office, owner, admin, sent):
    application = sent(owner, Role.VOLUNTEER)
    training.withdraw(certificate=training.certificate_of(owner), actor=admin, reason="x")
    answer = decide(office, application, "approve", until=END.isoformat())
    assert page(answer).select(".errorlist li")
    assert role_of(owner) == Role.USER


def test_filters_find_roles_that_run_out(office, owner, sent):
    decide(office, sent(owner), "approve", until=(timezone.localdate() + datetime.timedelta(days=20)).isoformat())
    rows = "#result_list tbody tr"
    assert len(page(office.get(f"{LIST}?runs_out=soon")).select(rows)) == 1
    assert len(page(office.get(f"{LIST}?runs_out=over")).select(rows)) == 0


def test_a_new_role_takes_the_place_of_the_other(owner, admin, sent):
    first = services.approve(application=sent(owner, Role.VOLUNTEER), actor=admin, until=END)
    services.approve(application=sent(owner, Role.PSYCHOLOGIST), actor=admin, until=END)
    first.refresh_from_db()
    assert (role_of(owner), first.state) == (Role.PSYCHOLOGIST, State.WITHDRAWN)
    assert not first.documents.exists()


def test_a_suspended_helper_helps_nobody_from_that_moment(office, as_person, owner, assigned_volunteer, admin):
    application = belongings.application_of(assigned_volunteer, Role.VOLUNTEER, State.APPROVED)
    helper, page_of_owner = as_person(assigned_volunteer), f"/kk/people/{owner.public_id}/"
    assert helper.get(page_of_owner).status_code == 200
    decide(office, application, "suspend", reason="Шағым түсті")
    assert helper.get(page_of_owner).status_code in {403, 404}
    assert Assignment.objects.get().state == "ended"


def test_a_role_past_its_last_day_opens_no_page_of_a_person(as_person, owner, assigned_volunteer):
    today = timezone.localdate()
    User.objects.filter(pk=assigned_volunteer.pk).update(role_until=today)
    assert as_person(assigned_volunteer).get(f"/kk/people/{owner.public_id}/").status_code == 200
    User.objects.filter(pk=assigned_volunteer.pk).update(role_until=today - datetime.timedelta(days=1))
    assert as_person(assigned_volunteer).get(f"/kk/people/{owner.public_id}/").status_code in {403, 404}


def test_a_certificate_is_taken_back_with_a_reason(office, as_person, owner):
    certificate = certified(owner)
    place = f"/admin/accounts/certificate/{certificate.pk}/withdraw/"
    assert page(office.post(place)).select(".errorlist li")
    assert office.post(place, {"reason": "Тестті басқа адам тапсырған"}).status_code == 302
    shown = page(as_person(None).get(f"/kk/certificates/{certificate}/"))
    assert not shown.select(".notice--success")
    assert JournalEntry.objects.get(kind=EventKind.CERTIFICATE_WITHDRAWN).reason.text == "Тестті басқа адам тапсырған"


def test_a_role_that_ran_out_and_is_renewed_opens_nobody_again(
    office, as_person, owner, other_user, assigned_volunteer
):
    application = belongings.application_of(assigned_volunteer, Role.VOLUNTEER, State.APPROVED)
    profile = assigned_volunteer.helper_profile
    helping.ask(user=other_user, helper=profile, languages=[], ways=[])
    User.objects.filter(pk=assigned_volunteer.pk).update(role_until=timezone.localdate() - datetime.timedelta(days=1))
    decide(office, application, "renew", until=END.isoformat())
    assert User.objects.get(pk=assigned_volunteer.pk).is_volunteer
    assert as_person(assigned_volunteer).get(f"/kk/people/{owner.public_id}/").status_code == 404
    assert set(Assignment.objects.values_list("state", flat=True)) == {"ended", "declined"}


def test_a_role_that_is_renewed_in_time_keeps_its_people(office, as_person, owner, assigned_volunteer):
    application = belongings.application_of(assigned_volunteer, Role.VOLUNTEER, State.APPROVED)
    User.objects.filter(pk=assigned_volunteer.pk).update(role_until=timezone.localdate())
    decide(office, application, "renew", until=END.isoformat())
    assert as_person(assigned_volunteer).get(f"/kk/people/{owner.public_id}/").status_code == 200


def test_pages_say_that_a_role_has_run_out(as_person, unrelated_volunteer):
    application = belongings.application_of(unrelated_volunteer, Role.VOLUNTEER, State.APPROVED)
    place = f"/en/helping-others/applications/{application.public_id}/"
    client = as_person(unrelated_volunteer)
    assert "The role holds until" in state_on(client.get(place))
    User.objects.filter(pk=unrelated_volunteer.pk).update(role_until=timezone.localdate() - datetime.timedelta(days=1))
    assert "The role holds until" not in state_on(client.get(place))
    assert "It has run out" in state_on(client.get(place))
    assert text_of(page(client.get("/en/profile/")).select_one("main .with-icon")).endswith(" User")


def state_on(response) -> str:
    return text_of(page(response).select_one("#state"))
