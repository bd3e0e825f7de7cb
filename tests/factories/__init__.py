"""Makes rows for tests: each function takes only the fields that matter to the test and invents the rest."""
