"""The version of the package: it stands in everything that is read and kept."""

__version__ = "0.1.0"
