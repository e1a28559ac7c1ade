"""The contrast table of the design, recomputed from the stylesheet for both themes."""

from __future__ import annotations

import pytest

from tests.kernel.ui.tokens import colours, contrast

THEMES = {"light": '[data-theme="light"]', "dark": '[data-theme="dark"]'}
TEXT, SHAPE = 4.5, 3.0

# (foreground, ground, light, dark): what was measured when the colours were chosen.
MEASURED = [
    ("ink", "paper", 14.35, 15.29),
    ("ink", "surface", 15.76, 13.79),
    ("ink", "sunken", 13.37, 15.98),
    ("ink2", "surface", 7.73, 8.54),
    ("ink2", "sunken", 6.55, 9.89),
    ("ink", "chamt", 13.46, 11.98),
    ("ink3", "surface", 5.36, 6.27),
    ("ink3", "paper", 4.88, 6.95),
    ("ink3", "sunken", 4.55, 7.27),
    ("cham", "surface", 9.62, 8.16),
    ("cham", "paper", 8.76, 9.06),
    ("cham", "chamt", 8.22, 7.09),
    ("onc", "cham", 9.62, 8.81),
    ("onc", "chamh", 12.22, 10.95),
    ("ink", "mark", 13.82, 8.82),
    ("ngoc", "ngoct", 5.48, 7.07),
    ("ngoc", "paper", 5.84, 9.73),
    ("hp", "hpt", 5.98, 7.55),
    ("hp", "paper", 6.19, 10.19),
    ("son", "sont", 5.58, 7.27),
    ("son", "paper", 5.95, 8.98),
    ("onson", "son", 6.54, 9.18),
    ("da", "dat", 5.69, 6.84),
    ("tim", "timt", 6.66, 7.07),
]
# Grounds on which our components put words though the table above does not name them.
MORE_TEXT = [
    ("ink", "raised"), ("ink2", "raised"), ("cham", "raised"), ("ink2", "paper"), ("ink2", "chamt"),
    ("ink", "sont"), ("ink", "hpt"), ("ink", "ngoct"), ("ink", "timt"), ("ink2", "hpt"), ("ink2", "sont"),
    ("hp", "sunken"), ("son", "sunken"), ("son", "surface"), ("hp", "surface"), ("ngoc", "surface"),
    ("paper", "ink"), ("surface", "hp"), ("cham", "sunken"), ("son", "chamt"), ("hp", "chamt"),
]  # fmt: skip
SHAPES = [
    ("line2", "surface"), ("line2", "sunken"), ("focus", "surface"), ("focus", "sunken"), ("focus", "chamt"),
    ("line2", "paper"), ("focus", "paper"), ("focus", "raised"), ("line2", "raised"), ("cham", "chaml"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "ground", "light", "dark"), MEASURED, ids=lambda value: str(value))
def test_the_measured_contrast_still_holds(front: str, ground: str, light: float, dark: float) -> None:
    for theme, expected in (("light", light), ("dark", dark)):
        found = colours(THEMES[theme])
        ratio = contrast(found[front], found[ground])
        assert ratio == pytest.approx(expected, abs=0.02), theme
        assert ratio >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), MORE_TEXT)
def test_words_can_be_read_on_every_ground_we_use(theme: str, front: str, ground: str) -> None:
    found = colours(THEMES[theme])
    assert contrast(found[front], found[ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_borders_and_focus_stand_out(theme: str, front: str, ground: str) -> None:
    found = colours(THEMES[theme])
    assert contrast(found[front], found[ground]) >= SHAPE


@pytest.mark.parametrize("theme", THEMES)
def test_chart_series_stand_out_from_the_surface(theme: str) -> None:
    found = colours(THEMES[theme])
    assert min(contrast(found[f"c{at}"], found["surface"]) for at in range(1, 6)) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("step", range(6))
def test_a_heat_cell_takes_the_text_that_reads_better(theme: str, step: int) -> None:
    found = colours(THEMES[theme])
    own = contrast(found[f"oh{step}"], found[f"h{step}"])
    assert own == max(contrast(text, found[f"h{step}"]) for text in ("#10182E", "#FFFFFF"))
    assert own >= TEXT


def test_the_dark_colours_are_the_same_by_choice_and_by_device() -> None:
    assert colours('[data-theme="auto"]') == colours(THEMES["dark"])


def test_both_themes_name_the_same_tokens() -> None:
    assert colours(THEMES["light"]).keys() == colours(THEMES["dark"]).keys()
