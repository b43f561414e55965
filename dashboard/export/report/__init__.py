"""The selection as a report to hand over, e.g. for Word or as a PDF, with its sources as footnotes."""
