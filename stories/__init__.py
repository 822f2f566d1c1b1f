"""Pure, across articles: facts to story events to story state to updates."""
