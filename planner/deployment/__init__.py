"""What the user declares: deployments, read from files or from plain mappings."""

from planner.deployment.model import Declared, Deployment, Value

__all__ = ["Declared", "Deployment", "Value"]
