"""Components that several pages share: controls, fault messages, style."""
