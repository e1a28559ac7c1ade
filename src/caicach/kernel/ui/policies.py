"""What a page of ours may load and use; sent with every answer."""

from __future__ import annotations

from typing import Final

from django.http.response import HttpResponseBase

POLICY: Final[dict[str, str]] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    # data: the tick marks of form controls in Tabler and the QR code of a second factor are data addresses;
    # blob: a chosen photo is shown before it is sent.
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What a page may load. Nothing inline, nothing evaluated, nothing from another host."""

CONTENT_SECURITY_POLICY: Final = "; ".join(f"{name} {value}" for name, value in POLICY.items())

PERMISSIONS_POLICY: Final = ", ".join(
    (
        "accelerometer=()",
        "autoplay=()",
        "browsing-topics=()",
        "camera=(self)",  # photographs of papers and QR codes
        "clipboard-write=(self)",  # "copy the link"
        "display-capture=()",
        "geolocation=()",
        "gyroscope=()",
        "magnetometer=()",
        "microphone=()",
        "midi=()",
        "payment=()",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        "usb=()",
    )
)


def apply(response: HttpResponseBase) -> None:
    """Adds the policies; one that the view itself set stays."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
