"""`caicach cite`: what it prints, and how it refuses."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from caicach.registry.legislation import cli
from tests.old_letters import tcvn3, vni, windows_1258

SENTENCE = "Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ."
OLD = "Căn cứ Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về thực hiện cơ chế một cửa."


def test_json_has_one_object_for_each_citation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "van-ban.txt"
    file.write_text(SENTENCE, encoding="utf-8")

    assert cli.main([str(file), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == [
        {
            "start": 0,
            "end": 48,
            "surface": "Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
            "kind": "Nghị định",
            "number": "61/2018/NĐ-CP",
            "date": "2018-04-23",
            "issuer": "Chính phủ",
            "article": "5",
            "clause": None,
            "point": None,
        }
    ]


def test_without_json_people_can_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "van-ban.txt"
    file.write_text(SENTENCE, encoding="utf-8")

    assert cli.main([str(file)]) == 0

    out = capsys.readouterr().out
    assert out.startswith("0-48\tĐiều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018\t")
    assert "Chính phủ · Điều 5" in out


def test_a_text_without_citations_is_an_empty_array(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "trống.txt"
    file.write_bytes(b"")

    assert cli.main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))

    assert cli.main(["-", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_marks_of_windows_notepad_are_understood(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notepad.txt"
    file.write_text(SENTENCE, encoding=encoding)

    assert cli.main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["start"] == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04\x00\x00", "không phải tệp văn bản"),
        ("Nghị định".encode("utf-16-le"), "không phải tệp văn bản"),
        (b"\xe9\xe8\xe7 xyz qwk \xf0\xd0", "không rõ bảng mã"),
        ("Nghị định số 61/2018/NĐ-CP\n".encode() * 50 + b"Ngh\xe1", "đầu tiên ở dòng 51"),
    ],
    ids=["a Word document", "UTF-16 without a mark", "no known letters", "damaged UTF-8"],
)
def test_what_is_no_text_is_refused_in_one_line(
    content: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    assert cli.main([str(file), "--json"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert reason in captured.err
    assert captured.err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(tmp_path / "không-có.txt")]) == 2
    assert cli.main([str(tmp_path)]) == 2

    errors = capsys.readouterr().err.splitlines()
    assert [line.rsplit(": ", 1)[1] for line in errors] == [
        "không có tệp hoặc thư mục này [cite.cannot_open]",
        "đây là thư mục, không phải tệp [cite.cannot_open]",
    ]


def test_a_forgotten_file_name_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "thiếu đối số bắt buộc: TỆP [cli.missing]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        (tcvn3(OLD).encode("latin-1"), "TCVN3 (ABC)"),
        (vni(OLD).encode("latin-1"), "VNI"),
        (windows_1258(OLD), "Windows-1258"),
    ],
    ids=["TCVN3", "VNI", "Windows-1258"],
)
def test_old_letters_are_converted_as_when_a_plan_is_imported(
    content: bytes, letters: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cũ.txt"
    file.write_bytes(content)

    assert cli.main([str(file), "--json"]) == 0

    told = capsys.readouterr()
    assert json.loads(told.out)[0]["issuer"] == "Chính phủ"
    assert f"bảng mã {letters}" in told.err


def test_citing_starts_without_django_and_without_the_readers_of_files(tmp_path: Path) -> None:
    file = tmp_path / "van-ban.txt"
    file.write_text(SENTENCE, encoding="utf-8")
    program = (
        "import sys; from caicach.config.cli import main; main(sys.argv[1:]); "
        "print([name for name in sys.modules if name in ('django', 'caicach.kernel.files.reading')])"
    )

    asked = subprocess.run(
        [sys.executable, "-c", program, "cite", str(file)], capture_output=True, text=True, timeout=60, check=True
    )

    assert asked.stdout.splitlines()[-1] == "[]"


def test_refusals_are_english_for_those_who_read_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        assert cli.main([str(tmp_path / "none.txt")]) == 2

    assert capsys.readouterr().err.endswith("there is no such file or folder [cite.cannot_open]\n")
