"""The checks of the rules, one module a subject; imported when one of its rules runs."""
