"""How every benchmark reports: a table for people, a JSON file for tools."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Metric:
    """A value and what it is measured against, in the same run and the same unit."""

    value: float
    reference: float

    @property
    def ratio(self) -> float:
        return self.value / self.reference


def publish(name: str, unit: str, reference: str, values: dict[str, float]) -> None:
    """Print each value with its ratio to the reference that was measured in the same run, and write them down."""
    base = values[reference]
    print(f"\n{name} ({unit}); the reference is {reference}")
    for metric, value in values.items():
        print(f"  {metric:28} {value:10.1f}   {value / base:5.2f} ×")
    write(name, {metric: Metric(value, base) for metric, value in values.items()})


def publish_each(name: str, title: str, metrics: dict[str, Metric]) -> None:
    """Print metrics that have a reference each, and write them down."""
    print(f"\n{name}: {title}")
    print(f"  {'':44} {'value':>9} {'reference':>10}   ratio")
    for label, metric in metrics.items():
        print(f"  {label:44} {metric.value:9.2f} {metric.reference:10.2f}   {metric.ratio:6.3f}")
    write(name, metrics)


def write(name: str, metrics: dict[str, Metric]) -> None:
    """Write var/bench/NAME.json."""
    folder = Path(os.environ.get("EMOCARE_VAR") or ROOT / "var") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        label: {
            "value": round(metric.value, 3),
            "reference": round(metric.reference, 3),
            "ratio": round(metric.ratio, 3),
        }
        for label, metric in metrics.items()
    }
    (folder / f"{name}.json").write_text(json.dumps({"name": name, "metrics": content}, indent=1) + "\n")
