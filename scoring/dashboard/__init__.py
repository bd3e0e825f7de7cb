"""The managers' dashboard: what came in a period, how good it is, what it cost and what came of it, each beside the rows."""
