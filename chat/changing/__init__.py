"""What happens to a message afterwards: delivered, read, changed, deleted, answered with one press."""
