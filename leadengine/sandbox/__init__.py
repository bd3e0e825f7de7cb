"""Stand-ins for the outside world: real servers on the loopback address, with invented data and faults by script."""
