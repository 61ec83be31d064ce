"""A page as a tree, strict about what a browser would forgive."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "path", "rect", "line", "circle", "use", "stop", "polygon", "polyline", "ellipse"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def all(self, *tags: str) -> list["Node"]:
        """Every element inside with one of the tags, in order."""
        found = [self] if self.tag in tags else []
        for child in self.children:
            found += child.all(*tags) if isinstance(child, Node) else []
        return found

    def every(self) -> list["Node"]:
        inside = [node for child in self.children if isinstance(child, Node)
                  for node in child.every()]  # fmt: skip
        return [self, *inside]

    @property
    def text(self) -> str:
        return "".join(c.text if isinstance(c, Node) else c for c in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag != "meta":
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, (self.open[-1].tag, tag)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(page: str) -> Node:
    """The page; fails where an element is not closed, or an attribute stands twice."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root
