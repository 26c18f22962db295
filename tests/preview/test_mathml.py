"""Formulas of cards as MathML, with nothing in them that could do harm."""

from __future__ import annotations

import pytest

from cardwright.preview import with_mathml

CASES = {
    "no formula": ("<p>a &lt; b</p>", "<p>a &lt; b</p>"),
    "code": (r"<code>\(x\)</code> <pre>\[y\]</pre>", r"<code>\(x\)</code> <pre>\[y\]</pre>"),
    "an attribute": (r'<img alt="\(x\)">', r'<img alt="\(x\)">'),
    "what is no TeX": (r"\(\left(\)", r'<code class="tex">\(\left(\)</code>'),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_formula_stays(case: str) -> None:
    """Code, attributes, and TeX that cannot be read are as they were."""
    shown, expected = CASES[case]

    assert with_mathml(shown) == expected


def test_formulas_are_drawn() -> None:
    """In a line and on one of their own."""
    made = with_mathml(r"a \(x^2 &lt; y\) b \[\frac{1}{2}\] c")

    assert made.startswith('a <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">')
    assert "<msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo>" in made
    assert 'display="block"' in made
    assert "<mfrac>" in made
    assert made.endswith("</math> c")


@pytest.mark.parametrize(
    "tex", [r"\text{&lt;img src=x onerror=alert(1)&gt;}", r"\href{javascript:alert(1)}{x}", r"&lt;script&gt;"]
)
def test_tex_brings_no_markup(tex: str) -> None:
    """Whatever stands in a formula, no element but MathML's and no attribute but those of its layout comes out."""
    made = with_mathml(rf"\({tex}\)")

    assert "<img" not in made
    assert "<script" not in made
    assert "href" not in made


@pytest.mark.parametrize("colour", ["red", "SteelBlue", "#fa0", "#ff8800"])
def test_a_colour_is_kept(colour: str) -> None:
    """A name or a number, as Anki shows it."""
    assert f'mathcolor="{colour}"' in with_mathml(rf"\(\color{{{colour}}} x\)")


@pytest.mark.parametrize("colour", ["url(x)", "red;top:0", "var(--ink)", "#ff88", "rgb(1,2,3)"])
def test_what_is_no_plain_colour_is_left_out(colour: str) -> None:
    """Nothing else gets into the page this way."""
    assert "mathcolor" not in with_mathml(rf"\(\color{{{colour}}} x\)")
