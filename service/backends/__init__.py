"""The desk's tasks, done by models: on this machine, or by a language model behind an API."""
