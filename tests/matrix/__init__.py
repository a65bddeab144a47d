"""Who gets what at every address: the rows of the permission matrix, one file an area."""

from tests.matrix import accounts, administration, allauth, shell, signin, tracker

# address name: (GET, POST); POST without fields, so a form's 200 is the form with its errors
MATRIX = shell.ROWS | accounts.ROWS | allauth.ROWS | administration.ROWS | signin.ROWS | tracker.ROWS
