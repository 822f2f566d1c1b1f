"""The outside world -> `articles.raw`: files, folders, feeds and pages. Knows only the log and the schemas."""
