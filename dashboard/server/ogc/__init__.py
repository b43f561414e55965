"""OGC API - Features (Part 1: Core): the events as layers for QGIS and other programs."""
