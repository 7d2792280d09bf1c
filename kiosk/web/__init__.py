"""What a browser or a tablet asks over HTTP: one blueprint an audience, no rules, no SQL.

`access` says who may ask what, `identity` who is asking; `headers` and `csrf` keep the
pages safe, `replies` are the answers. `house()` is what a view works with.
"""
