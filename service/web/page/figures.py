"""A judge's measured figures become the tables and the reliability diagram of the Quality page, as HTML."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

from service.domain.quality import MeasuredSet, Quality, ReliabilityBin, ThresholdRow
from service.web.page.strings import Strings
from service.web.quality import MeasuredQuality

SIDE = 320  # of the diagram, in its own units
TICKS = (0, 0.25, 0.5, 0.75, 1)


def draw_figures(found: MeasuredQuality, t: Strings) -> str:
    """The figures with the command that made them, or the word that there are none."""
    quality = found.measured
    if quality is None:
        unmeasured = t("quality.unmeasured_more", judge=found.judge, backend=found.backend)
        return _html(
            _make("div", {"class": "empty dashed stack"}, _make("h2", t("quality.unmeasured")), _make("p", unmeasured))
        )
    cores = t("quality.cores", n=quality.cores)
    made = (t("quality.judge", judge=quality.judge), quality.measured, cores)
    head = _make("p", {"class": "meta"}, " · ".join(made), " · ", _make("code", quality.command))
    panels = _make("div", {"class": "panels"}, _reliability(quality, t), _thresholds(quality.thresholds, t))
    return _html(head) + _html(panels) + _html(_sets(quality.sets, t))


def _reliability(quality: Quality, t: Strings) -> Element:
    gap = _percent(quality.calibration_error)
    heads = [t(f"quality.{name}") for name in ("sure", "verdicts", "said", "right")]
    rows = [
        (f"{_percent(each.low)} – {_percent(each.high)}", f"{each.n:,}", _percent(each.said), _percent(each.right))
        for each in quality.reliability
    ]
    return _panel(
        t("quality.reliability"),
        t("quality.reliability_more", gap=gap),
        _diagram(quality.reliability, t("quality.diagram", gap=gap), t("quality.said")),
        _make("details", _make("summary", t("quality.as_table")), _table(heads, rows)),
    )


def _diagram(bins: Sequence[ReliabilityBin], label: str, axis: str) -> Element:
    """A dot for each bin, at how sure its verdicts were and how many were right; bars say how many there are."""
    most = max((each.n for each in bins), default=1)
    view = {"class": "diagram", "viewBox": f"-44 -12 {SIDE + 60} {SIDE + 60}", "role": "img", "aria-label": label}
    picture = _make("svg", view)
    for tick in TICKS:
        picture.append(_line("grid", 0, tick, 1, tick))
        picture.append(_text(-8, _y(tick) + 4, "end", _percent(tick)))
        picture.append(_text(SIDE * tick, SIDE + 18, "middle", _percent(tick)))
    for each in bins:
        share = 0.25 * each.n / most
        box = {
            "x": SIDE * each.low + 1,
            "y": _y(share),
            "width": SIDE * (each.high - each.low) - 2,
            "height": SIDE * share,
        }
        picture.append(_make("rect", {"class": "rows", **_units(box)}))
    picture.append(_line("even", 0, 0, 1, 1))
    points = " ".join(f"{SIDE * each.said:.1f},{_y(each.right):.1f}" for each in bins)
    picture.append(_make("polyline", {"class": "line", "points": points}))
    picture.extend(
        _make("circle", {"class": "dot", "r": "4", **_units({"cx": SIDE * each.said, "cy": _y(each.right)})})
        for each in bins
    )
    picture.append(_text(SIDE / 2, SIDE + 40, "middle", axis))
    return picture


def _thresholds(rows: Iterable[ThresholdRow], t: Strings) -> Element:
    cells = [
        (
            t("quality.from", share=_percent(row.threshold)) if row.threshold else t("quality.every"),
            _percent(row.coverage),
            _percent(row.right),
        )
        for row in rows
    ]
    heads = [t("quality.heard"), t("quality.coverage"), t("quality.right")]
    return _panel(t("quality.thresholds"), t("quality.thresholds_more"), _table(heads, cells))


def _sets(sets: Iterable[MeasuredSet], t: Strings) -> Element:
    cells = [
        (
            one.name,
            f"{one.n:,}",
            f"{_percent(one.accuracy)} ({_percent(one.low)} – {_percent(one.high)})",
            *(_percent(share) for share in (one.decided, one.supported_right, one.refuted_right)),
        )
        for one in sets
    ]
    names = ("set", "claims", "accuracy", "decided", "supported_right", "refuted_right")
    return _panel(t("quality.sets"), t("quality.sets_more"), _table([t(f"quality.{name}") for name in names], cells))


def _panel(title: str, more: str, *content: Element) -> Element:
    return _make(
        "section",
        {"class": "panel card stack"},
        _make("h2", title),
        _make("p", {"class": "small muted"}, more),
        *content,
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Element:
    """A wide table scrolls in a box of its own, which the keyboard can reach."""
    head = _make("tr", *(_make("th", {"scope": "col"}, each) for each in heads))
    body = [
        _make("tr", _make("th", {"scope": "row"}, name), *(_make("td", cell) for cell in cells))
        for name, *cells in rows
    ]
    box = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": ", ".join(heads)}
    return _make("div", box, _make("table", _make("thead", head), _make("tbody", *body)))


def _line(name: str, x1: float, y1: float, x2: float, y2: float) -> Element:
    return _make("line", {"class": name, **_units({"x1": SIDE * x1, "y1": _y(y1), "x2": SIDE * x2, "y2": _y(y2)})})


def _text(x: float, y: float, anchor: str, words: str) -> Element:
    return _make("text", {"text-anchor": anchor, **_units({"x": x, "y": y})}, words)


def _units(numbers: dict[str, float]) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in numbers.items()}


def _y(share: float) -> float:
    return SIDE * (1 - share)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _html(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html")


def _make(name: str, *content: dict[str, str] | str | Element) -> Element:
    """An element of attributes, texts and elements; what is text stays text."""
    element = Element(name)
    for each in content:
        if isinstance(each, dict):
            element.attrib |= each
        elif isinstance(each, Element):
            element.append(each)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + each
        else:
            element.text = (element.text or "") + each
    return element
