import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

WHITE = (1.0, 1.0, 1.0)
GRID = {"#d9d9d9", "#e8e8e8"}
KINDS = [
    "counts", "rates per 1,000", "quarters", "trends", "outcomes", "charged", "own base", "first base",
    "ladder", "published rates", "beside", "verdicts",
]  # fmt: skip


def luminance(colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour, ground=WHITE) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(to_rgba(colour)), luminance(to_rgba(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does():
    """Black on white is 21 to 1, and #767676 is the lightest grey that passes for text (4.54, WebAIM)."""
    assert contrast("black") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("kind", KINDS)
def test_text_stands_out_from_its_ground(each, kind):
    """Every text is at least 4.5 to 1 against white, and against the patch behind it if it has one."""
    for text in each[kind].figure.findobj(Text):
        if not text.get_text().strip():
            continue
        patch = text.get_bbox_patch()
        ground = patch.get_facecolor() if patch else WHITE
        assert to_rgba(ground)[3] == 1
        assert contrast(text.get_color(), ground) >= 4.5, text.get_text()
    assert to_rgba(each[kind].figure.get_facecolor())[:3] == WHITE


def marks(figure) -> list[tuple[str, object]]:
    """What and in which colour: every line, marker, bar edge and arrow that carries data, and the axes."""
    found = []
    for axes in figure.axes:
        for line in axes.findobj(Line2D):
            if line.get_visible() and len(line.get_xdata()) and line.get_linestyle() != "None":
                found.append(("line", line.get_color()))
            if line.get_marker() not in ("None", "", None) and len(line.get_xdata()):
                filled = line.get_markerfacecolor()
                edge = line.get_markeredgecolor()
                found.append(("marker", max((filled, edge), key=contrast)))
        found += [("arrow", patch.get_edgecolor()) for patch in axes.findobj(FancyArrowPatch)]
        found += [
            ("bar", max((bar.get_facecolor(), bar.get_edgecolor()), key=contrast))
            for container in axes.containers
            for bar in container
            if isinstance(bar, Rectangle) and bar.get_width()
        ]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_shapes_stand_out_from_white(each, kind):
    """Every line, point, bar and arrow is at least 3 to 1 against white; only grid and rules may be quiet."""
    found = marks(each[kind].figure)
    assert found
    for what, colour in found:
        if what == "line" and to_hex(colour) in GRID:
            continue
        assert contrast(colour) >= 3, (what, colour)


@pytest.mark.parametrize("kind", ["counts", "quarters", "rates per 1,000", "trends"])
def test_break_and_series_differ_in_more_than_colour(each, kind):
    """Breaks are dashed and numbered, the series is solid with points."""
    (axes,) = each[kind].figure.axes
    upright = [line for line in axes.lines if len(line.get_xdata()) == 2 and len(set(line.get_xdata())) == 1]
    assert upright
    assert all(line.is_dashed() for line in upright)
    assert all(line.get_marker() in ("None", "", None) for line in upright)
