"""Keeps arrays in one file, the same bytes for the same arrays."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy


def keep(path: Path, arrays: dict[str, numpy.ndarray]) -> None:
    """Write arrays as `numpy.load` reads them; numpy itself would write the time beside each."""
    with ZipFile(path, "w") as file:
        for name, array in arrays.items():
            entry = ZipInfo(f"{name}.npy")
            entry.compress_type = ZIP_DEFLATED
            with file.open(entry, "w") as written:
                numpy.lib.format.write_array(written, array, allow_pickle=False)
