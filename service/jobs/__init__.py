"""Work that outlives a request: queued by its id, done by workers that can be killed at any moment."""
