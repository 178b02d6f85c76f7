"""From the plan to a server that runs it: recommended settings, rendered ready to install."""
