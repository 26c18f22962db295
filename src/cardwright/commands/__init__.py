"""The verbs: each gathers from the wings, decides, and commits. Only here do the wings meet."""
