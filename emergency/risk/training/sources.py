"""What the model is made from: when it changes, the model has to be trained anew."""

import hashlib
from itertools import chain

from emergency.risk import reader, reading
from emergency.risk.training import examples, unseen

EVERY = 8  # of the training set is read to see whether reading has changed


def digests() -> dict[str, str]:
    """Return the SHA-256 of the training set, and of what folding, lexicon and features make of a part of it."""
    trained = hashlib.sha256()
    for path in [*examples.files(), examples.PLAIN]:
        trained.update(path.read_bytes())
    read = hashlib.sha256()
    for example in chain(examples.training_set()[::EVERY], examples.held_out()):
        groups = reading.whole(example.text).groups()
        read.update(repr([sorted(group) for group in groups]).encode())
    second = hashlib.sha256(reader.WEIGHTS.read_bytes() + unseen.FILE.read_bytes())
    return {"training set": trained.hexdigest(), "reading": read.hexdigest(), "reader": second.hexdigest()}
