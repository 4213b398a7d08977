"""One file a page family; each offers a `router`. See ``app.FAMILIES``."""
