"""Letters on the wire: from what a letter says to bytes, and to a relay or a folder."""
