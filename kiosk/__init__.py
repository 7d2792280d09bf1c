"""Hallway: conference check-in, mutual connections, and one letter worth acting on."""
