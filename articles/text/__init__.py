"""Pure helpers on words that both rooms of the core share: stems, their weight, and names."""
