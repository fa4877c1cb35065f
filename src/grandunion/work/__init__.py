"""The floor where things get done: actions write, permissions judge, queries read."""
