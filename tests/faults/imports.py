"""Bringing a plan in through the API, as programs and the tests of bad days do."""

from __future__ import annotations

from typing import Any

from tests.faults.people import Person
from tests.faults.product import Product
from tests.faults.waiting import until

READING = "Đang đọc từng câu"
OVER = ("DONE", "FAILED", "CANCELLED")


def start_import(person: Person, content: bytes, *, name: str = "ke-hoach.txt", key: str = "") -> str:
    """Upload and start; the job's id."""
    uploaded = person.upload(name, content, key=f"{key}-tep" if key else "")
    assert uploaded.status == 201, uploaded.text[:2000]
    return start_reading(person, uploaded.json()["id"], key=key)


def start_reading(person: Person, file_id: str, *, key: str = "") -> str:
    started = person.call("POST", "/programme/imports", {"issuer": "BNV", "file": file_id}, key=key)
    assert started.status == 202, started.text[:2000]
    return str(started.json()["job"])


def wait_until_it_reads(product: Product, job_id: str) -> None:
    def reads() -> bool:
        job = product.job(job_id)
        assert job["state"] not in OVER, f"the reading ended before it was seen: {job}"
        return bool(job["words"] == READING)

    until(reads, what="the reading to be under way")


def outcome(product: Product, job_id: str) -> dict[str, Any]:
    """How the job ended."""

    def ended() -> dict[str, Any] | None:
        job = product.job(job_id)
        return job if job["state"] in OVER else None

    found = until(ended, what="the import to end")
    assert found is not None
    return found


def drafts(product: Product) -> list[int]:
    """Plans that are being drafted; the sample ministry's own is not one of them."""
    return [plan["id"] for plan in product.plans() if plan["state"] == "draft"]


def tasks_of(product: Product, plan_id: int) -> int:
    return int(product.rows(f"SELECT count(*) FROM programme_plantask WHERE plan_id = {plan_id}")[0][0])


def approved_tasks(product: Product) -> list[dict[str, Any]]:
    """The leader approves the sample ministry's plan; its tasks, all of them, as the officer sees them."""
    (plan,) = [plan for plan in product.plans() if plan["state"] == "submitted"]
    approved = product.leader.call("POST", f"/programme/plans/{plan['id']}/approve")
    assert approved.status == 200, approved.text[:2000]
    return list(product.officer.call("GET", f"/programme/tasks?plan={plan['id']}").json()["tasks"])
