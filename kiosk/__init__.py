"""Hallway: conference check-in, mutual connections, and one letter worth acting on."""

__version__ = "0.1.0"
