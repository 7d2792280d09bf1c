"""The description of the API is the API: its routes, its messages, its answers."""

from flask import Flask
from flask.testing import FlaskClient

from kiosk.web.openapi import CALLS, document


def test_every_route_of_the_api_is_described_and_no_other(app: Flask) -> None:
    routes = {
        (method.lower(), rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(call.method, call.path) for call in CALLS} == routes


def test_the_description_is_served_and_refers_to_nothing_missing(
    client: FlaskClient,
) -> None:
    served = client.get("/openapi.json")
    assert served.status_code == 200
    text = served.get_data(as_text=True)
    schemas = document()["components"]["schemas"]
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= schemas.keys()
    assert {"ScanMessage", "Answer", "ErrorMessage"} <= schemas.keys()
