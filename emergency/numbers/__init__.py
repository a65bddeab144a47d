"""Numbers of urgent help for administrators."""
