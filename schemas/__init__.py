"""What crosses a topic: frozen models, the event envelope, topic names, errors. Imports no other room."""
