"""What people and administrators say of the risk check when it was wrong: reviewed, and taken out for training."""
