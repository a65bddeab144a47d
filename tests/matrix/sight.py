"""What those see who keep the site running; everybody else is told that there is no such page."""

from tests.matrix.words import who

ROWS = {"metrics": (who(404), who(404))}
