"""The doors: they translate, make one call down, and render."""
