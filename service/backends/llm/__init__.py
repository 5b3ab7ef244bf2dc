"""The tasks done by a remote model that speaks the OpenAI protocol; what it says is checked by code."""
