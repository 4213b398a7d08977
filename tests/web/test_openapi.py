"""What the API says of itself holds: made-up requests are answered or refused in one shape, and never with a failure."""

from __future__ import annotations

import pytest


def test_no_request_makes_it_fail(client):
    schemathesis = pytest.importorskip("schemathesis")
    hypothesis = pytest.importorskip("hypothesis")
    described = schemathesis.openapi.from_dict(client.app.openapi())
    checks = list(hypothesis.HealthCheck)
    bounded = hypothesis.settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=checks)
    asked = set()
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.method.upper() != "GET":
            continue

        @hypothesis.given(case=operation.as_strategy())
        @bounded
        def ask(case):
            answer = client.request("GET", case.formatted_path, params=case.query)
            assert answer.status_code < 500, (case.formatted_path, case.query, answer.text[:300])
            if answer.status_code >= 400:
                assert set(answer.json()["error"]) == {"code", "message", "hint"}

        ask()
        asked.add(operation.path)
    assert {"/api/events", "/api/claims", "/api/dyads/{pair}/tension", "/api/complete"} <= asked


def test_every_address_says_what_it_is_and_how_it_fails(client):
    for path, methods in client.get("/api/openapi.json").json()["paths"].items():
        for method, about in methods.items():
            assert about.get("description"), (method, path)
            assert "404" in about["responses"] and "422" in about["responses"], (method, path)
