"""People who take tests, in a database of their own: `python -m bench.takers` fills it.

Its last line is JSON: for each page what is asked for, as [address, cookie, form or nothing].
"""

import json
import random
from datetime import timedelta
from typing import Any

from bench import people

RESULTS = 500  # of each person whose pages are asked for
TEST, QUESTION = "phq9", "5"
VALUES = ("0", "1", "2", "3")  # sent in answer to one question in turn, so that each changes what is kept


PAGES = ("question", "answer", "result", "history")
Request = tuple[str, str, dict[str, str] | None]


def _result(owner: int, version: Any, moment: Any, chance: random.Random) -> Any:
    from tests_app.models import Result
    from tests_app.questionnaire import of
    from tests_app.scoring import outcome_of

    questionnaire = of(version)
    answers = {item.id: chance.choice(sorted(item.values)) for item in questionnaire.items}
    for rule in questionnaire.critical:
        answers[rule.item] = 0
    outcome = outcome_of(questionnaire, answers)
    return Result(
        owner_id=owner,
        version=version,
        instrument_id=version.instrument_id,
        answers=json.dumps(answers),
        score=outcome.score,
        band=outcome.band,
        parts={code: {"score": part.score, "band": part.band} for code, part in outcome.parts.items()},
        language="kk",
        started_at=moment,
        finished_at=moment,
        safety_passed_at=moment,
    )


def _take(owner: int, version: Any, chance: random.Random) -> tuple[str, str]:
    """Give somebody many results and a test that they are in the middle of; return the ids of the last and of it."""
    from django.utils import timezone

    from tests_app.models import Result, Run

    now = timezone.now()
    moments = (now - timedelta(days=i) for i in reversed(range(RESULTS)))
    results = Result.objects.bulk_create([_result(owner, version, moment, chance) for moment in moments])
    begun = {"version": version, "instrument_id": version.instrument_id}
    run = Run.objects.create(owner_id=owner, answers=json.dumps({"1": 1, "2": 2, "3": 0, "4": 1}), **begun)
    return str(results[-1].public_id), str(run.public_id)


def _requests(owners: list[int]) -> dict[str, list[Request]]:
    from django.middleware.csrf import CSRF_SECRET_LENGTH

    from tests_app.models import Version

    found: dict[str, list[Request]] = {page: [] for page in PAGES}
    version = Version.objects.get(state="published", instrument__key=TEST)
    for owner in owners:
        result, run = _take(owner, version, random.Random(owner))  # noqa: S311 -- the same in every run
        cookie, place = people.cookie_of(owner), f"/kk/tests/run/{run}/"
        found["question"].append((f"{place}?question={QUESTION}", cookie, None))
        found["result"].append((f"/kk/tests/result/{result}/", cookie, None))
        found["history"].append((f"/kk/tests/history/{TEST}/", cookie, None))
        form = {"csrfmiddlewaretoken": "x" * CSRF_SECRET_LENGTH, "question": QUESTION, "go": "next"}
        found["answer"] += [(place, cookie, {**form, f"q_{QUESTION}": value}) for value in VALUES]
    found["answer"].sort(key=lambda request: request[2][f"q_{QUESTION}"])  # nobody twice in a row
    return found


def main() -> None:
    """Migrate, load the tests, fill, and print what is asked for."""
    import django

    from emocare.local import messages

    messages.compile_all()
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from tests_app import library

    library.load()
    found = _requests(people.make_people(people.MEASURED))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
