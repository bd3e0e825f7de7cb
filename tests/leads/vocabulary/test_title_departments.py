"""Departments are read in titles of eight languages: what people who lead them are called."""

import pytest

from leads.vocabulary.titles import parse

TITLES = {
    "it": """
        Leiterin Informationstechnik | Leiter Datenverarbeitung | Leiter EDV | Leiterin Informationstechnologie
        IT-Leiter | Leiter Informatik | Leiter IT-Infrastruktur | Leiter Systemtechnik | Systembetreuer
        Responsable informatique | Directeur des systèmes d'information | Responsable des systèmes d'information
        Responsabile sistemi informativi | Direttore informatica | Responsable de informática | Director de sistemas
        Director de tecnologías de la información | Director TIC | Hoofd informatievoorziening | Hoofd automatisering
        Manager ICT | Kierownik działu IT | Kierownik działu informatyki | Dyrektor ds. informatyki
        Kierownik informatyczny | Bilgi işlem müdürü | Bilgi teknolojileri müdürü | BT müdürü | Bilişim müdürü
    """,
    "hr": """
        Leiter Personalwesen | Leiterin Personal | Personalleiter | Personalleiterin | Leiter Personalabteilung
        Personalchef | Leitung Personalmanagement | Personalmanager | Leiter Human Resources
        Directrice des ressources humaines | Responsable RH | Responsable du personnel | Chargée de recrutement
        Directora de recursos humanos | Jefe de personal | Responsable de RRHH | Responsable de selección
        Direttore risorse umane | Responsabile del personale | Responsabile HR | Hoofd personeelszaken
        Hoofd personeel en organisatie | Manager P&O | HR-adviseur | Kierownik kadr | Kierownik działu kadr
        Dyrektor personalny | Specjalista ds. kadr i płac | Dyrektor ds. zasobów ludzkich | İnsan kaynakları müdürü
        İK müdürü | Personel müdürü
    """,
    "sales": """
        Vertriebsleiter | Leiterin Vertrieb | Leiter Vertrieb Innendienst | Verkaufsleiter | Leiter Verkauf
        Gebietsleiter Verkauf | Vertriebsmitarbeiter | Directeur des ventes | Responsable des ventes
        Directeur commercial | Chef des ventes | Ingénieur commercial | Directora de ventas | Jefe de ventas
        Director comercial | Responsable comercial | Direttore vendite | Responsabile vendite | Direttore commerciale
        Responsabile commerciale | Verkoopleider | Hoofd verkoop | Verkoopdirecteur | Commercieel directeur
        Kierownik sprzedaży | Dyrektor sprzedaży | Dyrektor handlowy | Dyrektor ds. sprzedaży | Satış müdürü
        Satış direktörü | Bölge satış müdürü | Satış temsilcisi
    """,
    "procurement": """
        Leiter Einkauf | Einkaufsleiterin | Strategischer Einkäufer | Leiter Materialwirtschaft | Leiter Beschaffung
        Directeur des achats | Responsable achats | Responsable approvisionnement | Acheteur | Directora de compras
        Jefe de compras | Responsable de compras | Responsable de aprovisionamiento | Direttore acquisti
        Responsabile acquisti | Ufficio acquisti | Responsabile approvvigionamenti | Hoofd inkoop | Inkoopmanager
        Inkoper | Kierownik zakupów | Dyrektor zakupów | Dyrektor ds. zakupów | Kierownik działu zaopatrzenia
        Satın alma müdürü | Satınalma müdürü | Tedarik müdürü
    """,
    "finance": """
        Leiter Buchhaltung | Leiterin Finanzbuchhaltung | Finanzleiter | Leiter Finanzen | Leiter Rechnungswesen
        Kaufmännischer Leiter | Kaufmännische Leitung | Bilanzbuchhalter | Leiter Lohnbuchhaltung
        Leiter Finanz- und Rechnungswesen | Directeur financier | Responsable comptable | Chef comptable
        Directrice administrative et financière | Contrôleur de gestion | Trésorier | Director financiero
        Directora de finanzas | Jefe de contabilidad | Director de administración y finanzas | Tesorero
        Direttore finanziario | Responsabile contabilità | Direttore amministrativo
        Responsabile amministrazione e finanza | Hoofd financiën | Financieel directeur | Hoofd boekhouding
        Dyrektor finansowy | Główny księgowy | Kierownik księgowości | Dyrektor ds. finansowych | Mali işler müdürü
        Finans müdürü | Muhasebe müdürü | Muhasebeci
    """,
    "marketing": """
        Marketingleiter | Leiterin Marketing | Leiter Werbung | Directrice marketing | Responsable marketing
        Directora de marketing | Jefe de mercadotecnia | Direttore marketing | Hoofd marketing | Marketingmanager
        Kierownik marketingu | Dyrektor marketingu | Dyrektor ds. marketingu | Pazarlama müdürü | Pazarlama direktörü
    """,
    "executive": """
        Geschäftsführung | Geschäftsführer | Geschäftsführende Gesellschafterin | Mitglied der Geschäftsleitung
        Vorstand | Directeur général | Président | Gérant | Directora general | Consejero delegado
        Amministratore delegato | Titolare | Algemeen directeur | Eigenaar | Prezes zarządu | Członek zarządu
        Właściciel | Dyrektor generalny | Genel müdür | Genel müdür yardımcısı | Yönetim kurulu başkanı | Kurucu
        Şirket sahibi
    """,
    "logistics": """
        Leiter Logistik | Logistikleiter | Leiter Lager | Lagerleiter | Leiter Versand | Fuhrparkleiter
        Responsable logistique | Directeur logistique | Responsable supply chain | Jefe de logística
        Director de logística | Jefe de almacén | Responsabile logistica | Responsabile magazzino | Hoofd logistiek
        Magazijnmanager | Kierownik logistyki | Dyrektor logistyki | Kierownik magazynu | Lojistik müdürü
        Depo müdürü
    """,
    "manufacturing": """
        Produktionsleiter | Leiter Produktion | Fertigungsleiter | Werksleiter | Werkleiter | Leiter Instandhaltung
        Directeur de production | Directeur d'usine | Responsable de production | Responsable maintenance
        Director de producción | Jefe de producción | Jefe de planta | Jefe de mantenimiento
        Direttore di produzione | Responsabile produzione | Direttore di stabilimento | Hoofd productie
        Productieleider | Kierownik produkcji | Dyrektor produkcji | Dyrektor zakładu | Üretim müdürü
        Fabrika müdürü | Bakım müdürü
    """,
    "quality": """
        Qualitätsleiter | Leiter Qualität | Leiter Qualitätssicherung | Qualitätsmanagementbeauftragter
        Responsable qualité | Directora de calidad | Jefe de calidad | Responsabile qualità | Hoofd kwaliteit
        Kwaliteitsmanager | Kierownik jakości | Dyrektor ds. jakości | Kalite müdürü
    """,
    "research": """
        Leiter Forschung und Entwicklung | Leiter Forschung | Leiter F&E | Directeur de recherche | Responsable R&D
        Directeur recherche et développement | Director de investigación y desarrollo | Director de I+D
        Responsabile ricerca e sviluppo | Hoofd onderzoek | Kierownik badań i rozwoju | Ar-Ge müdürü
    """,
    "engineering": """
        Technischer Leiter | Leiter Technik | Leiter Konstruktion | Leiter Entwicklung | Directeur technique
        Responsable technique | Director técnico | Jefe de ingeniería | Direttore tecnico | Technisch directeur
        Dyrektor techniczny | Kierownik techniczny | Teknik müdür | Mühendis | Leiter Anwendungsentwicklung
    """,
    "legal": """
        Leiter Recht | Leiterin Rechtsabteilung | Justiziar | Directeur juridique | Responsable juridique
        Director jurídico | Asesor legal | Responsabile ufficio legale | Hoofd juridische zaken
        Kierownik działu prawnego | Dyrektor prawny | Hukuk müşaviri | Hukuk müdürü | Avukat
    """,
    "support": """
        Leiter Kundendienst | Leiter Kundenservice | Leiter Service | Responsable service client | Responsable SAV
        Responsable après-vente | Responsabile assistenza clienti | Hoofd klantenservice | Kierownik obsługi klienta
        Müşteri hizmetleri müdürü
    """,
    "administration": """
        Verwaltungsleiter | Leiter Verwaltung | Leiterin Sekretariat | Responsable administratif | Office Manager
        Kierownik administracji | Kierownik biura | İdari işler müdürü | Hoofd administratie
    """,
    "communications": """
        Leiter Unternehmenskommunikation | Leiter Öffentlichkeitsarbeit | Pressesprecher
        Directrice de la communication | Responsable communication | Director de comunicación
        Responsabile comunicazione | Hoofd communicatie | Kierownik komunikacji | Rzecznik prasowy
        Kurumsal iletişim müdürü
    """,
    "security": """
        Informationssicherheitsbeauftragter | IT-Sicherheitsbeauftragter | Leiter Informationssicherheit
        Responsable sécurité informatique | RSSI | Responsable de seguridad de la información
        Responsabile sicurezza informatica | Bilgi güvenliği müdürü
    """,
    "project_management": """
        Projektleiter | Leiter Projektmanagement | Chef de projet | Jefe de proyecto | Responsabile progetti
        Projectleider | Kierownik projektu | Proje müdürü
    """,
    "operations": """
        Betriebsleiter | Filialleiter | Niederlassungsleiterin | Directeur des opérations | Directeur d'exploitation
        Director de operaciones | Direttore operativo | Operationeel directeur | Dyrektor operacyjny
        Operasyon müdürü | Operasyon direktörü
    """,
    "product": """
        Produktmanager | Chef de produit | Jefe de producto | Responsabile prodotto | Productmanager
        Kierownik produktu | Ürün müdürü
    """,
    "business_development": """
        Leiter Geschäftsentwicklung | Directeur du développement commercial | Director de desarrollo de negocio
        Responsabile sviluppo business | Dyrektor ds. rozwoju biznesu | İş geliştirme müdürü
    """,
}
LEVELS = {
    "Genel müdür": "c_level",
    "Genel müdür yardımcısı": "vp",
    "Satış direktörü": "director",
    "Bölge satış müdürü": "manager",
    "Satış temsilcisi": "entry",
    "Kurucu ortak": "founder",
    "Şirket sahibi": "owner",
    "Starszy specjalista ds. zakupów": "senior",
    "Szef sprzedaży": "manager",
    "Verkoopleider": "manager",
    "Verkoopdirecteur": "director",
    "Personalchef": "manager",
    "Lagerleiter": "manager",
    "Produktmanagerin": "manager",
    "Leiterin Informationstechnik": "director",
}


def titles_of(department: str) -> list[str]:
    return [title.strip() for line in TITLES[department].splitlines() for title in line.split("|") if title.strip()]


@pytest.mark.parametrize("department", TITLES)
def test_department_is_read_whatever_the_language(department: str) -> None:
    found = {title: parse(title).department for title in titles_of(department)}

    assert found == dict.fromkeys(found, department)


@pytest.mark.parametrize(("title", "level"), LEVELS.items())
def test_level_is_read_whatever_the_language(title: str, level: str) -> None:
    assert parse(title).seniority == level


@pytest.mark.parametrize(
    "title",
    ["Depositary", "Mali Empire Guide", "Ticket Agent", "Savings Officer", "Sous-chef", "Personal Assistant"],
)
def test_word_that_only_begins_alike_tells_no_other_department(title: str) -> None:
    assert parse(title).department not in {"logistics", "it", "support", "hr"}
