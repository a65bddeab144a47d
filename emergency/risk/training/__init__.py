"""How the model of the risk check is made: sentences, training and measuring. The service runs none of it."""
