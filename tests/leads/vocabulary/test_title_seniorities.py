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
        PA to Managing Director | Executive Assistant | Executive PA | Chefsekretärin | Directors Assistant
        Head of Sales Assistant, EMEA | Head of Sales Assistant at Acme | Regional Sales Head Assistant
        Chief Executive's Office Assistant | Business Support to the CEO | Owner's Representative
        Founder's Associate | Founders Associate | Founder Associate | Sales Trainee
    """,
    "senior": "Senior Sales Assistant | Advisor to the CEO | Referent der Geschäftsführung",
    "manager": """
        Assistant Director | Assistant Vice President | Assistant Manager | Assistant Vice-President | Asst. Director
        Assistant Vice President, Sales | Assistant Director of Sales | Assistant Sales Director | Assistant Head of Sales
        Assistant General Manager | Junior Director | Trainee Head of Sales | Aspiring Director
    """,
    "director": """
        Subdirector de compras | Subdirectora | Subdirectora General | Sous-directeur | Vicedirettore | Vizedirektorin
        Subdiretor de Vendas | Adjunct-directeur | Deputy Director | Directrice adjointe | Director, Assistant Controller
        Head of Virtual Assistants | Head of Virtual Assistant | Director, AI Assistant | Head of Administrative Assistants
        Deputy Head of Sales | Associate Director | Stellvertretender Vertriebsleiter | Chief of Staff to the CEO
        Sales Director at Assistant.ai | Managing Editor, Head of Sales, reporting to the CEO
        Director & Company Secretary | Director of Nursing Assistant Program | Head of Sales | Vertriebsleiter
    """,
    "owner": "Owner, Virtual Assistant",
    "founder": "Founder & Associate | Founder and CEO",
    "vp": """
        Associate Vice President | Vice President, Office of the CEO
        Vice President, Assistant Treasurer | Vice President and Corporate Secretary
        Vizepräsident | Vizepräsidentin | Vice-président | Vicepresidente
    """,
    "c_level": """
        Präsident | Präsidentin | Präsident des Verwaltungsrats | Président | Presidenta | Presidente
        Mitglied der Geschäftsführung | Deputy CEO
    """,
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
