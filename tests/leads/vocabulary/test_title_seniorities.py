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
        Directieassistent | Assistent van de directeur | Sekretärin der Geschäftsführung | CEO Secretary
        Head of Sales Assistant | Assistant to the Head of Sales | Assistant to Head of Sales | Asst. to the Director
        Head of Sales - Assistant | Assistant, Head of Sales | Head of Sales (Assistant) | Head of Marketing's Assistant
        VP Sales Assistant | Director of Sales & Marketing Assistant | Chief of Staff Assistant | Managing Director’s PA
        Chief Executive Officer Assistant | Managing Partner's Assistant | Partner Assistant
        Assistentin der Geschäftsführung | Vertriebsleiter-Assistent | Vertriebsleiterassistentin (m/w/d)
        Vertriebsleiter Assistent (m/w/d) | Assistent der Vertriebsleitung | Assistante commerciale du directeur
        Assistante directeur commercial | Director Comercial Asistente
    """,
    "senior": "Senior Sales Assistant",
    "manager": """
        Assistant Director | Assistant Vice President | Assistant Manager | Assistant Vice-President | Asst. Director
        Assistant Vice President, Sales | Assistant Director of Sales | Assistant Sales Director | Assistant Head of Sales
        Assistant General Manager | Junior Director
    """,
    "director": """
        Subdirector de compras | Subdirectora | Subdirectora General | Sous-directeur | Vicedirettore | Vizedirektorin
        Subdiretor de Vendas | Adjunct-directeur | Deputy Director | Directrice adjointe | Director, Assistant Controller
        Head of Virtual Assistants | Head of Virtual Assistant | Director, AI Assistant | Head of Administrative Assistants
        Director & Company Secretary | Director of Nursing Assistant Program | Head of Sales | Vertriebsleiter
    """,
    "owner": "Owner, Virtual Assistant",
    "vp": """
        Vice President, Assistant Treasurer | Vice President and Corporate Secretary
        Vizepräsident | Vizepräsidentin | Vice-président | Vicepresidente
    """,
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
