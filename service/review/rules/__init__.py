"""Each file is one family of rules: an article becomes the findings whose codes begin alike."""
