"""The smallest span around each one: what is found, and how much work it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cardwright.commands.spans import holders

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)).map(lambda each: (each[0], each[0] + each[1])))


@given(SPANS, SPANS)
def test_the_smallest_that_holds_a_span_is_found(inner: list[tuple[int, int]], outer: list[tuple[int, int]]) -> None:
    """Whether spans are nested, cross each other, are equal or empty: as by comparing each with each."""
    expected = [
        min(
            ((end - start, at) for at, (start, end) in enumerate(outer) if start <= begin and stop <= end),
            default=(0, None),
        )[1]
        for begin, stop in inner
    ]

    assert holders(inner, outer) == expected
