"""Asking a helper, the answer, and the end."""

import uuid

import pytest

from accounts.choices import Role
from accounts.helping import services
from accounts.models import Assignment
from tests.accounts.helping.conftest import run_out
from tests.accounts.support import phrase
from tests.support.cast import helper_of
from tests.support.html import page, said, summary, text_of
from tests.support.journal import actions, kinds
from tests.support.news import told, written

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return text_of(page(response).main)


def test_a_request_waits_with_what_the_person_ticked(owner, saule, ask, pair, as_person):
    answered = ask(owner, saule, languages=["kk", "ru"], ways=["text", "easy"])
    assert answered.url == "/kk/helpers/mine/"
    assert (pair().state, pair().languages, pair().ways) == ("asked", ["kk", "ru"], ["text", "easy"])
    shown = text(as_person(saule.user).get("/kk/people/"))
    assert "Owner" in shown
    assert owner.email not in shown


def test_asking_twice_is_one_request(owner, saule, ask):
    ask(owner, saule)
    assert ask(owner, saule).status_code == 302
    assert Assignment.objects.count() == 1


def test_a_yes_begins_it_for_both(owner, saule, ask, answer, pair, as_person):
    ask(owner, saule)
    assert said(answer(pair(), "accept"))[0].startswith("success")
    assert (pair().state, pair().ended_at) == ("active", None)
    assert "Saule" in text(as_person(owner).get("/kk/helpers/mine/"))
    assert as_person(saule.user).get(f"/kk/people/{owner.public_id}/").status_code == 200
    assert kinds(owner) == kinds(saule.user) == ["assignment-requested", "assignment-started"]


def test_a_second_yes_changes_nothing(owner, saule, ask, answer, pair):
    ask(owner, saule)
    answer(pair(), "accept")
    began = pair().started_at
    answer(pair(), "accept")
    assert pair().started_at == began
    assert kinds(owner).count("assignment-started") == 1


def test_a_no_tells_its_kind_reason_and_the_person_can_ask_again(owner, saule, ask, answer, pair, as_person):
    ask(owner, saule)
    answer(pair(), "decline", reason="near")
    assert (pair().state, pair().decline_reason) == ("declined", "near")
    reason = phrase("We know each other outside Emocare, so another helper is better.")
    assert reason in text(as_person(owner).get("/kk/helpers/mine/"))
    assert ask(owner, saule).status_code == 302


@pytest.mark.parametrize("reason", ["", "x", "no-time\x00"])
def test_a_no_needs_one_of_the_reasons(owner, saule, ask, answer, pair, reason):
    ask(owner, saule)
    assert summary(answer(pair(), "decline", reason=reason))
    assert pair().state == "asked"


def test_a_request_can_be_taken_back_until_it_is_answered(owner, saule, ask, answer, pair, as_person):
    ask(owner, saule)
    withdraw = f"/kk/helpers/mine/{pair().public_id}/withdraw/"
    as_person(owner).post(withdraw)
    assert pair().state == "withdrawn"
    assert said(answer(pair(), "accept"))[0].startswith("error")
    assert said(as_person(owner).post(withdraw, follow=True))[0].startswith("info")
    assert pair().state == "withdrawn"


def test_one_request_at_a_time_for_a_role(owner, saule, make_helper, ask):
    ask(owner, saule)
    assert summary(ask(owner, make_helper("timur"))) == [phrase(str(services.ASKED_ALREADY))]
    assert ask(owner, make_helper("asel", role=Role.PSYCHOLOGIST)).status_code == 302


def test_changing_keeps_the_old_helper_until_the_new_one_says_yes(owner, assigned_volunteer, saule, ask, answer, pair):
    old = Assignment.objects.get(user=owner)
    ask(owner, saule)
    old.refresh_from_db()
    assert old.state == "active"
    answer(pair(), "accept")
    old.refresh_from_db()
    assert (old.state, old.end_reason, pair().state) == ("ended", "user", "active")


def test_a_second_volunteer_cannot_begin_beside_one_who_came_meanwhile(owner, admin, saule, ask, answer, pair):
    ask(owner, saule)
    helper_of(owner, "timur", Role.VOLUNTEER)
    assert said(answer(pair(), "accept"))[0].startswith("error")
    assert pair().state == "asked"


def test_the_person_ends_it_without_a_reason_and_the_page_closes(owner, assigned_volunteer, as_person):
    link = Assignment.objects.get(user=owner)
    helper = as_person(assigned_volunteer)
    assert helper.get(f"/kk/people/{owner.public_id}/").status_code == 200
    as_person(owner).post(f"/kk/helping/{link.public_id}/end/")
    assert helper.get(f"/kk/people/{owner.public_id}/").status_code == 404
    link.refresh_from_db()
    assert (link.state, link.end_reason, link.ended_by) == ("ended", "user", owner)
    assert as_person(owner).post(f"/kk/helping/{link.public_id}/end/").status_code == 302


def test_the_helper_ends_it_with_a_reason_and_words_that_the_person_reads(owner, assigned_volunteer, as_person):
    place = f"/kk/helping/{Assignment.objects.get(user=owner).public_id}/end/"
    helper = as_person(assigned_volunteer)
    assert summary(helper.post(place, {"note": "Рақмет"}))
    helper.post(place, {"reason": "done", "note": "Рақмет сізге!"})
    assert "Рақмет сізге!" in text(as_person(owner).get("/kk/helpers/mine/"))


@pytest.mark.parametrize("note", ["a\x00b", "x" * 501])
def test_words_of_parting_that_cannot_be_kept_are_refused(owner, assigned_volunteer, as_person, note):
    place = f"/kk/helping/{Assignment.objects.get(user=owner).public_id}/end/"
    assert summary(as_person(assigned_volunteer).post(place, {"reason": "done", "note": note}))
    assert Assignment.objects.get(user=owner).state == "active"


def test_other_people_reach_no_request(owner, other_user, unrelated_volunteer, saule, ask, pair, as_person):
    ask(owner, saule)
    requests = f"/kk/people/requests/{pair().public_id}"
    for stranger, status in ((other_user, 403), (unrelated_volunteer, 404)):
        assert as_person(stranger).post(f"{requests}/accept/").status_code == status
        assert as_person(stranger).post(f"{requests}/decline/", {"reason": "near"}).status_code == status
        withdraw = f"/kk/helpers/mine/{pair().public_id}/withdraw/"
        assert as_person(stranger).post(withdraw).status_code == 404
    assert as_person(owner).post(f"{requests}/accept/").status_code == 403
    assert pair().state == "asked"


def test_forged_ids_and_roles_do_nothing(owner, other_user, saule, ask, as_person):
    client = as_person(owner)
    assert client.post(f"/kk/helpers/{uuid.uuid4()}/").status_code == 404
    assert client.post(f"/kk/helpers/{other_user.public_id}/").status_code == 404
    assert summary(ask(owner, saule, languages=["xx"], ways=["\x00"], how="administrator"))
    assert ask(saule.user, saule).status_code == 200
    assert not Assignment.objects.exists()


def test_somebody_whose_role_was_taken_cannot_be_asked(owner, saule, ask):
    saule.user.role = Role.USER
    saule.user.save()
    assert ask(owner, saule).status_code == 404


def test_each_is_told_what_concerns_them_and_nobody_is_named(owner, saule, ask, answer, pair, as_person):
    ask(owner, saule)
    as_person(owner).post(f"/kk/helpers/mine/{pair().public_id}/withdraw/")
    ask(owner, saule)
    answer(Assignment.objects.get(state="asked"), "decline", reason="other")
    ask(owner, saule)
    answer(Assignment.objects.get(state="asked"), "accept")
    services.end(assignment=Assignment.objects.get(state="active"), actor=owner, reason="user", note="Owner says so")
    assert told(saule.user) == ["people asked", "people withdrawn", "people asked", "people asked", "people ended"]
    assert told(owner) == ["helping declined", "helping accepted"]
    assert not [word for word in ("Owner", "Saule", "says so") if word in written()]


def test_a_helper_who_ends_it_and_an_administrator_who_brings_together_tell_the_person(owner, saule, admin):
    assignment = services.assign(user=owner, helper=saule.user, actor=admin, reason="")
    services.end(assignment=assignment, actor=saule.user, reason="helper")
    assert told(owner) == ["helping accepted", "helping ended"]
    assert told(saule.user) == ["people assigned"]


def test_everything_of_a_suspended_helper_ends(owner, other_user, assigned_volunteer, admin, ask):
    ask(other_user, assigned_volunteer.helper_profile)
    services.end_all(helper=assigned_volunteer, actor=admin, reason="a complaint")
    states = {a.user.shown_name: (a.state, a.end_reason) for a in Assignment.objects.select_related("user")}
    assert states == {"Owner": ("ended", "suspended"), "Stranger": ("declined", "")}
    assert actions(owner)[-1].reason.text == "a complaint"


def test_people_themselves_may_be_helped_by_each_other(saule, make_helper, ask):
    timur = make_helper("timur")
    assert ask(saule.user, timur).status_code == 302
    assert ask(timur.user, saule).status_code == 302


def test_inboxes_of_helpers_cannot_be_filled(owner, saule, ask, as_person):
    for _ in range(services.MOST_A_DAY):
        ask(owner, saule)
        request = Assignment.objects.get(user=owner, state="asked")
        as_person(owner).post(f"/kk/helpers/mine/{request.public_id}/withdraw/")
    assert summary(ask(owner, saule)) == [phrase(str(services.ASKED_OFTEN))]


def test_a_helper_without_the_role_reaches_no_page_of_the_end(owner, assigned_volunteer, as_person):
    place = f"/kk/helping/{Assignment.objects.get().public_id}/end/"
    assert as_person(assigned_volunteer).get(place).status_code == 200
    assigned_volunteer.role = Role.USER
    assigned_volunteer.save()
    assert as_person(assigned_volunteer).get(place).status_code == 404
    assert as_person(assigned_volunteer).post(place, {"reason": "done"}).status_code == 404


def test_a_request_to_a_helper_whose_role_ran_out_keeps_nobody_from_asking_another(owner, saule, make_helper, ask):
    ask(owner, saule)
    run_out(saule)
    assert ask(owner, make_helper("another")).status_code == 302
    assert Assignment.objects.filter(user=owner, state="asked").count() == 2
