"""From the first lesson to the certificate: what is kept, what is refused, what comes when."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.choices import EventKind
from accounts.models import Certificate, LessonRead, Oath, TestAttempt
from accounts.training import course as courses
from accounts.training import services
from tests.accounts.support import at_once, phrase, title
from tests.support.html import errors, loose_ends, page, said, summary, text_of, typed
from tests.support.journal import actions, kinds
from tests.support.news import told, written
from tests.support.training import certified, failed, passed, reader, right_answers, taking_the_test, wrong_answers

NOW = "2026-11-23 12:00 +0500"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def client(as_person, owner) -> Client:
    return as_person(owner)


def place(attempt: TestAttempt) -> str:
    return f"/kk/training/test/{attempt.public_id}/"


def fields(attempt: TestAttempt, answers: dict[str, int]) -> dict[str, str]:
    """Return what the form of an attempt sends for these answers."""
    return {
        f"q{number}": str(order.index(answers[key]))
        for number, (key, order) in enumerate(attempt.questions, 1)
        if key in answers
    }


# Lessons


def test_the_first_page_leads_to_the_first_lesson_and_the_profile_leads_there(client):
    assert page(client.get("/kk/profile/")).select("main a[href='/kk/training/']")
    shown = page(client.get("/kk/training/"))
    assert shown.select_one(".panel--main a.button")["href"] == "/kk/training/lessons/listening/"
    assert len(shown.select("#lessons ~ ol li")) == 10


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_lesson_is_shown_with_its_own_checks(client, language):
    for lesson in courses.load().lessons:
        response = client.get(f"/{language}/training/lessons/{lesson.key}/")
        assert title(response) == lesson.title[language]
        assert len(page(response).select("main details.more")) == sum(len(q.answers) for q in lesson.checks)
        assert loose_ends(response) == []
        light = client.get(response.request["PATH_INFO"], headers={"Accept-Encoding": "gzip"})
        assert len(light.content) < 12_000


def test_reading_goes_on_with_the_next_lesson_and_is_remembered_once(client, owner):
    for _twice in range(2):
        answer = client.post("/kk/training/lessons/listening/")
        assert answer.url == "/kk/training/lessons/limits/"
    assert LessonRead.objects.filter(user=owner).count() == 1
    assert "listening" not in page(client.get("/kk/training/")).select_one(".panel--main a.button")["href"]


def test_after_the_last_lesson_comes_the_test(client, owner):
    for lesson in courses.load().lessons:
        answer = client.post(f"/kk/training/lessons/{lesson.key}/", follow=True)
    assert said(answer) == [f"success: {phrase('You have read all lessons.')}"]
    assert page(answer).select_one(".panel--main a.button")["href"] == "/kk/training/test/"


def test_a_lesson_that_does_not_exist_is_not_found(client):
    for key in ("nothing", "volunteer-1", "..", "listening%00"):
        assert client.get(f"/kk/training/lessons/{key}/").status_code == 404


# The test


def test_the_test_opens_when_all_is_read(client, owner):
    answer = client.post("/kk/training/test/", follow=True)
    assert said(answer) == [f"info: {phrase('Please read all lessons first.')}"]
    assert not TestAttempt.objects.exists()
    reader(owner)
    assert client.post("/kk/training/test/").url == place(TestAttempt.objects.get())


def test_beginning_twice_opens_the_same_test_with_the_same_questions(client, owner):
    reader(owner)
    addresses = {client.post("/kk/training/test/").url for _twice in range(2)}
    first, second = (client.get(addresses.copy().pop()) for _twice in range(2))
    assert len(addresses) == 1
    assert text_of(page(first).select_one("main .form")) == text_of(page(second).select_one("main .form"))
    assert len(page(first).select("main fieldset")) == 15


@pytest.mark.django_db(transaction=True)
def test_beginning_in_two_windows_at_once_opens_one_test(owner):
    reader(owner)
    first, second = at_once(*[lambda: services.start_test(user=owner)] * 2)
    assert first == second


def test_the_page_does_not_tell_which_answer_is_right(client, owner):
    attempt = taking_the_test(owner)
    fields_shown = page(client.get(place(attempt))).select("main input[type=radio]")
    assert {field["value"] for field in fields_shown} == {"0", "1", "2", "3"} or len(fields_shown) == 45
    assert not any(field.has_attr("checked") for field in fields_shown)
    assert len({order.index(courses.load().questions[key].right) for key, order in attempt.questions}) > 1


def test_unanswered_questions_are_named_and_nothing_is_lost(client, owner):
    attempt = taking_the_test(owner)
    answers = fields(attempt, right_answers(attempt))
    missing = answers.pop("q7")
    response = client.post(place(attempt), answers)
    assert len(summary(response)) == 1
    assert summary(response)[0].startswith("7. ")
    assert errors(response, "q7")
    assert len(page(response).select("main input[checked]")) == 14
    attempt.refresh_from_db()
    assert len(attempt.answers) == 14
    assert attempt.finished_at is None
    assert len(page(client.get(place(attempt))).select("main input[checked]")) == 14
    assert client.post(place(attempt), answers | {"q7": missing}).status_code == 302


def test_one_can_stop_and_go_on_later(client, owner):
    attempt = taking_the_test(owner)
    some = dict(list(fields(attempt, wrong_answers(attempt)).items())[:3])
    answer = client.post(place(attempt), some | {"later": "1"}, follow=True)
    assert page(answer).select_one(".panel--main a.button")["href"] == place(attempt)
    assert len(page(client.get(place(attempt))).select("main input[checked]")) == 3


@pytest.mark.parametrize("value", ["9", "-1", "x", "0\x00", "1" * 5000, "²", ""])
def test_forged_answers_are_refused_and_counted_nowhere(client, owner, value):
    attempt = taking_the_test(owner)
    response = client.post(place(attempt), fields(attempt, right_answers(attempt)) | {"q1": value})
    assert errors(response, "q1")
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    assert len(attempt.answers) == 14


def test_answers_to_questions_that_were_not_asked_change_nothing(client, owner):
    attempt = taking_the_test(owner)
    client.post(place(attempt), fields(attempt, wrong_answers(attempt)) | {"q16": "0", "passed": "on", "score": "15"})
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)


@pytest.mark.parametrize(("right", "enough"), [(11, False), (12, True), (15, True)])
def test_twelve_of_fifteen_pass(owner, right, enough):
    attempt = taking_the_test(owner)
    some = dict(list(right_answers(attempt).items())[:right])
    attempt = services.keep_answers(attempt=attempt, answers=wrong_answers(attempt) | some, finish=True)
    assert (attempt.score, attempt.passed) == (right, enough)


def test_a_test_sent_twice_counts_once(client, owner):
    attempt = taking_the_test(owner)
    client.post(place(attempt), fields(attempt, wrong_answers(attempt)))
    answer = client.post(place(attempt), fields(attempt, right_answers(attempt)))
    assert answer.url == place(attempt)
    attempt.refresh_from_db()
    assert attempt.score == 0


def test_after_failing_one_sees_what_to_read_but_not_the_right_answers(client, owner):
    shown = page(client.get(place(failed(owner)))).select_one("main")
    assert len(shown.select("#again ~ ul a")) == 10
    rights = [str(question.answers[question.right].text["kk"]) for question in courses.load().bank]
    assert not [answer for answer in rights if answer in text_of(shown)]


def test_the_next_attempt_comes_after_an_hour(client, owner, clock):
    first = failed(owner)
    answer = client.post("/kk/training/test/", follow=True)
    assert TestAttempt.objects.count() == 1
    assert "13:00" in text_of(page(answer).select_one(".panel--main"))
    clock.shift(timedelta(minutes=59))
    client.post("/kk/training/test/")
    assert TestAttempt.objects.count() == 1
    clock.shift(timedelta(minutes=1))
    assert client.post("/kk/training/test/").url != place(first)
    assert TestAttempt.objects.count() == 2


def test_the_attempt_of_somebody_else_does_not_exist(as_person, owner, other_user, admin):
    attempt = taking_the_test(owner)
    for person in (other_user, admin):
        assert as_person(person).get(place(attempt)).status_code == 404
        assert as_person(person).post(place(attempt), fields(attempt, right_answers(attempt))).status_code == 404
    attempt.refresh_from_db()
    assert attempt.answers == {}


# The oath and the certificate


def swear(client: Client, **answers):
    return client.post("/kk/training/oath/", {"name": "Сәуле Ерікқызы", "promise": "on"} | answers)


def test_the_oath_comes_after_the_test_only(client, owner):
    failed(owner)
    assert client.get("/kk/training/oath/").url == "/kk/training/"
    swear(client)
    assert not Certificate.objects.exists()
    with pytest.raises(services.NotNow):
        services.take_oath(user=owner, name="x", language="kk")


def test_oath_and_certificate_are_recorded_and_told(client, owner):
    attempt = passed(owner)
    assert swear(client).url == "/kk/training/"
    oath, certificate = Oath.objects.get(), Certificate.objects.get()
    assert (oath.user, oath.attempt, oath.version, oath.language) == (owner, attempt, "2026-11", "kk")
    assert (certificate.name, certificate.is_valid) == ("Сәуле Ерікқызы", True)
    assert (certificate.valid_until - certificate.issued_on).days == 730
    assert kinds(owner) == [EventKind.TRAINED]
    assert told(owner) == ["role trained"]
    assert "Сәуле" not in written()


def test_an_oath_sent_twice_gives_one_certificate(client, owner):
    passed(owner)
    assert [swear(client).url for _twice in range(2)] == ["/kk/training/"] * 2
    assert Certificate.objects.count() == Oath.objects.count() == len(actions(owner)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_oaths_at_once_give_one_certificate(owner):
    passed(owner)
    oaths = [lambda: services.take_oath(user=owner, name="Сәуле", language="kk")] * 2
    first, second = at_once(*oaths)
    assert first == second


@pytest.mark.parametrize("name", ["", " ", "7", "Сәуле\x00", "<b>Сәуле</b>", "Сәуле 😀", "李", "С" * 81, "-", "²"])
def test_a_name_that_cannot_be_printed_is_said_beside_the_field_and_kept(client, owner, name):
    passed(owner)
    response = swear(client, name=name)
    assert errors(response, "name")
    assert "\x00" in name or typed(response, "name") == name
    assert page(response).select_one("[name=promise]").has_attr("checked")


@pytest.mark.parametrize("name", ["Сәуле", "Ән-Құрбан О’Коннор", "Žofie Müller", "Ғ. Ұлықбек", "Юлия Ёлкина"])
def test_names_of_many_peoples_are_fine(client, owner, name):
    passed(owner)
    swear(client, name=name)
    assert Certificate.objects.get().name == name


def test_without_the_promise_there_is_no_certificate(client, owner):
    passed(owner)
    response = swear(client, promise="")
    assert errors(response, "promise")
    assert typed(response, "name") == "Сәуле Ерікқызы"


def test_the_interface_for_applications_knows_who_is_trained(owner, admin, clock):
    assert services.certificate_of(owner) is None
    certificate = certified(owner)
    assert services.certificate_of(owner) == certificate
    assert services.is_trained(owner)
    clock.shift(timedelta(days=731))
    assert services.certificate_of(owner) is None
    assert not services.is_trained(owner)


def test_a_certificate_that_is_taken_back_counts_no_more_and_one_can_train_again(client, owner, admin):
    certificate = certified(owner)
    for _twice in range(2):
        services.withdraw(certificate=certificate, actor=admin, reason="Ереже бұзылды")
    assert not services.is_trained(owner)
    event = actions(owner)[-1]
    assert (event.actor, event.reason.text) == (admin.journal_key, "Ереже бұзылды")
    assert told(owner) == ["role trained", "role certificate_withdrawn"]
    assert "Ереже" not in written()
    assert page(client.get("/kk/training/")).select_one("#certificate ~ .notice--warning")
    assert client.post("/kk/training/test/").url == place(TestAttempt.objects.first())


def test_whoever_is_certified_begins_no_new_test_until_shortly_before_the_end(client, owner, clock):
    certified(owner)
    assert client.post("/kk/training/test/").url == "/kk/training/"
    clock.shift(timedelta(days=669))
    client = Client()
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    assert client.post("/kk/training/test/").url == "/kk/training/"
    clock.shift(timedelta(days=1))
    assert client.post("/kk/training/test/").url != "/kk/training/"
    assert timezone.localdate() < Certificate.objects.get().valid_until


def test_the_overview_asks_as_little_with_many_attempts_as_with_one(client, owner, django_assert_max_num_queries):
    certified(owner)
    old = timezone.now() - timedelta(days=9)
    past = {"started_at": old, "finished_at": old, "score": 3}
    for _i in range(9):
        TestAttempt.objects.create(user=owner, course=courses.CURRENT, questions=[], **past)
    with django_assert_max_num_queries(5):
        assert len(page(client.get("/kk/training/")).select("#attempts ~ ul li")) == 10
