from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from caicach.kernel.files.reading import DEFAULT_LIMITS, Reason, UnreadableFile, examine, load
from tests.bad_files import BAD_FILES, BadFile, Stage
from tests.file_builders import MIB, archive, word_parts

_ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("bad", [it for it in BAD_FILES if it.stage is not Stage.READING], ids=str)
def test_a_bad_upload_is_refused_for_its_own_reason(bad: BadFile) -> None:
    with pytest.raises(UnreadableFile) as refused:
        examine(bad.content(), name=bad.name)

    assert refused.value.reason is bad.reason
    assert str(refused.value)  # the sentence has all its parameters


@pytest.mark.parametrize("bad", [it for it in BAD_FILES if it.stage is Stage.READING], ids=str)
def test_what_only_a_reader_minds_may_be_kept(bad: BadFile) -> None:
    assert examine(bad.content(), name=bad.name).size > 0


def test_every_reason_has_a_file_that_gives_it() -> None:
    shown_elsewhere = {
        Reason.TOO_LARGE,  # below
        Reason.NOT_A_FILE,  # below
        Reason.PDF_TOO_SLOW,  # test_pdf
        Reason.PDF_TOO_HEAVY,  # test_pdf
    }
    assert {it.reason for it in BAD_FILES} | shown_elsewhere == set(Reason)


def test_all_of_them_together_stay_small_in_memory_and_work() -> None:
    """In a process that the system ends beyond 700 MB of address space or 100 s of processor time."""
    script = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
from caicach.kernel.files.reading import UnreadableFile
from caicach.measurement.programme.sources import read_source
from tests.bad_files import BAD_FILES, Stage
refused = 0
for bad in BAD_FILES:
    if bad.stage is not Stage.KEEPING:
        try:
            read_source(bad.content(), name=bad.name)
        except UnreadableFile:
            refused += 1
print(refused)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=_ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) == sum(it.stage is not Stage.KEEPING for it in BAD_FILES)


def test_a_text_of_300_mb_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    large = tmp_path / "ke-hoach.txt"
    with large.open("wb") as stream:
        stream.truncate(300 * MIB)  # sparse: nothing to read, were it read

    with pytest.raises(UnreadableFile) as refused:
        load(large, name=large.name)

    assert refused.value.reason is Reason.TEXT_TOO_LARGE
    assert refused.value.params == {"size_bytes": 300 * MIB, "limit_bytes": 20 * MIB}


def test_a_file_over_the_bound_is_refused_and_names_both_sizes() -> None:
    with pytest.raises(UnreadableFile) as refused:
        examine(b"%PDF-" + bytes(2000), name="a.pdf", limits=replace(DEFAULT_LIMITS, file_bytes=1000))

    assert refused.value.reason is Reason.TOO_LARGE
    assert refused.value.params == {"size_bytes": 2005, "limit_bytes": 1000}


def test_a_device_or_folder_is_no_file(tmp_path: Path) -> None:
    for path in (Path("/dev/zero"), tmp_path):
        with pytest.raises(UnreadableFile) as refused:
            load(path, name="a.txt")
        assert refused.value.reason is Reason.NOT_A_FILE


def test_the_refusal_carries_the_name_as_a_person_may_see_it() -> None:
    with pytest.raises(UnreadableFile) as refused:
        examine(b"x", name="C:\\Users\\a\\ke\u202e hoach.docx")

    assert refused.value.name == "ke hoach.docx"


@pytest.mark.parametrize("entries", [997, 998])
def test_the_bound_of_entries_is_exact(entries: int) -> None:
    content = archive(word_parts() | {f"word/media/{number}.png": b"x" for number in range(entries)})

    if entries + 3 <= 1_000:
        examine(content, name="a.docx")
    else:
        with pytest.raises(UnreadableFile, match="1000"):
            examine(content, name="a.docx")
