"""Write dates and numbers as each language does; Django's own Kazakh and English formats are American in part."""
