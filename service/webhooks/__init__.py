"""Messages to whoever subscribed: signed, sent through the guard of fetch, and tried again until they arrive."""
