"""Texts that people write for a report, language by language, and which of them are behind.

A text has one meaning with one count of revisions. Whoever edits it in one language makes a new
revision, and the other languages are stale until somebody brings them to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from commonhaven.parties import LANGUAGES
from commonhaven.reading import Problem, described
from commonhaven.reports.document import Written
from commonhaven.reports.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The text in one language, the revision of the meaning that it tells, and its day."""

    text: str = described("The text; an empty line between paragraphs")
    revision: int = described("Which revision of the meaning it tells", low=1)
    on: date = described("Day on which it was written")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text in several languages."""

    versions: Mapping[str, Version] = described("Language → the text in it", default=dict)

    @property
    def revision(self) -> int:
        """The newest revision; 0 where nothing is written."""
        return max((version.revision for version in self.versions.values()), default=0)

    @property
    def newest(self) -> tuple[str, ...]:
        """The languages that tell the newest revision."""
        return tuple(sorted(language for language, version in self.versions.items()
                            if version.revision == self.revision))  # fmt: skip

    @property
    def stale(self) -> tuple[str, ...]:
        """The languages whose text is behind."""
        return tuple(sorted(set(self.versions) - set(self.newest)))

    def edited(self, language: str, text: str, *, on: date) -> "Prose":
        """A new meaning, written in this language first: every other language is stale."""
        return self._with(language, Version(text=text, revision=self.revision + 1, on=on))

    def translated(self, language: str, text: str, *, on: date) -> "Prose":
        """The newest meaning told in this language too. Problem where there is none to tell."""
        if not self.versions:
            fix = "Write it in one language first."
            raise Problem("there is no text to translate", where=f"text in {language}", fix=fix)
        return self._with(language, Version(text=text, revision=self.revision, on=on))

    def _with(self, language: str, version: Version) -> "Prose":
        if language not in LANGUAGES:
            fix = f"Choose one of: {', '.join(LANGUAGES)}."
            raise Problem(f'no language "{language[:40]}"', where="text", fix=fix)
        if not version.text.strip():
            raise Problem("the text is empty", where=f"text in {language}", fix="Write it.")
        return replace(self, versions={**self.versions, language: version})

    def in_document(self, language: str) -> tuple[Written, ...]:
        """The text for a document in this language, with a warning where it is behind or absent.

        Where the language has none, the newest text stands in its own language.
        """
        if not self.versions:
            return ()
        words, newest = Words("common", language), self.newest[0]
        own = self.versions.get(language)
        key, spoken = ("stale", language) if own else ("untranslated", newest)
        shown, latest = own or self.versions[newest], self.versions[newest]
        behind = shown.revision < self.revision or own is None
        warning = words.say(key, language=words.say(f"language-{newest}"), day=latest.on)
        return (Written(text=shown.text, language=spoken, warning=warning if behind else ""),)
