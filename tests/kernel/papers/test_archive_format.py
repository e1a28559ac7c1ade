"""Papers can be archived and read aloud: PDF/A-2b (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), seen in the file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.printed_list import list_pdf

from . import examples

NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
PAPERS: dict[str, Callable[[], bytes]] = {
    "a decision": lambda: official_pdf(examples.decision(), made_at=examples.MADE_AT),
    "a report": lambda: official_pdf(examples.report(), made_at=examples.MADE_AT),
    "a letter": lambda: official_pdf(examples.letter(), made_at=examples.MADE_AT),
    "a list": lambda: list_pdf(examples.overdue_list(rows=10)),
    "letters no typeface has": lambda: official_pdf(examples.report(subject="漢字 😀 مرحبا"), made_at=examples.MADE_AT),
}


@pytest.fixture(params=PAPERS, scope="module")
def paper(request: pytest.FixtureRequest) -> bytes:
    return PAPERS[request.param]()


@pytest.fixture
def root(paper: bytes) -> Any:
    return PdfReader(BytesIO(paper)).trailer["/Root"]


def test_its_metadata_claims_pdf_a_2b_and_pdf_ua_1(root: Any) -> None:
    metadata = etree.fromstring(root["/Metadata"].get_data())

    def value(name: str) -> str | None:
        found = metadata.xpath(f"//{name}/text() | //@{name}", namespaces=NAMES)
        return str(found[0]) if found else None

    assert (value("pdfaid:part"), value("pdfaid:conformance")) == ("2", "B")
    assert value("pdfuaid:part") == "1"
    assert metadata.xpath("//dc:title//rdf:li/text()", namespaces=NAMES)[0].strip()


def test_its_colours_have_one_meaning(root: Any) -> None:
    (intent,) = root["/OutputIntents"]

    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()[36:40] == b"acsp", "an ICC profile"


def test_it_is_named_tagged_and_in_vietnamese(root: Any) -> None:
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/Lang"] == "vi"
    assert "H1" in set(_tags(root["/StructTreeRoot"]))


def test_every_typeface_is_inside(paper: bytes) -> None:
    fonts = {id(font): font for font in _fonts(PdfReader(BytesIO(paper)))}

    assert fonts
    for font in fonts.values():
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant["/FontDescriptor"]
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), font["/BaseFont"]
        assert "/ToUnicode" in font, font["/BaseFont"]


def test_it_runs_and_fetches_nothing(paper: bytes) -> None:
    reader = PdfReader(BytesIO(paper))

    assert not reader.is_encrypted
    banned = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/AA", "/OpenAction", "/URI", "/RichMedia"}
    assert not banned & set(_keys(reader.trailer["/Root"]))


def test_a_table_tells_its_headings_from_its_cells() -> None:
    tags = list(_tags(PdfReader(BytesIO(PAPERS["a decision"]())).trailer["/Root"]["/StructTreeRoot"]))

    assert tags.count("TR") == 57 + 7 + 2
    assert tags.count("TH") >= 8
    assert tags.count("H1") == 3, "the decision, the plan, the list of tasks"
    assert tags.count("H2") == 3
    assert "Figure" not in tags, "the rules of the head are ornament"


def test_a_code_in_a_list_says_in_words_where_it_leads() -> None:
    structure = PdfReader(BytesIO(PAPERS["a list"]())).trailer["/Root"]["/StructTreeRoot"]

    (figure,) = [element for element in _elements(structure) if element.get("/S") == "/Figure"]
    assert "http://localhost:8000/ke-hoach/2022" in figure["/Alt"]


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="no PDF/A validator is installed")
@pytest.mark.parametrize("flavour", ["2b", "ua1"])
def test_a_validator_finds_nothing(paper: bytes, flavour: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper)

    answer = subprocess.run(
        ["verapdf", "--format", "text", "--flavour", flavour, str(file)], capture_output=True, text=True, check=False
    )

    assert answer.stdout.startswith("PASS"), answer.stdout


def _elements(element: Any) -> Iterator[Any]:
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, list):
        for kid in element:
            yield from _elements(kid)
    elif isinstance(element, dict):
        yield element
        if "/K" in element:
            yield from _elements(element["/K"])


def _tags(structure: Any) -> Iterator[str]:
    return (element["/S"].lstrip("/") for element in _elements(structure) if "/S" in element)


def _fonts(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            yield font.get_object()


def _keys(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Every dictionary key that can be reached."""
    seen = set() if seen is None else seen
    if isinstance(value, IndirectObject):
        if value.idnum in seen:
            return
        seen.add(value.idnum)
        value = value.get_object()
    if isinstance(value, dict):
        for key in value:
            yield key
            yield from _keys(value.raw_get(key), seen)
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from _keys(list.__getitem__(value, index), seen)
