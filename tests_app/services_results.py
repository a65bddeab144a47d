"""What a person does with a result, besides sharing it."""

from tests_app.models import Result


def delete_result(*, result: Result) -> None:
    """Delete a result with its answers, and what was shown of it to anybody; it cannot be brought back."""
    result.delete()
