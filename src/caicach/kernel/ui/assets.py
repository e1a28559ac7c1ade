"""`caicach assets build`: fonts, icons and vendor files, cut to what the pages use, into static/vendor.

Needs no Django. Reads node_modules (filled by `npm ci`), writes nothing when everything is up to date.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from caicach.kernel.command_line import Parser, refuse, said

from . import icon_names, stylesheet

HERE: Final = Path(__file__).resolve().parent
VENDOR: Final = HERE / "static" / "vendor"
REPOSITORY: Final = HERE.parents[3]

COPIES: Final[dict[str, str]] = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "echarts.js": "echarts/dist/echarts.common.min.js",
    "fonts/tinos/Tinos-Regular.ttf": "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf",
    "fonts/tinos/Tinos-Bold.ttf": "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf",
    "fonts/tinos/Tinos-Italic.ttf": "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "fonts/tinos/Tinos-BoldItalic.ttf": "@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf",
    **{
        f"fonts/be-vietnam-pro-{subset}-{weight}.woff2": (
            f"@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        )
        for subset in ("latin", "latin-ext", "vietnamese")
        for weight in (400, 500, 600, 700)
    },
}
"""File under static/vendor -> file under node_modules."""

FIGURE_WEIGHTS: Final = (400, 500, 600, 700)

TABLER_CLASSES: Final = re.compile(
    r"""^(?:
      container | row | col(?:-(?:auto|\d+))? | col-(?:md|lg)(?:-(?:auto|\d+))? | g[xy]?-[0-5]
    | d-(?:md-|lg-)?(?:none|flex|inline-flex|block|inline-block|inline|grid)
    | flex-(?:md-|lg-)?(?:row|column|wrap|nowrap|fill|grow-[01]|shrink-[01])
    | justify-content-(?:start|end|center|between) | align-(?:items|self)-(?:start|end|center|baseline|stretch)
    | (?:row-|column-)?gap-[0-5] | [mp][tbsexy]?-(?:[0-5]|auto)
    | text-(?:start|end|center|nowrap|wrap|break|decoration-none) | fw-(?:normal|medium|bold)
    | position-(?:relative|absolute|sticky) | overflow-(?:auto|hidden) | mw-100
    | visually-hidden | visually-hidden-focusable | list-unstyled | list-inline | list-inline-item
    | form-label | form-control | form-select | form-check | form-check-input | form-check-label | form-switch
    | input-group | input-group-text | table | table-sm | table-responsive
    )$""",
    re.X,
)
"""What of Tabler our pages may use (docs/design-system.md lists it). The rest is cut: 80 KB become 10."""


class PackagesMissing(Exception):
    """node_modules lacks a file that the pages need."""


def main(argv: list[str]) -> int:
    parser = Parser(prog="caicach assets", description=said("Tệp giao diện.", "Front-end files."))
    parser.add_argument("act", choices=["build"])
    parser.add_argument("--force", action="store_true", help=said("tạo lại tất cả", "build all anew"))
    asked = parser.parse_args(argv)
    try:
        built = build(modules=REPOSITORY / "node_modules", vendor=VENDOR, force=asked.force)
    except PackagesMissing as missing:
        words = said(
            "thiếu %s; hãy chạy `bash scripts/npm.sh ci` trước", "%s is missing; run `bash scripts/npm.sh ci` first"
        )
        return refuse("assets", "assets.packages_missing", words % missing)
    done = said("Đã tạo tệp giao diện", "Front-end files built")
    print(done if built else said("Tệp giao diện đã mới nhất", "Front-end files are up to date"))  # noqa: T201
    return 0


def build(*, modules: Path, vendor: Path, force: bool = False) -> bool:
    """Fills `vendor`; True when anything was written, False when it was up to date. Raises PackagesMissing."""
    mark = vendor / ".built"
    fingerprint = _fingerprint(modules)
    if not force and mark.is_file() and mark.read_text() == fingerprint:
        return False
    for source in _sources():
        if not (modules / source).is_file():
            raise PackagesMissing(f"node_modules/{source}")
    vendor.parent.mkdir(parents=True, exist_ok=True)
    # Built aside and moved in whole: a server that is running never sees half of it.
    with tempfile.TemporaryDirectory(dir=vendor.parent, prefix=".vendor-") as aside:
        fresh = Path(aside) / "vendor"
        _write(modules, fresh)
        (fresh / ".built").write_text(fingerprint)
        if vendor.exists():
            vendor.rename(Path(aside) / "old")
        fresh.rename(vendor)
    return True


def _sources() -> list[str]:
    figures = [_inter(weight) for weight in FIGURE_WEIGHTS]
    icons = [f"@tabler/icons/icons/outline/{name}.svg" for name in icon_names.TABLER]
    return [*COPIES.values(), *figures, *icons, "@tabler/core/dist/css/tabler.min.css"]


def _inter(weight: int) -> str:
    return f"@fontsource/inter/files/inter-latin-{weight}-normal.woff2"


def _fingerprint(modules: Path) -> str:
    """Changes with our own inputs and with the installed packages, which npm's own lock file describes."""
    digest = hashlib.sha256()
    for path in (
        Path(__file__),
        icon_names.DRAWINGS / "tabler.txt",
        HERE / "stylesheet.py",
        *sorted(icon_names.DRAWINGS.glob("*.svg")),
    ):
        digest.update(path.read_bytes())
    installed = modules / ".package-lock.json"
    digest.update(installed.read_bytes() if installed.is_file() else b"")
    return digest.hexdigest()


def _write(modules: Path, to: Path) -> None:
    for name, source in COPIES.items():
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix in (".js", ".css"):
            target.write_text(_without_source_map((modules / source).read_text("utf-8")), "utf-8")
        else:
            shutil.copyfile(modules / source, target)
    for weight in FIGURE_WEIGHTS:
        _cut_digits(modules / _inter(weight), to / "fonts" / f"figures-{weight}.woff2")
    (to / "icons.svg").write_text(sprite(modules), "utf-8")
    tabler = (modules / "@tabler/core/dist/css/tabler.min.css").read_text("utf-8")
    kept = stylesheet.slim(tabler, allowed=lambda name: TABLER_CLASSES.match(name) is not None)
    # In a layer, so that any rule of ours outranks it whatever its selector weighs.
    (to / "tabler.css").write_text(f"@layer tabler{{{kept}}}\n", "utf-8")


def _without_source_map(text: str) -> str:
    """The map is not shipped; a manifest storage refuses a reference to a file that is not there."""
    return re.sub(r"(?://|/\*)[#@] sourceMappingURL=.*$", "", text, flags=re.M)


def _cut_digits(source: Path, target: Path) -> None:
    """Be Vietnam Pro has no figures of equal width; these ten of Inter stand in (1.7 KB a weight)."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=["tnum"], name_IDs=[1, 2, 13, 14], notdef_outline=True)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="0123456789")
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def sprite(modules: Path) -> str:
    """One SVG with a <symbol> for each icon; stroke and colour come from the place of use."""
    outline = modules / "@tabler" / "icons" / "icons" / "outline"
    symbols = [_symbol(name, (outline / f"{name}.svg").read_text("utf-8")) for name in icon_names.TABLER]
    symbols += [_symbol(name, (icon_names.DRAWINGS / f"{name}.svg").read_text("utf-8")) for name in icon_names.OWN]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    box = re.search(r'viewBox="([^"]+)"', svg)
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if box is None or inner is None:
        raise PackagesMissing(f"a readable drawing of the icon {name}")
    drawing = inner.group(1).replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
    drawing = re.sub(r"\s*\n\s*", "", drawing)
    return f'<symbol id="{name}" viewBox="{box.group(1)}">{drawing}</symbol>'
