"""One file a format: from bytes to what stands in them, as :class:`~..building.Raw`."""
