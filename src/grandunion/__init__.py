"""Grand Union: the open service platform an innovation hub runs on."""

__version__ = "0.1.0"
