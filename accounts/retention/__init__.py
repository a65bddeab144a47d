"""What is kept only for a time: how long each kind is kept, and the daily run that lets it go."""
