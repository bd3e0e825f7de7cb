"""Seniority is read in titles of seven languages, of those, too, that hold the rank of somebody else."""

import pytest

from leads.vocabulary.titles import parse

TITLES = {
    "entry": """
        Director Assistant | Director's Assistant | Vice President Assistant | CEO Assistant | Sales Director Assistant
        Managing Director Assistant | Assistant to the CEO | PA to the CFO | Secretary to the Managing Director
        Vorstandsassistentin | Assistent des Vorstands | Assistenz der Geschäftsführung | Geschäftsführerassistenz
        Assistante du directeur général | Secrétaire de direction | Asistente del director | Secretaria de dirección
        Assistente del direttore | Assistente dell'amministratore delegato | Assistente do diretor
        Directieassistent | Assistent van de directeur
    """,
    "manager": "Assistant Director | Assistant Vice President | Assistant Manager",
    "director": """
        Subdirector de compras | Subdirectora | Subdirectora General | Sous-directeur | Vicedirettore | Vizedirektorin
        Subdiretor de Vendas | Adjunct-directeur | Deputy Director | Directrice adjointe | Director, Assistant Controller
    """,
    "vp": "Vizepräsident | Vizepräsidentin | Vice-président | Vicepresidente",
    "c_level": "Präsident | Präsidentin | Präsident des Verwaltungsrats | Président | Presidenta | Presidente",
}
CASES = [
    (title.strip(), code)
    for code, lines in TITLES.items()
    for line in lines.splitlines()
    for title in line.split(" | ")
    if title.strip()
]


@pytest.mark.parametrize(("title", "seniority"), CASES, ids=[title for title, _ in CASES])
def test_rank_is_the_persons_own(title, seniority) -> None:
    assert parse(title).seniority == seniority
