"""What a list of leads may be asked for, as text and as terms: `grade:A+,A industry:energy -hiring`."""
