"""The routes of the API, one module a kind of thing; each turns a request into one call of the desk."""
