"""The rules, one module each; imported when its rule runs. `planner.rules.declared` lists them."""
