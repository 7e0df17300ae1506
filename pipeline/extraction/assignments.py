"""Who is charged with what: labels, headings, bullets and sentences, line by line (domain rule 4.2; GUIDE "assignments")."""

from __future__ import annotations

import re

from pipeline.extraction.charging.headings import heading, unit_bullet
from pipeline.extraction.charging.label_values import label_value
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.members import names_member, opens_members
from pipeline.extraction.charging.sentences import sentences
from pipeline.extraction.charging.words import ROLES
from pipeline.extraction.clauses import LineView
from pipeline.extraction.labels import Label, find_labels

_PERSONS = re.compile(r"\s*(?:[-–+*]\s*|\d{1,2}[.)]\s*)?(?:Ông|Bà|ông|bà)(?:\s[(]?(?:bà|Bà)[)]?)?:?\s+[A-ZĐÀ-Ỹ]")


class Charges(Ledger):
    """Collects the charges of a document; lines are read in order."""

    _members = ""  # path of the list of members last opened

    def read(self, view: LineView) -> None:
        """Take the charges of one line."""
        line = view.line
        if self._members and f"{line.path}.".startswith(f"{self._members}.") and names_member(view):
            return
        self._members = line.path if opens_members(view) else self._members
        labels = find_labels(self.text, line.content, line.end)
        if labels and not ((len(labels) == 1 and labels[0].role in ("product", "task")) or _named_heading(view, labels)):
            self._labelled(view, labels)
        elif _PERSONS.match(self.text, line.end) and self.text[line.start : line.end].rstrip().endswith(":"):
            sentences(self, view)  # "4. Các thành viên:" opens a list of those appointed
        elif not (line.heading and heading(self, view)) and not unit_bullet(self, view):
            sentences(self, view)

    def _labelled(self, view: LineView, labels: list[Label]) -> None:
        self.labels[view.index] = labels
        for label in labels:
            for role in ROLES:
                if label.role == role:
                    label_value(self, view, label, role)
        if labels[0].at > view.line.content + 1:
            sentences(self, view, labels[0].at)
        elif labels[0].role in ("product", "task"):
            sentences(self, view)


def _named_heading(view: LineView, labels: list[Label]) -> bool:
    """A heading whose label has no value in the line: the value is the items below."""
    return view.line.heading and labels[0].start >= view.line.end - 1
