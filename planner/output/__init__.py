"""Pure renderers of findings and sizings: text, JSON and the formats of other tools."""
