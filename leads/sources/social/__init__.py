"""Networks of people: one file each."""
