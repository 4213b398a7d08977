"""Who may come in, what may be changed, what every answer carries."""

import pytest

from detente.errors import UsageError
from detente.web.options import serve_options

SECRET = "correct horse battery"


@pytest.mark.parametrize(
    ("host", "token", "code"),
    [
        ("127.0.0.1", None, None),
        ("::1", None, None),
        ("localhost", None, None),
        ("0.0.0.0", None, "H03"),
        ("192.168.1.4", None, "H03"),
        ("workbench.example", None, "H03"),
        ("0.0.0.0", "short", "H04"),
        ("0.0.0.0", SECRET, None),
    ],
)
def test_others_reach_it_only_with_a_token(host, token, code):
    if code is None:
        assert serve_options(host, 1, token).host == host
        return
    with pytest.raises(UsageError) as fault:
        serve_options(host, 1, token)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({}, "", 401),
        ({"authorization": "Bearer wrong horse battery"}, "", 401),
        ({"authorization": f"Bearer {SECRET}"}, "", 200),
        ({"cookie": f"detente_token={SECRET}".replace(" ", "%20")}, "", 401),
        ({}, "?token=wrong", 401),
        ({}, f"?token={SECRET}&actor=AZE", 303),
    ],
)
def test_a_token_is_demanded_where_one_is_set(make_client, headers, query, status):
    answer = make_client(host="0.0.0.0", token=SECRET).get("/events" + query, headers=headers)
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == "/events?actor=AZE"
        assert "HttpOnly" in answer.headers["set-cookie"] and "samesite=strict" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(("to", "place"), [("/events", "/events"), ("https://evil.example/", "/"), ("//evil.example", "/")])
def test_the_token_form_goes_on_to_our_own_pages_alone(make_client, to, place):
    client = make_client(host="0.0.0.0", token=SECRET)
    answer = client.post("/token", data={"token": SECRET, "to": to})
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert client.get("/events").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x-detente-client": "1"}, 303),
        ({"origin": "http://localhost"}, 303),
        ({"origin": "http://localhost", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site", "x-detente-client": "1"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://localhost"}, 403),
    ],
)
def test_changes_come_from_our_own_pages_or_from_programs(client, headers, status):
    assert client.post("/token", data={"token": "any"}, headers=headers).status_code == status


def test_a_form_of_a_browser_that_names_no_origin_changes_nothing(client):
    request = client.build_request("POST", "/token", data={"token": "any"})
    del request.headers["x-detente-client"]
    assert client.send(request).status_code == 403


@pytest.mark.parametrize(("host", "status"), [("localhost:8642", 200), ("127.0.0.1", 200), ("[::1]:8642", 200), ("evil.example", 421)])
def test_it_answers_to_its_own_name_alone(client, host, status):
    assert client.get("/events", headers={"host": host}).status_code == status


@pytest.mark.parametrize("path", ["/events", "/events.json", "/nothing", "/static/frame.css"])
def test_every_answer_is_strict(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "frame.css%00", "nothing.css", "/etc/passwd"])
def test_assets_are_the_ones_there_are(client, name):
    assert client.get(f"/static/{name}").status_code == 404
