"""A school's own look, as far as everybody can read it."""

import pytest

from writinggaps.run.brand import accent_style, contrast, logo_source


def test_contrast_is_that_of_the_guidelines():
    # WCAG's own example: #777777 on white just fails 4.5 to 1, #767676 just passes
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.542, abs=0.001)


@pytest.mark.parametrize("accent", ["#ffee00", "#12436D", "#000000", "#ffffff", "#f46a25"])
def test_any_colour_becomes_one_that_can_be_read_on_both_grounds(accent):
    light, dark = (part.split("}")[0] for part in accent_style(accent).split("--accent:")[1:])
    assert contrast(light, "#f3f6f8") >= 4.5
    assert contrast(dark, "#1b242c") >= 4.5


@pytest.mark.parametrize("accent", ["", "red", "#12", "#12436d;}*{display:none", "url(x)"])
def test_what_is_no_colour_changes_nothing(accent):
    assert accent_style(accent) == ""


def test_a_logo_is_put_into_the_page(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    assert logo_source(str(tmp_path), "logo.png") == "data:image/png;base64,iVBORw=="
    assert logo_source(str(tmp_path / "school.xlsx"), "logo.png").startswith("data:image/png")


@pytest.mark.parametrize("logo", ["", "none.png", "../logo.png", "notes.txt", "large.png"])
def test_a_logo_that_is_elsewhere_or_too_large_is_left_out(tmp_path, logo):
    inside = tmp_path / "school"
    inside.mkdir()
    (tmp_path / "logo.png").write_bytes(b"x")
    (inside / "notes.txt").write_bytes(b"x")
    (inside / "large.png").write_bytes(b"x" * 60_001)
    assert logo_source(str(inside), logo) == ""
