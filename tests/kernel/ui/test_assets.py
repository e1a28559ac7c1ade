"""The build of fonts, icons and vendor files, and that pages ask for nothing it lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import caicach
from caicach.kernel.ui import assets, icon_names, stylesheet
from caicach.kernel.ui.storage import HashedStorage

SOURCE = Path(caicach.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/*/templates/**/*.html"))
MODULES = assets.REPOSITORY / "node_modules"

needs_packages = pytest.mark.skipif(not MODULES.is_dir(), reason="front-end packages are not installed")


def icons_named_in(text: str) -> set[str]:
    """By the tag and by attributes of components; names given by a variable are not seen here."""
    by_tag = re.findall(r'{%\s*icon\s+"([a-z0-9-]+)"', text)
    by_attribute = re.findall(r'\sicon="([a-z0-9-]+)"', text)
    return {*by_tag, *by_attribute}


def test_the_finder_of_icons_sees_both_ways():
    assert icons_named_in('{% icon "route" size=16 %}<c-button icon="plus">') == {"route", "plus"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_icon_of_a_template_is_in_the_sprite(template: Path):
    assert icons_named_in(template.read_text("utf-8")) <= icon_names.ALL


def test_the_list_of_icons_has_no_name_twice():
    assert len(set(icon_names.TABLER)) == len(icon_names.TABLER)


@needs_packages
def test_a_build_writes_all_files_once(tmp_path: Path):
    vendor = tmp_path / "vendor"
    assert assets.build(modules=MODULES, vendor=vendor)
    assert not assets.build(modules=MODULES, vendor=vendor)
    assert {"tabler.css", "htmx.js", "echarts.js", "icons.svg"} <= {path.name for path in vendor.iterdir()}
    assert sorted(path.name for path in (vendor / "fonts").glob("figures-*")) == [
        f"figures-{weight}.woff2" for weight in (400, 500, 600, 700)
    ]
    assert (vendor / "fonts" / "tinos" / "Tinos-Bold.ttf").stat().st_size > 100_000


@needs_packages
def test_a_changed_list_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    vendor = tmp_path / "vendor"
    assets.build(modules=MODULES, vendor=vendor)
    (vendor / ".built").write_text("another")
    assert assets.build(modules=MODULES, vendor=vendor)


@needs_packages
def test_the_digits_are_cut_to_ten_of_equal_width(tmp_path: Path):
    from fontTools.ttLib import TTFont

    assets.build(modules=MODULES, vendor=tmp_path / "vendor")
    font = TTFont(tmp_path / "vendor" / "fonts" / "figures-400.woff2")
    assert sorted(font.getBestCmap()) == [ord(digit) for digit in "0123456789"]
    tabular = font["GSUB"].table.LookupList.Lookup[0].SubTable[0].mapping
    assert sorted(tabular) == sorted(font.getBestCmap().values())
    assert len({font["hmtx"][name][0] for name in tabular.values()}) == 1


@needs_packages
def test_the_sprite_draws_every_icon(tmp_path: Path):
    drawn = re.findall(r'<symbol id="([^"]+)"', assets.sprite(MODULES))
    assert set(drawn) == icon_names.ALL


def test_missing_packages_are_said_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(assets, "REPOSITORY", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    assert assets.main(["build"]) == 2
    assert "bash scripts/npm.sh ci" in capsys.readouterr().err
    assert not (tmp_path / "vendor").exists()


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        assets.main(["bild"])
    assert left.value.code == 2
    assert "chọn một trong: 'build' [cli.unknown_choice]" in capsys.readouterr().err


# --- the cutting of a stylesheet ------------------------------------------------------------------------------------

KEEPS_ROW = {"row", "col"}.__contains__


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".row{display:flex}.navbar{color:red}", ".row{display:flex}"),
        (".row,.navbar{gap:0}", ".row{gap:0}"),
        (".row>.navbar{gap:0}", ""),
        ("a:hover{color:red}", "a:hover{color:red}"),
        ("@media (min-width:1px){.row{gap:1px}.x{gap:2px}}", "@media (min-width:1px){.row{gap:1px}}"),
        ("@media print{.x{gap:2px}}", ""),
        (":root{--a:1;--b:2}.row{gap:var(--a)}", ":root{--a:1}.row{gap:var(--a)}"),
        (":root{--a:var(--b);--b:2;--c:3}.row{gap:var(--a)}", ":root{--a:var(--b);--b:2}.row{gap:var(--a)}"),
        ('.row{background:url("data:a;{b}")}', '.row{background:url("data:a;{b}")}'),
        ("/* .x{ */.row{gap:0}", ".row{gap:0}"),
        (":is(.row,.col) a{gap:0}", ":is(.row,.col) a{gap:0}"),
        ("@keyframes turn{to{opacity:0}}.row{gap:0}", ".row{gap:0}"),
    ],
)
def test_cutting_keeps_what_is_allowed_and_no_more(css: str, left: str):
    assert stylesheet.slim(css, allowed=KEEPS_ROW) == left


@needs_packages
def test_the_portal_weighs_what_was_promised(tmp_path: Path):
    import gzip

    assets.build(modules=MODULES, vendor=tmp_path)
    own = SOURCE / "kernel" / "ui" / "static" / "ui"
    styles = [tmp_path / "tabler.css", *(path for path in (own / "css").glob("*.css") if path.stem != "gallery")]
    lazy = {"chart", "upload", "autosave", "panes", "passkey"}
    scripts = [tmp_path / "htmx.js", *(path for path in (own / "js").glob("*.js") if path.stem not in lazy)]
    weigh = lambda files: sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)  # noqa: E731
    assert weigh(styles) <= 35 * 1024
    assert weigh(scripts) <= 40 * 1024
    fonts = [
        tmp_path / "fonts" / f"be-vietnam-pro-{subset}-{weight}.woff2"
        for subset in ("latin", "vietnamese")
        for weight in (400, 600)
    ]
    assert sum(path.stat().st_size for path in fonts) <= 100 * 1024


def test_in_production_modules_ask_for_each_other_by_hashed_names(tmp_path: Path):
    modules = sorted((SOURCE / "kernel" / "ui" / "static" / "ui" / "js").glob("*.js"))
    for module in modules:
        (tmp_path / module.name).write_bytes(module.read_bytes())
    storage = HashedStorage(location=str(tmp_path), base_url="/static/")
    list(storage.post_process({path.name: (storage, path.name) for path in modules}))
    named = storage.hashed_files
    for new in named.values():
        asked = re.findall(r"""(?:from\s*|import\s*\(?\s*)["']\./([^"']+)["']""", (tmp_path / new).read_text("utf-8"))
        assert set(asked) <= set(named.values()), new
