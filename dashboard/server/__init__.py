"""Middleware between browsers and pages: permitted requests, their sizes, headers of answers."""
