"""How fast the risk check reads, and how much memory it takes.

The reference reads the same texts once with one regular expression of all beginnings of words in concepts.txt, folded
only by `casefold`: what a plain list of words would cost. It finds far less.
"""

import re
import statistics
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise

from bench import report
from bench.report import Metric
from emergency.risk import assess, features, model, reader, reading
from emergency.risk.training import examples

ROUNDS = 3
ALLOWED_MS = 2.0
ALLOWED_SECOND_MS = 25.0
ALLOWED_SHARE = 0.5  # of messages half of which are at risk, and most of the others near misses
ALLOWED_MB = 30.0
ALLOWED_SECOND_MB = 80.0


def _plain_list() -> Callable[[str], object]:
    lines = features.CONCEPTS.read_text(encoding="utf-8").splitlines()
    forms = {form.strip("*") for line in lines if line[0] != "#" for form in line.partition(":")[2].split()}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(forms))) + ")")
    return lambda text: pattern.findall(text.casefold())


def _milliseconds(read: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return for each text the best of some rounds, so that a slow minute of the machine does not count."""
    best = [float("inf")] * len(texts)
    for _round in range(ROUNDS):
        for place, text in enumerate(texts):
            start = time.perf_counter()
            read(text)
            best[place] = min(best[place], (time.perf_counter() - start) * 1000)
    return best


def _memory(load: Callable[[], object]) -> float:
    """Return the megabytes of what is read anew."""
    tracemalloc.start()
    read_anew = load()
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    del read_anew  # it was there until now
    return size


def _second_look(texts: list[str]) -> tuple[float, list[float]]:
    """Return the share of the texts that the reader is asked about, and its milliseconds for each text."""
    low, high = model.load().unsure
    asked = [low < model.load().found(reading.whole(text).groups()) < high for text in texts]
    return sum(asked) / len(asked), _milliseconds(reader.load().read, texts)


def _forget() -> None:
    """Forget every word that was read before."""
    features.pieces.cache_clear()
    features.meanings.cache_clear()


def _first(texts: list[str]) -> list[float]:
    """Return the milliseconds for each text when none of its words was read before."""
    times = []
    for text in texts:
        _forget()
        start = time.perf_counter()
        assess(text)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _filled(texts: list[str], characters: int) -> str:
    whole = "\n".join(texts)
    return (whole * (characters // len(whole) + 1))[:characters]


def run() -> None:
    """Measure messages, a journal of 10 kB and a text of 1 MB."""
    memory, second_memory = _memory(model.load.__wrapped__), _memory(reader.load.__wrapped__)
    texts = [example.text for example in examples.held_out()]
    twenty = [" ".join((text + " " + other).split()[:20]) for text, other in pairwise(texts)]
    plain = _plain_list()
    assess(twenty[0])
    metrics = {}
    for name, some in {"message of the held-out set": texts, "message of 20 words": twenty}.items():
        times, reference = _milliseconds(assess, some), _milliseconds(plain, some)
        metrics[f"{name}: median ms, plain list's"] = Metric(statistics.median(times), statistics.median(reference))
        metrics[f"{name}: median ms, allowed"] = Metric(statistics.median(times), ALLOWED_MS)
        metrics[f"{name}, words never read: median ms, allowed"] = Metric(statistics.median(_first(some)), ALLOWED_MS)
        p95 = [statistics.quantiles(values, n=20)[-1] for values in (times, reference)]
        metrics[f"{name}: p95 ms, plain list's"] = Metric(*p95)
    journal, book = (_filled(texts, characters) for characters in (10_000, 1_000_000))
    for name, text in {"journal of 10,000 characters": journal, "text of 1,000,000 characters": book}.items():
        metrics[f"{name}: ms, plain list's"] = Metric(*(_milliseconds(read, [text])[0] for read in (assess, plain)))
    ten = _milliseconds(assess, [_filled(texts, 100_000)])[0]
    million = metrics["text of 1,000,000 characters: ms, plain list's"].value
    metrics["ten times as long: times as slow, linear's"] = Metric(million / ten, 10)
    share, second = _second_look(texts)
    metrics["second look: median ms, allowed"] = Metric(statistics.median(second), ALLOWED_SECOND_MS)
    metrics["second look: share of the held-out set, allowed"] = Metric(share, ALLOWED_SHARE)
    metrics["memory of the second look: MB, allowed"] = Metric(second_memory, ALLOWED_SECOND_MB)
    metrics["memory of the model: MB, allowed"] = Metric(memory, ALLOWED_MB)
    report.publish_each("risk", "one core; the reference is named after the comma", metrics)
