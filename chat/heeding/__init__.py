"""What follows from the risk check of messages, and who is told that somebody wrote."""
