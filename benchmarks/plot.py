"""A picture of seconds against items, both in powers of ten, as SVG."""

from __future__ import annotations

import math
from html import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 360, 60, 230, 20, 40
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2", "10 4")


def plot(curves: dict[str, dict[int, float]]) -> str:
    """Return the picture of *curves*: name to items to seconds."""
    sizes = [math.log10(x) for curve in curves.values() for x in curve]
    times = [math.log10(y) for curve in curves.values() for y in curve.values()]
    frame = _Frame(min(sizes), max(sizes), math.floor(min(times)), max(times))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'role="img" fill="currentColor" font-family="sans-serif" font-size="12">'
    )
    parts = [
        head,
        "<title>CPU seconds of a cold build against the number of items</title>",
        *_axes(frame, sorted({x for curve in curves.values() for x in curve})),
    ]
    ends = sorted(
        ((frame.y(math.log10(curve[max(curve)])), name) for name, curve in curves.items())
    )
    below = 0.0
    for number, (end, name) in enumerate(ends):
        below = max(end, below + 15)
        parts += _curve(frame, curves[name], name, _DASHES[number % 6], below)
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Frame:
    def __init__(self, left: float, right: float, low: float, high: float) -> None:
        self.left, self.right, self.low, self.high = left, right, low, high

    def x(self, value: float) -> float:
        span = (self.right - self.left) or 1
        return _LEFT + (value - self.left) / span * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        span = (self.high - self.low) or 1
        height = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - (value - self.low) / span * height


def _axes(frame: _Frame, sizes: list[int]) -> list[str]:
    parts = []
    for power in range(int(frame.low), math.floor(frame.high) + 1):
        y = frame.y(power)
        parts.append(
            f'<path d="M{_LEFT},{y:.1f} H{_WIDTH - _RIGHT}" stroke="currentColor" '
            'stroke-opacity="0.25"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} s'
            "</text>"
        )
    for size in sizes:
        x = frame.x(math.log10(size))
        parts.append(
            f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{size:,}</text>'
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 4}" text-anchor="middle">items</text>')
    return parts


def _curve(frame: _Frame, curve: dict[int, float], name: str, dash: str, label: float) -> list[str]:
    points = [(frame.x(math.log10(x)), frame.y(math.log10(y))) for x, y in sorted(curve.items())]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    weight = 2.5 if name.startswith("ours") else 1.2
    drawn = (
        f'<polyline points="{line}" fill="none" stroke="currentColor" '
        f'stroke-width="{weight}" stroke-dasharray="{dash}"/>{dots}'
    )
    return [
        drawn,
        f'<text x="{points[-1][0] + 8:.1f}" y="{label + 4:.1f}">{escape(name)}</text>',
    ]
