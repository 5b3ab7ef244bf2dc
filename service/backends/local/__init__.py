"""The desk's tasks, done on this machine by small models whose weights travel with the package."""
