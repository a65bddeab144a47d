"""People at each step of the training, brought there as the pages do it."""

from accounts.models import Certificate, TestAttempt, User
from accounts.training import course as courses
from accounts.training import services


def reader(user: User) -> User:
    """Let a person read all lessons."""
    for lesson in courses.load().lessons:
        services.read_lesson(user=user, lesson=lesson)
    return user


def right_answers(attempt: TestAttempt) -> dict[str, int]:
    questions = courses.load(attempt.course).questions
    return {key: questions[key].right for key, _order in attempt.questions}


def wrong_answers(attempt: TestAttempt) -> dict[str, int]:
    questions = courses.load(attempt.course).questions
    return {key: (questions[key].right + 1) % len(order) for key, order in attempt.questions}


def taking_the_test(user: User) -> TestAttempt:
    """Let a person read everything and begin the test."""
    return services.start_test(user=reader(user))


def failed(user: User) -> TestAttempt:
    attempt = taking_the_test(user)
    return services.keep_answers(attempt=attempt, answers=wrong_answers(attempt), finish=True)


def passed(user: User) -> TestAttempt:
    attempt = taking_the_test(user)
    return services.keep_answers(attempt=attempt, answers=right_answers(attempt), finish=True)


def certified(user: User, name: str = "Сәуле Ерікқызы") -> Certificate:
    passed(user)
    return services.take_oath(user=user, name=name, language=user.language)
