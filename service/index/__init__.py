"""The vector index: a cache in a Chroma server of our own, rebuilt from the record whenever it breaks."""
