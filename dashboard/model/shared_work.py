"""How a team shares its work: comments on events and suggestions, and who is to see to one.

A comment is never deleted: it is withdrawn with a reason, and the log has its text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# Longer texts are reports, and belong into a file.
MOST_COMMENT = 4_000
MOST_PERSON = 200


class ItemKind(StrEnum):
    """What can be commented on and assigned."""

    EVENT = "event"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Item:
    """An accepted event or a suggestion, by its id."""

    kind: ItemKind
    item_id: str

    @property
    def key(self) -> str:
        """The id of its assignment, and the beginning of the ids of its comments."""
        return f"{self.kind.value}:{self.item_id}"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who withdrew a comment, when and why."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote on an item; `article_id` is that of a suggestion, "" of an event.

    `mentions` are the people that `text` names after an @, as they are called in the log; those in
    `seen_by` said that they have seen it.
    """

    item: Item
    article_id: str
    text: str
    who: str
    at: datetime
    mentions: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """That a person is to see to an item; `who` assigned it. `article_id` as in `Comment`."""

    item: Item
    article_id: str
    person: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person: items assigned to them, and comments that mention them, by id.

    Each with the item where it is now.
    """

    assigned: Mapping[Item, Assignment] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Item, Comment]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.assigned) + len(self.mentions)


@dataclass(frozen=True, slots=True)
class SharedWork:
    """The assignments of items that are still to be seen to, and all comments by id, oldest first.

    Both are by what the item of the record has become: a comment on a suggestion is on the event that
    this was accepted as, one on an event that was merged is on the other.
    """

    assignments: Mapping[Item, Assignment] = field(default_factory=dict)
    comments: Mapping[Item, Mapping[str, Comment]] = field(default_factory=dict)

    def person(self, item: Item) -> str:
        """Who is to see to an item, "" for nobody."""
        assignment = self.assignments.get(item)
        return assignment.person if assignment else ""

    def waiting_for(self, person: str) -> Waiting:
        """What is assigned to a person, and where they are mentioned and have not answered yet."""
        if not person:
            return Waiting()
        return Waiting(
            {item: each for item, each in self.assignments.items() if each.person == person},
            dict(sorted(self._mentions(person), key=lambda found: found[1][1].at)),
        )

    def _mentions(self, person: str) -> Iterator[tuple[str, tuple[Item, Comment]]]:
        for item, comments in self.comments.items():
            for comment_id, comment in _unanswered(comments, person):
                yield comment_id, (item, comment)


def _unanswered(comments: Mapping[str, Comment], person: str) -> Iterator[tuple[str, Comment]]:
    """Those that mention a person who has written nothing after them."""
    answers = (
        each.at for each in comments.values() if each.who == person and each.withdrawn is None
    )
    answered = max(answers, default=None)
    for comment_id, comment in comments.items():
        seen = person in comment.seen_by or (answered is not None and comment.at <= answered)
        if person in comment.mentions and comment.withdrawn is None and not seen:
            yield comment_id, comment
