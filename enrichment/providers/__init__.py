"""Providers that are asked about one address or number, beside our own engine: one file each."""
