"""Capacity planning and configuration validation for VOS3000 softswitches."""
