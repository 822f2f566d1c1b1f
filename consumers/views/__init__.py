"""What a person sees in a terminal: each view as styled text, or as plain JSON."""
