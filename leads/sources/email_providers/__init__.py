"""Providers of e-mail addresses: one file each."""
