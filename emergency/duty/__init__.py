"""The duty rota: shifts, gaps, exchanges."""
