"""How every benchmark reports: a table for people, a JSON file for tools."""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def publish(name: str, unit: str, reference: str, values: dict[str, float]) -> None:
    """Print each value with its ratio to the reference that was measured in the same run, and write them down."""
    base = values[reference]
    print(f"\n{name} ({unit}); the reference is {reference}")
    for metric, value in values.items():
        print(f"  {metric:28} {value:10.1f}   {value / base:5.2f} ×")
    folder = Path(os.environ.get("EMOCARE_VAR") or ROOT / "var") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    metrics = {
        metric: {"value": round(value, 2), "reference": round(base, 2), "ratio": round(value / base, 3)}
        for metric, value in values.items()
    }
    (folder / f"{name}.json").write_text(json.dumps({"name": name, "metrics": metrics}, indent=1) + "\n")
