"""The journal: everybody reads what it says of themselves."""

from tests.matrix.words import OWN_PAGE

ROWS = {"who_looked": OWN_PAGE}
