"""`caicach audit …`, as the operator and the inspector use it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from caicach.kernel.audit import journal, keys, triggers
from caicach.kernel.audit.cli import main
from tests.audit_tools import unguarded_journal
from tests.kernel.audit.writing import heads_file, phone_changed, run, sealed_journal, write, write_several

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_an_intact_journal_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    sealed_journal()
    write_several(2)

    assert main(["verify"]) == 0
    assert printed(capsys) == "Sổ nhật ký nguyên vẹn: 12 mục, 3 lần niêm phong, 2 mục chưa niêm phong."


def test_an_empty_journal_is_intact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert "0 mục" in printed(capsys)


def test_the_first_entry_that_was_touched_is_named_and_the_exit_code_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = sealed_journal()
    with unguarded_journal():
        run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[5])

    assert main(["verify"]) == 1
    assert f"Mục {numbers[5]} đã bị sửa" in printed(capsys)


def test_a_person_is_taken_out_and_what_was_emptied_by_hand_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = sealed_journal()
    erase = ["erase", "--account", "7", "--record", "identity.person:9", "--reason", "Đơn số 12"]
    write([phone_changed(person="10")], author=journal.Author(8, "Trần Văn B", "staff", "VPB", ""))

    assert main(erase) == 0
    assert printed(capsys) == "Đã xóa: 12 giá trị cá nhân, 1 tên người thực hiện."
    assert main(["verify"]) == 0
    assert "13 giá trị cá nhân đã xóa theo quy định" in printed(capsys)

    run("UPDATE audit_authoridentity SET name = NULL, on_behalf_of = NULL, address = NULL")
    assert main(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["first"]["code"] == "author_erased_unrecorded"
    assert (told["first"]["entry"], told["erased"]) == (numbers[-1] + 1, 13)


def test_a_record_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", "--record", "nine", "--reason", "x"]) == 2
    assert "nine" in capsys.readouterr().err


def test_missing_guards_are_told_and_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    triggers.lift_guards(connection)

    assert main(["verify"]) == 1
    assert "audit_entry_no_update" in printed(capsys)
    assert main(["guard"]) == 0
    assert "audit_entry_no_update" in printed(capsys)
    assert main(["verify"]) == 0
    assert main(["guard"]) == 0
    assert printed(capsys).endswith("Mọi cơ chế bảo vệ đều còn nguyên.")


def test_many_findings_are_cut_short_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    sealed_journal(seals=1, entries=30)
    with unguarded_journal():
        run("UPDATE audit_entry SET note = 'x'")

    assert main(["verify"]) == 1
    assert "và 10 điểm khác" in printed(capsys)


def test_programs_read_json(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = sealed_journal()
    with unguarded_journal():
        run("DELETE FROM audit_entry WHERE id = %s", numbers[5])

    assert main(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["intact"], told["seals"], told["unsealed"]) == (False, 3, 0)
    assert told["first"] == told["findings"][0]
    assert {"kind": "deleted", "entry": numbers[5], "seal": 2}.items() <= told["first"].items()
    assert told["head"]["sequence"] == 3


def test_a_copy_of_the_heads_can_be_held_against_the_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed_journal()
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(heads_file().read_bytes())
    heads_file().unlink()

    assert main(["verify", "--heads", str(copy)]) == 0


def test_sealing_by_hand_says_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    write_several(3)

    assert main(["seal"]) == 0
    assert printed(capsys) == "Đã niêm phong 3 mục."


def test_heads_that_cannot_be_written_are_told_without_a_traceback(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.AUDIT_HEADS = "/dev/full"  # type: ignore[attr-defined]
    write()

    assert main(["seal"]) == 2
    assert "Không dùng được tệp" in capsys.readouterr().err


def test_the_public_key_is_printed_for_inspectors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key"]) == 0
    assert printed(capsys) == keys.public_key().public_bytes_raw().hex()


def test_the_words_are_english_for_those_who_read_english(capsys: pytest.CaptureFixture[str]) -> None:
    write()

    with translation.override("en"):
        main(["verify"])

    assert printed(capsys) == "The journal is intact: 0 entries, 0 seals, 1 entry not yet sealed."


@pytest.mark.django_db(transaction=True)
def test_processes_that_share_the_work_find_the_same(process_database: dict[str, str]) -> None:
    written = subprocess.run(
        [sys.executable, "-m", "tests.kernel.audit.long_journal"],
        env=process_database,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert written.returncode == 0, written.stderr
    told = json.loads(written.stdout)
    assert told["one"] == told["several"]
    assert told["one"]["findings_total"] == 1


class _ReaderThatLeft(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_reader_that_leaves_early_is_no_fault_of_the_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """`caicach audit verify | head`"""
    write()
    monkeypatch.setattr(sys, "stdout", _ReaderThatLeft())

    with pytest.raises(BrokenPipeError):
        main(["verify"])
