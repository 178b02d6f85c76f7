"""A report in the format asked for, as bytes."""

from __future__ import annotations

import json

from planner.report.report import Report
from planner.wording import neutral

FORMATS = ("html", "json", "markdown", "pdf", "xlsx")


def render(report: Report, form: str, paper: str = "a4") -> bytes:
    """Return the report as `form`; `paper` matters to a PDF. Raises BundleError or PrintError."""
    match form:
        case "html":
            return _page(report)
        case "json":
            return neutral(json.dumps(report.data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
        case "markdown":
            from planner.report.markdown import markdown  # noqa: PLC0415  only where asked for

            return neutral(markdown(report)).encode()
        case "pdf":
            return _printed(report, paper)
        case "xlsx":
            from planner.report.workbook import workbook  # noqa: PLC0415  xlsxwriter is slow to import

            return workbook(report)
        case _:
            raise ValueError(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")


def _page(report: Report) -> bytes:
    from planner.report.page import page, plotly_bundle  # noqa: PLC0415  only pages carry plotly.js

    return neutral(page(report, plotly_bundle())).encode()


def _printed(report: Report, paper: str) -> bytes:
    from planner.report.page import Print, page, plotly_bundle  # noqa: PLC0415  as above
    from planner.report.printing import browser, dated, pages_of, printed  # noqa: PLC0415  only PDFs are printed

    browser()  # A missing browser is told before anything is rendered.
    bundle = plotly_bundle()
    # The first print tells where each section begins, the second says so in the contents.
    pages = pages_of(printed(page(report, bundle, Print(paper))))
    return dated(printed(page(report, bundle, Print(paper, pages))), report.date)
