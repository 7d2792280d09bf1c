"""One conference day, played on the real thing: commands, HTTP, a dead network, SMTP.

Nothing here takes a short cut past the product: people come in by `kiosk attendees import`,
tablets speak the API, letters arrive at a mail server.
"""
