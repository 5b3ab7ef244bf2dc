"""The prompts, one file each: what a remote model is told, word for word."""
