"""Points, boxes and matrices of a PDF's page, in points from its lower left corner."""

from collections.abc import Sequence
from typing import NamedTuple

Point = tuple[float, float]
Matrix = Sequence[float]  # the six numbers of ISO 32000-1, 8.3.3
STILL: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def placed(self, whole: "Matrix") -> "Box":
        corners = ((self.left, self.bottom), (self.right, self.bottom), (self.right, self.top), (self.left, self.top))
        return shape([place(corner, whole) for corner in corners]).box

    def cut(self, other: "Box") -> "Box":
        return Box(
            max(self.left, other.left), max(self.bottom, other.bottom),
            min(self.right, other.right), min(self.top, other.top),
        )  # fmt: skip


class Shape(NamedTuple):
    box: Box
    is_rectangle: bool


class Path:
    """What is drawn on a page before it is painted."""

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._points: list[Point] = []

    def rectangle(self, numbers: list[float], whole: Matrix) -> None:
        x, y, width, height = (numbers + [0.0] * 4)[:4]
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._shapes.append(shape([place(corner, whole) for corner in corners]))

    def begin(self, numbers: list[float], whole: Matrix) -> None:
        self._end_line()
        self.line(numbers, whole)

    def line(self, numbers: list[float], whole: Matrix) -> None:
        """A line or a curve; a curve stays among its points."""
        self._points += [place(point, whole) for point in zip(numbers[::2], numbers[1::2], strict=False)]

    def end(self) -> list[Shape]:
        """What was drawn; the next path is another one."""
        self._end_line()
        shapes, self._shapes = self._shapes, []
        return shapes

    def _end_line(self) -> None:
        if len(self._points) > 1:
            self._shapes.append(shape(self._points))
        self._points = []


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does first the one and then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def place(point: Point, whole: Matrix) -> Point:
    x, y = point
    return x * whole[0] + y * whole[2] + whole[4], x * whole[1] + y * whole[3] + whole[5]


def shape(points: list[Point]) -> Shape:
    xs, ys = zip(*points, strict=True)
    box = Box(min(xs), min(ys), max(xs), max(ys))
    upright = all(x in (box.left, box.right) and y in (box.bottom, box.top) for x, y in points)
    return Shape(box, upright and len(set(points)) == 4)


def around(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


def numbers_of(values: object) -> list[float]:
    """The numbers of an array, or of an operator's operands; what is none is left out."""
    return [float(value) for value in values if isinstance(value, (int, float))] if isinstance(values, list) else []
