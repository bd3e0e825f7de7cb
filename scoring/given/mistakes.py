"""What is wrong with something given: a sentence, and the way to the field that it is about."""

from __future__ import annotations


class Mistake(ValueError):
    """`path` leads from the outside in; the message is the whole sentence.

    >>> str(Mistake("it must be a number", ("employees",)).within("entry 3"))
    'entry 3, employees: it must be a number.'
    """

    def __init__(self, sentence: str, path: tuple[str, ...] = ()) -> None:
        self.sentence, self.path = sentence, path
        where = ", ".join(path)
        super().__init__(f"{where}: {sentence}." if where else f"{sentence[:1].upper()}{sentence[1:]}.")

    def within(self, name: str) -> Mistake:
        """The same, told from one step further outside."""
        return Mistake(self.sentence, (name, *self.path))
