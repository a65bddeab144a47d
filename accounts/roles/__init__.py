"""Becoming a volunteer or a psychologist: applications, documents, and what administrators decide."""
