"""The topology, and what runs it."""
