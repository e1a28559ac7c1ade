"""`caicach cite`: what it prints, and how it refuses."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from caicach.registry.legislation import cli

SENTENCE = "Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ."


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
        (b"PK\x03\x04\x00\x00", "not a text file"),
        ("Nghị định".encode("utf-16-le"), "not a text file"),
        (b"C\xa8n c\xf8 NghP \xae\xb6nh", "not UTF-8 text"),
    ],
    ids=["a Word document", "UTF-16 without a mark", "TCVN3"],
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
    assert [line.rsplit(": ", 1)[1] for line in errors] == ["no such file or directory", "is a directory"]


def test_a_forgotten_file_name_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "FILE" in capsys.readouterr().err
