"""Facts and rules that are given as JSON instead of being read from the database; pure."""
