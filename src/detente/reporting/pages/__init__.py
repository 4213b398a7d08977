"""What each page shows, as JSON-ready facts: one function a page, usable by whoever shows it."""
