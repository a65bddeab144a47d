"""Setting up, starting and stopping, as people do it."""
