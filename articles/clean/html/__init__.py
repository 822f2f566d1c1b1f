"""Web pages: guarded, parsed, read as typed blocks, with what the page states about itself."""
