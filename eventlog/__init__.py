"""The log: one small interface, and what implements it."""
