"""What a fact-check desk does with claims: check them, match them with earlier checks, publish the verdicts."""
