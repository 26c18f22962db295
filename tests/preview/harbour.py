"""A small project with every kind of card, and documents of which something of each kind became."""

from __future__ import annotations

import struct
import zlib

from story import Story

__all__ = ["DOCUMENT", "HOSTILE", "harbour"]

# Texts that would run, load or leave if they were taken for markup.
HOSTILE = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 2'>",
    "</script><script>window.hit = 3</script>",
    "<style>* { display: none }</style>",
    "<!-- never closed",
    "{{Front}} &lt;b&gt; [[type:Typed]] ]]>",
    "<iframe srcdoc='<script>parent.hit = 4</script>'></iframe>",
    r"\(\text{<img src=x onerror='window.hit = 5'>} \href{javascript:window.hit=6}{x}\)",
)

DOCUMENT = """
    # Harbour handbook

    ## Words

    - Slack water: the short time in which the tide does not run.
    - Lee shore: a shore onto which the wind blows.
    - Fairway: the part of a channel that ships keep to.
    - Berth: the place where a ship lies in the harbour.

    Nobody has read this sentence in years.

    Advert: buy our charts of all the coasts.
    """

RULES = """
    into: words
    tags: [harbour]
    rules:
      - name: meaning
        kind: words
        select: li:has(> dfn)
        unless: '^Fairway'
        front: 'What is **{dfn}**?'
        back: '{rest|full}'
      - name: channel
        kind: words
        select: li:has(> dfn)
        match: 'channel'
        front: 'What do ships keep to in a channel?'
        back: '{dfn}.'
    """

SIGNALS = r"""
    title: Signals
    tags: [signals]
    cards:
      - id: one-blast
        front: What does one short blast mean?
        back: I am altering my course to starboard.
        extra: To port it is two.
        reverse: true
      - id: lamp
        front: Which lamp shows astern?
        back: The white one
        typed: true
      - id: two-gaps
        cloze: 'Ebb takes {{c1::six hours}} and flood {{c2::six more::how long?}}.'
      - id: speed
        front: 'How far in a time? $s = \frac{v}{2} t$'
        back: |
          | knots | miles |
          | ----: | ----- |
          | 5     | five  |

          ```python
          def miles(knots): return knots * 1
          ```
      - id: buoy
        front: '![a grey thing on the water](pictures/buoy.png) What is this?'
        back: A buoy.
      - id: fog
        front: What sounds in fog?
        back: The horn.
        draft: true
    """


def png(shade: int, side: int = 8) -> bytes:
    """A grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([shade]) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def harbour(story: Story) -> Story:
    """Extracted once; then a draft, a card deleted, one edited of which there is news, one stale, one to come."""
    story.write("seeds/handbook.md", DOCUMENT)
    story.write("rules/words.yaml", RULES)
    vocabulary = "kinds:\n  words:\n    words: [words]\nasides:\n  advert:\n    opening: [advert]\n"
    story.write("rules/vocabulary.yaml", vocabulary)
    story.run("extract")
    words = story.read("cards/words.yaml")
    begin, end = words.index("  - id: fairway"), words.index("  - id: berth")
    words = words[:begin] + words[end:]
    words = words.replace("- id: lee-shore", "- id: lee-shore\n    draft: true")
    story.write("cards/words.yaml", words.replace("The short time in which the tide does not run", "The tide stands"))
    text = story.read("seeds/handbook.md").replace("does not run.", "turns.")
    text = text.replace("## Words\n", "## Words\n\n- Offing: what is seen of the sea from the shore.")
    story.write("seeds/handbook.md", text.replace("- Berth: the place where a ship lies in the harbour.\n", ""))
    story.write_bytes("cards/pictures/buoy.png", png(120))
    story.write("cards/signals.yaml", SIGNALS)
    story.write("cards/loose.yaml", "title: Loose\ncards:\n  - {id: loose, front: Who names me?, back: No deck.}\n")
    story.write("decks/pilots.yaml", "name: Orla pilots\ncards: [words, signals]\n")
    return story
