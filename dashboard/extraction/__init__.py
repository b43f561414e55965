"""From text to suggested events: cues, clauses, attribution, and what they amount to."""
