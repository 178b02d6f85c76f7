"""Live hosts: the script that collects their settings, and what bundles say beside what is declared."""
