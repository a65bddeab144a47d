"""Who is called when somebody asks for help, and who is called next when nobody answers."""
