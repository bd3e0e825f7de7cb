"""Names and titles in one letter case are written as people write them; what has both is left alone."""

import pytest

from leads.letter_case import cased_company, cased_names, cased_title

NAMES = {
    ("BÜŞRA DOĞAN", "TR"): "Büşra Doğan",
    ("ALİ YILDIRIM", "TR"): "Ali Yıldırım",
    ("irem aydın", ""): "İrem Aydın",
    ("IŞIK ŞEN", "TR"): "Işık Şen",
    ("IRENE MILLER", "TR"): "Irene Miller",
    ("MARIN IONESCU", "RO"): "Marin Ionescu",
    ("RONALD MCDONALD", "US"): "Ronald McDonald",
    ("MACIEJ MACHADO", "PL"): "Maciej Machado",
    ("SHAUN O'NEILL", "IE"): "Shaun O'Neill",
    ("shaun o’neill", ""): "Shaun O’Neill",
    ("ANNE-MARIE D'ARC", "FR"): "Anne-Marie D'Arc",
    ("JAN VAN DER BERG", "NL"): "Jan van der Berg",
    ("LUCA DE SANTIS", "IT"): "Luca De Santis",
    ("DICK VAN DYKE", "US"): "Dick Van Dyke",
    ("VAN NGUYEN", ""): "Van Nguyen",
    ("AN LE", ""): "An Le",
    ("jürgen von groß", "DE"): "Jürgen von Groß",
    ("JEAN-LUC DUPONT", "FR"): "Jean-Luc Dupont",
    ("Jean-Luc DUPONT", "FR"): "Jean-Luc Dupont",
    ("Anna McDonald", "GB"): "Anna McDonald",
    ("Ludwig van Beethoven", ""): "Ludwig van Beethoven",
    ("J.R. EWING", "US"): "J.R. Ewing",
    ("JJ WATT", "US"): "JJ Watt",
    ("HENRY FORD III", "US"): "Henry Ford III",
    ("Ann Lee MBA", "US"): "Ann Lee MBA",
    ("ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "GR"): "Γιωργος Παπαδοπουλος",
    ("ИВАН ПЕТРОВ", "BG"): "Иван Петров",
    ("山田太郎", "JP"): "山田太郎",
    ("info@firm.example", ""): "info@firm.example",
    ("", ""): "",
}
TITLES = {
    "svp global sales": "SVP Global Sales",
    "HEAD OF IT": "Head of IT",
    "CTO": "CTO",
    "cto & co-founder": "CTO & Co-Founder",
    "VP R&D, EMEA": "VP R&D, EMEA",
    "vp r&d, emea": "VP R&D, EMEA",
    "HEAD OF M&A": "Head of M&A",
    "head of b2b saas sales": "Head of B2B SaaS Sales",
    "SR. DEVOPS ENGINEER": "Sr. DevOps Engineer",
    "leiter einkauf und logistik": "Leiter Einkauf und Logistik",
    "DIRECTEUR DES ACHATS": "Directeur des Achats",
    "ios developer": "iOS Developer",
    "crm manager": "CRM Manager",
    "LEITER IT (M/W/D)": "Leiter IT (M/W/D)",
    "Head of digital": "Head of digital",
    "VP of SALES": "VP of SALES",
    "CHILDREN'S DIRECTOR, 2ND LINE": "Children's Director, 2nd Line",
    "responsable d'achats": "Responsable d'Achats",
    "": "",
}


@pytest.mark.parametrize(("given", "wanted"), NAMES.items(), ids=[name or "empty" for name, _ in NAMES])
def test_name_is_written_as_people_write_it_and_then_stays(given, wanted):
    name, country = given

    assert cased_names(name, "", "", country)[0] == wanted
    assert cased_names(wanted, "", "", country)[0] == wanted


@pytest.mark.parametrize(("given", "wanted"), TITLES.items(), ids=[title or "empty" for title in TITLES])
def test_title_is_written_as_people_write_it_and_then_stays(given, wanted):
    assert cased_title(given) == wanted
    assert cased_title(wanted) == wanted


def test_parts_of_a_name_share_its_language_and_a_family_name_may_begin_small():
    assert cased_names("ŞULE VAN DER YILDIZ", "ŞULE", "VAN DER YILDIZ", "TR")[2] == "van der Yıldız"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("PEETERS DIRECT SA", "Peeters Direct SA"),
        ("VON DER HEIDE SOFTWARE GMBH", "Von der Heide Software GmbH"),
        ("MÜLLER-BRANDT MASCHINENBAU", "Müller-Brandt Maschinenbau"),
        ("KPMG AG", "KPMG AG"),
        ("IBM", "IBM"),
        ("BASF SE", "BASF SE"),
        ("ACME GMBH", "ACME GMBH"),
        ("OSRAM GMBH", "OSRAM GMBH"),
        ("ABB MOTORS", "ABB MOTORS"),
        ("Peeters DIRECT SA", "Peeters DIRECT SA"),
    ],
)
def test_company_that_shouts_is_written_where_it_can_be_no_acronym(written, shown):
    assert cased_company(written) == shown
