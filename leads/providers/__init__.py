"""Providers on the network, whatever source asks them: their keys, their gate, their health."""
