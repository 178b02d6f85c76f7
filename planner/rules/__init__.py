"""What is wrong: the rules and the engine that runs them."""
