"""What a report is made of: sections of blocks, plain text in the reader's language, free of any markup.

The HTML page, the Markdown text and the workbook are three renderings of the same sections. Texts are not
escaped
here: escaping belongs to the renderer that knows its syntax.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["text", "number", "code", "severity", "basis", "heading"]
PlotlyFigure: TypeAlias = dict[str, Any]


class Cell(NamedTuple):
    """One cell of a table. `state` is a machine word (a severity); `link` an address of the web.

    `lang` and `detail_lang` mark text in another language than the report's. `shade` in [0, 1] tints the
    cell: the heat of a heat map, always beside its number.
    """

    text: str
    kind: Kind = "text"
    state: str = ""
    lang: str = ""
    shade: float | None = None
    detail: str = ""
    detail_lang: str = ""
    link: str = ""


class Column(NamedTuple):
    """A column: its heading, and whether its cells are numbers (set right, in tabular figures)."""

    title: str
    numeric: bool = False


class Table(NamedTuple):
    """Rows under a caption. The first column holds the row headings; `note` says what was left out."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    compact: bool = False
    folded: bool = False


class Chart(NamedTuple):
    """A chart that answers a customer's question: question, answer in one sentence, figure and data."""

    key: str
    question: str
    answer: str
    figure: PlotlyFigure
    table: Table


class Box(NamedTuple):
    """A labelled box of a drawing, in user units: x and y of the upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float
    title: str
    lines: tuple[str, ...] = ()
    style: Literal["node", "spare", "edge", "group"] = "node"


class Link(NamedTuple):
    """A line between two points of a drawing; `dashed` for what carries no traffic in normal operation."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str = ""
    dashed: bool = False


class Drawing(NamedTuple):
    """A drawing of boxes and links, with the sentence that says the same."""

    key: str
    question: str
    answer: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


class Notes(NamedTuple):
    """Paragraphs that belong together, under an optional heading."""

    items: tuple[Cell, ...]
    title: str = ""
    ordered: bool = False


class Action(NamedTuple):
    """One thing to do: how urgent, what is wrong, what would be right, where, which rule, on what basis.

    `fix` is the text to write into the file, where the advice says it; `owner` who does it, with which effort.
    """

    severity: str
    message: Cell
    help: Cell
    place: str
    excerpt: str
    rule: str
    basis: str
    source: Cell
    anchor: str
    effect: str = ""
    fix: str = ""
    owner: str = ""


class Actions(NamedTuple):
    """Things to do, worst first."""

    items: tuple[Action, ...]
    note: str = ""


Block: TypeAlias = "Table | Chart | Drawing | Notes | Actions"


class Section(NamedTuple):
    """A numbered section: its anchor, heading, an opening sentence with the finding, and blocks."""

    key: str
    title: str
    lead: str
    blocks: tuple[Block, ...] = ()


class KeyFigure(NamedTuple):
    """A headline number with its range; `low`, `typical` and `high` are plain numbers for the gauge."""

    label: str
    value: str
    span: str
    low: float
    typical: float
    high: float
    note: str = ""


class Cover(NamedTuple):
    """The first page: whose plan, by whom, when, and the verdict: `ready`, `risks` or `blocked`."""

    title: str
    site: str
    customer: str
    prepared_by: str
    date: str
    state: Literal["ready", "risks", "blocked", ""] = ""
    verdict: str = ""
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    answer: tuple[tuple[str, str], ...] = ()
    signatures: tuple[str, ...] = ()
