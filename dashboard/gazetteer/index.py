class PlaceIndex:
    def __init__(self, gazetteer): self.gazetteer = gazetteer
