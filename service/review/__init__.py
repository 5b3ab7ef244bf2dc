"""An article becomes findings about itself."""
