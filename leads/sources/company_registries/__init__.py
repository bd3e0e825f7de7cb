"""Registries of companies: one file each."""
