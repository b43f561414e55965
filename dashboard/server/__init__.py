"""What stands between a browser and the pages: who may ask, how much, and with which headers."""
