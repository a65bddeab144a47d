"""What a browser is told that a page may do: docs/decisions/0020-csp.md."""

from csp.constants import NONCE, NONE, SELF


def of_pages(leave_to: str) -> dict[str, object]:
    """Return the policy of pages; "Leave this page quickly" without JavaScript is a form that ends at `leave_to`."""
    return {
        "DIRECTIVES": {
            **dict.fromkeys(("default-src", "base-uri", "object-src", "frame-ancestors"), (NONE,)),
            **dict.fromkeys(("script-src", "style-src"), (NONCE,)),
            **dict.fromkeys(("worker-src", "img-src", "font-src", "connect-src", "manifest-src"), (SELF,)),
            "form-action": [SELF, leave_to],
            "require-trusted-types-for": ["'script'"],
            "trusted-types": ["emocare"],
        }
    }


# The templates of Django's administrators' site carry no nonces, and its scripts write HTML.
OF_ADMINISTRATION = dict.fromkeys(("script-src", "style-src"), (SELF,)) | dict.fromkeys(
    ("require-trusted-types-for", "trusted-types")
)
