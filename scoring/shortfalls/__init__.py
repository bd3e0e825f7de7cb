"""What each factor lacks to all its points, in words; pure."""
