"""What the two of a conversation let each other see, and what they keep to themselves."""
