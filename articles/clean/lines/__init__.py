"""Lines and blocks: each gets a kind, or leaves under the name of a rule."""
