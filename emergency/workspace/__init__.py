"""Work on an urgent request: the queue, the one who took it, what they do and write."""
