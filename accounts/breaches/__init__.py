"""The register of breaches of personal data: what happened, what was done, and what the law wants of it."""
