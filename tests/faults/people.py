"""A person with a browser's session or a program's, over plain HTTP."""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

ANSWER_WITHIN_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Answer:
    """headers : by their names in small letters."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        return str(self.json()["code"])

    @property
    def said(self) -> str:
        """What a refusal says to people."""
        return f"{self.json()['title']}. {self.json()['detail']}"


class Person:
    """Signs in once; the session goes on over restarts of the product."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self._port = port
        self.username = username
        self._password = password
        self._cookies: dict[str, str] = {}

    def sign_in(self) -> Person:
        self.get("/tai-khoan/login/")
        answer = self.post("/tai-khoan/login/", {"login": self.username, "password": self._password})
        assert answer.status == 302, answer.text[:2000]
        return self

    @property
    def form_token(self) -> str:
        return self._cookies.get("csrftoken", "")

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """A form of a page."""
        body = urlencode({"csrfmiddlewaretoken": self.form_token, **fields}, doseq=True)
        return self.send("POST", path, body.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"})

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> Answer:
        """An operation of the API."""
        headers = {"Content-Type": "application/json", "Accept-Language": "vi"}
        if key:
            headers["Idempotency-Key"] = key
        return self.send(method, f"/api{path}", json.dumps(body or {}).encode(), headers=headers)

    def post_file(self, path: str, name: str, content: bytes, fields: dict[str, str] | None = None) -> Answer:
        """A form with a file in its field `file`."""
        form = Form(name, fields or {})
        body = form.head + content + form.tail
        return self.send("POST", path, body, headers={**form.headers, "Accept": "text/html"})

    def upload(self, name: str, content: bytes, *, key: str = "") -> Answer:
        """The same by the API."""
        form = Form(name, {})
        headers = {**form.headers, "Accept-Language": "vi"} | ({"Idempotency-Key": key} if key else {})
        return self.send("POST", "/api/files", form.head + content + form.tail, headers=headers)

    def upload_streaming(self, name: str, blocks: Iterable[bytes], *, size: int) -> Answer:
        """A content that this process does not hold whole either."""
        form = Form(name, {})
        length = len(form.head) + size + len(form.tail)
        headers = {**form.headers, "Content-Length": str(length), "Accept-Language": "vi"}

        def body() -> Iterable[bytes]:
            yield form.head
            yield from blocks
            yield form.tail

        return self.send("POST", "/api/files", body(), headers=headers)

    def begin_upload(self, name: str, content: bytes, *, of: int) -> http.client.HTTPConnection:
        """Sends the first part of a file of `of` bytes and leaves the line open."""
        form = Form(name, {})
        connection = self._connection()
        connection.putrequest("POST", "/api/files")
        for header, value in {**form.headers, **self._standing_headers()}.items():
            connection.putheader(header, value)
        connection.putheader("Content-Length", str(len(form.head) + of + len(form.tail)))
        connection.endheaders()
        connection.send(form.head + content)
        return connection

    def send(self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Answer:
        connection = self._connection()
        try:
            connection.request(method, path, body, {**self._standing_headers(), **(headers or {})})
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            for line in response.headers.get_all("Set-Cookie") or ():
                self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            named = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, named, text)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_WITHIN_SECONDS)

    def _standing_headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": cookies, "X-CSRFToken": self.form_token}


class Form:
    """The multipart form around one file."""

    def __init__(self, name: str, fields: dict[str, str]) -> None:
        edge = secrets.token_hex(16)
        self.headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        self.head = "".join(parts).encode()
        self.tail = f"\r\n--{edge}--\r\n".encode()
