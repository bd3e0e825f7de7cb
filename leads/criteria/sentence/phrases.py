"""A phrase of the vocabularies as it stands in a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of `size` tokens for `values` of a field; `is_sure` where it can hardly be anything else."""

    name: str
    values: tuple[str, ...]
    size: int
    is_sure: bool = False
