"""Out of the log: subscriptions, terminal views, exports, comparing generations. Knows only the log and the schemas."""
