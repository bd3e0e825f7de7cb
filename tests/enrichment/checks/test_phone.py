"""What a number tells by itself; the numbers are the examples that regulators set aside or of no one in particular."""

import json

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat as Style
from phonenumbers import format_number, national_significant_number

from enrichment.checks.phone import check_phone, check_phones


@pytest.mark.parametrize(
    ("raw", "hints", "e164", "region"),
    [
        pytest.param("+49 30 901820", (), "+4930901820", "DE", id="international"),
        pytest.param("030 901820", ("DE",), "+4930901820", "DE", id="national-with-a-hint"),
        pytest.param("030 901820", ("US", "DE"), "+4930901820", "DE", id="the-hint-that-fits"),
        pytest.param("+49 30 901820", ("US",), "+4930901820", "DE", id="a-code-beats-a-hint"),
    ],
)
def test_reading(raw, hints, e164, region):
    verdict = check_phone(raw, hints)

    assert (verdict.e164, verdict.region, verdict.valid, verdict.reason) == (e164, region, True, "valid")


@pytest.mark.parametrize(
    ("raw", "hints", "reason"),
    [
        ("call me", (), "not_a_number"),
        ("030 901820", (), "country_missing"),
        ("4.93E+11", ("DE",), "not_a_number"),
        ("4,930901820e+10", ("DE",), "not_a_number"),
        ("+49 30", (), "range_not_in_use"),
        ("+49 30 12345678901234", (), "too_long"),
    ],
)
def test_what_is_wrong(raw, hints, reason):
    verdict = check_phone(raw, hints)

    assert (verdict.valid, verdict.reason) == (False, reason)


def test_extension_is_kept():
    assert check_phone("+49 30 901820 ext. 12").extension == "12"


def test_time_zone_follows_from_the_region():
    assert check_phone("+49 30 901820").time_zones == ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("030 901820; 0171 2345678", ["+4930901820", "+491712345678"]),
        ("030/901820", ["+4930901820"]),
        ("030 901820 / 0171 2345678", ["+4930901820", "+491712345678"]),
        ("030901820/01712345678", ["+4930901820", "+491712345678"]),
        ("Tel. +49 30 901820, +44 20 7946 0958", ["+4930901820", "+442079460958"]),
        ("030 901820 oder +49 30 901820", ["+4930901820"]),
        ("Tel. 030 901820 Fax 030 901821", ["+4930901820", "+4930901821"]),
        ("Fax 030 901821, 0171 2345678", ["+491712345678", "+4930901821"]),
        ("M: +49 171 2345678 T: +49 30 901820", ["+491712345678", "+4930901820"]),
        ("030 901820 & 0171 2345678", ["+4930901820", "+491712345678"]),
        ("030 901820 – 0171 2345678", ["+4930901820", "+491712345678"]),
        ("030 - 901820", ["+4930901820"]),
        ("030 888-0 Fax 030 888-99", ["+49308880", "+493088899"]),
        ("+43 1 877 23 45 Fax +43 1 877 23 46", ["+4318772345", "+4318772346"]),
        ("+353 1 844 2345 mob +353 87 123 4567", ["+35318442345", "+353871234567"]),
        ("030 901820 (office) / +49 171 2345678", ["+4930901820", "+491712345678"]),
        ("+4930901820+491712345678", ["+4930901820", "+491712345678"]),
        ("030 - 901820 / 0171 - 2345678", ["+4930901820", "+491712345678"]),
        ("030 / 901820 - 0171 / 2345678", ["+4930901820", "+491712345678"]),
        ("030 901820  0171 2345678", ["+4930901820", "+491712345678"]),
        ("030 901820\u20280171 2345678", ["+4930901820", "+491712345678"]),
        ("+1 (650) 253-0000 / (415) 555-2671", ["+16502530000", "+14155552671"]),
        ("+49 30 901820 / 901821", ["+4930901820"]),
        ("030 901820-11/-12", ["+493090182011"]),
        ("030 / 90 18 20 - 11 / 12", ["+493090182011"]),
        ("030 901820-0, Fax -99", ["+49309018200"]),
        ("030 901820 u. 21", ["+4930901820"]),
        ("Mo-Fr 9-17: 030 901820", ["+4930901820"]),
        ("24/7 030 901820", ["+4930901820"]),
        ("030 901820 2nd floor", ["+4930901820"]),
        ("030 901820 24/7", ["+4930901820"]),
        ("030 901820 24/7 0171 2345678", ["+4930901820", "+491712345678"]),
        ("030 901820 9:00-17:00", ["+4930901820"]),
        ("030 901820 8:30-17 Uhr, 0171 2345678", ["+4930901820", "+491712345678"]),
        ("Mo-Fr 9:00-17:00 030 901820", ["+4930901820"]),
        ("030 901820 / 0171 2345678 9-17", ["+4930901820", "+491712345678"]),
        ("030 901820 2. Stock", ["+4930901820"]),
        ("030 90 18 20. Bitte anrufen", ["+4930901820"]),
        ("030 9018 20-21", ["+493090182021"]),
        ("0171/2345678/0172/2345678", ["+491712345678", "+491722345678"]),
        ("030 90 18 10-18", ["+493090181018"]),
        ("IBAN DE89 3704 0044 0532 0130 00, Tel. 030 901820", ["+4930901820"]),
        ("030 901820 DE89370400440532013000 0171 2345678", ["+4930901820", "+491712345678"]),
        ("GB82 WEST 1234 5698 7654 32", [""]),
        ("IBAN DE89 3704 0044 0532 0130 00", [""]),
        ("", []),
    ],
)
def test_several_numbers_in_one_field(field, numbers):
    assert [verdict.e164 for verdict in check_phones(field, ("DE",))] == numbers


@pytest.mark.parametrize(
    ("field", "hint", "numbers"),
    [
        ("+91 98765 43210 / 98765 43211", "IN", ["+919876543210", "+919876543211"]),
        ("+91-22-2754 3210 / 9876543210", "IN", ["+912227543210", "+919876543210"]),
        ("022-27543210 / 9876543210", "IN", ["+912227543210", "+919876543210"]),
        ("+86 10 6552 9988 / 138 0013 8000", "CN", ["+861065529988", "+8613800138000"]),
        ("+62 21 5299 1234 / 812 1234 5678", "ID", ["+622152991234", "+6281212345678"]),
        ("+90 212 251 1234 / 532 123 4567", "TR", ["+902122511234", "+905321234567"]),
        ("+44 20 8366 1177 / 7912 345678", "GB", ["+442083661177", "+447912345678"]),
        ("+49 30 901820 / 171 1234567", "DE", ["+4930901820", "+491711234567"]),
        ("+49 30 901820 / 30 901821", "DE", ["+4930901820", "+4930901821"]),
        ("+55 11 2345-6789 / 11 98765-4321", "BR", ["+551123456789", "+5511987654321"]),
        ("+27 11 978 5313 / 82 123 4567", "ZA", ["+27119785313", "+27821234567"]),
        ("+84 24 3825 1234 / 912 345 678", "VN", ["+842438251234", "+84912345678"]),
        ("+598 94 240 111 / 94 556 995", "UY", ["+59894240111", "+59894556995"]),
    ],
)
@pytest.mark.parametrize("between", [" / ", ", "])
@pytest.mark.parametrize("is_hinted", [True, False])
def test_second_number_without_its_trunk_is_read_as_of_the_firsts_country(field, hint, numbers, between, is_hinted):
    hints = (hint,) if is_hinted or not field.startswith("+") else ()

    found = [verdict.e164 for verdict in check_phones(field.replace(" / ", between), hints)]

    assert found == numbers


@pytest.mark.parametrize(
    ("field", "hints", "numbers"),
    [
        pytest.param("+49 89 54320 / 5432117", ("DE",), ["+498954320"], id="an-extension-of-the-switchboard"),
        pytest.param("+49 89 5432-0, 5432-117", ("DE",), ["+498954320"], id="and-behind-a-comma"),
        pytest.param("+49 30 901820 / 30901821", (), ["+4930901820"], id="the-area-by-chance"),
        pytest.param("+44 20 7946 0958 / 7946 0959", (), ["+442079460958"], id="without-its-area"),
        pytest.param("+358 9 1234567 / 5012345", ("FI",), ["+35891234567"], id="as-long-as-a-local-one"),
        pytest.param("+49 171 1234567 / 5432117", (), ["+491711234567"], id="whose-area-nobody-knows"),
        pytest.param("+91 98765 43210 / 650-253-0000", ("US",), ["+919876543210"], id="of-two-countries"),
        pytest.param("+44 7912 345678 / 650-253-0000", ("US",), ["+447912345678", "+16502530000"], id="of-the-other"),
    ],
)
def test_second_number_that_may_be_another_one_is_not_read(field, hints, numbers):
    assert [verdict.e164 for verdict in check_phones(field, hints)] == numbers


@pytest.mark.parametrize(
    "field",
    [
        "650-253-0000 24/7",
        "650-253-0000 9-5",
        "(650) 253-0000 10 - 6",
        "650-253-0000 9.30-17.00",
        "650 253 0000 2. Mai",
    ],
)
def test_what_is_told_behind_a_number_is_no_part_of_it(field):
    assert [verdict.e164 for verdict in check_phones(field, ("US",))] == ["+16502530000"]


@pytest.mark.parametrize("field", ["030 901820 9-17", "030 901820 10-18", "030 901820 7 - 5", "030 901820 2. Hof"])
def test_end_that_may_belong_to_the_number_or_not_leaves_it_unread(field):
    (verdict,) = check_phones(field, ("DE",))

    assert (verdict.valid, verdict.reason) == (False, "end_unclear")


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("650 253 0000 415 555 2671", "US"),
        ("(650) 253-0000 (415) 555-2671", "CA"),
        ("6502530000 4155552671", "US"),
        ("+1 650 253 0000 415 555 2671", "DE"),
    ],
)
def test_two_american_numbers_need_only_a_space_between(field, hint):
    assert [verdict.e164 for verdict in check_phones(field, (hint,))] == ["+16502530000", "+14155552671"]


def test_ten_digits_twice_are_two_numbers_of_other_countries_too():
    found = check_phones("010 123 4530 010 125 6668", ("NL",))

    assert [verdict.e164 for verdict in found] == ["+31101234530", "+31101256668"]


@pytest.mark.parametrize(
    "field",
    [
        "+49 30 901820, ext. 12",
        "+49 30 901820 Durchwahl 12",
        "+49 30 901820x12",
        "+49 30 901820 #12",
        "+49 30 901820,,12#",
        "+49 30 901820,12#",
        "+49 30 901820,, 12",
        "tel:+49-30-901820;ext=12",
    ],
)
def test_an_extension_belongs_to_its_number(field):
    (verdict,) = check_phones(field)

    assert (verdict.e164, verdict.extension) == ("+4930901820", "12")


@pytest.mark.parametrize(
    ("field", "e164"),
    [
        ("+49 30 901820 (office)", "+4930901820"),
        ("030 901820 office", "+4930901820"),
        ("+43 1 525240 (fax)", "+431525240"),
        ("+1 650 253 0000 (cell)", "+16502530000"),
        ("+44 20 7946 0958 [work]", "+442079460958"),
        ("'030901820", "+4930901820"),
        ("4930901820.0", "+4930901820"),
        ("+４９ ３０ ９０１８２０", "+4930901820"),
        ("+4930(0)901820", "+4930901820"),
        ("+39 (0)2 1234567", "+39021234567"),
    ],
)
def test_words_beside_a_number_are_no_digits_of_it(field, e164):
    verdict = check_phone(field, ("DE",))

    assert (verdict.e164, verdict.valid) == (e164, True)


REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
WRITTEN = {
    "slash": lambda national, _: national.replace(" ", " / ", 1),
    "dash": lambda national, _: national.replace(" ", " - ", 1),
    "fax": lambda _, international: f"Fax {international}",
    "abroad": lambda _, international: f"Tel.: 00{international[1:]}",
    "around the clock": lambda _, international: f"{international} 24/7",
    "two": lambda _, international: f"{international} / {international.replace(' ', '')}",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_countrys_number_is_read_however_it_is_written(form):
    examples = [(region, phonenumbers.example_number(region)) for region in REGIONS]
    numbers = [(region, number) for region, number in examples if number]

    wrong = [
        (region, field)
        for region, number in numbers
        for field in [WRITTEN[form](*(format_number(number, style) for style in (Style.NATIONAL, Style.INTERNATIONAL)))]
        if check_phone(field, (region,)).e164 != format_number(number, Style.E164)
    ]

    assert (wrong, len(numbers) > 200) == ([], True)


def test_nothing_but_the_two_numbers_is_read_in_any_country_where_the_second_lacks_its_trunk():
    kinds = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
    pairs = [[phonenumbers.example_number_for_type(region, kind) for kind in kinds] for region in REGIONS]
    pairs = [pair for pair in pairs if all(pair)]

    fields = [(f"{format_number(a, Style.INTERNATIONAL)} / {national_significant_number(b)}", a, b) for a, b in pairs]
    invented = [
        field
        for field, *pair in fields
        if {verdict.e164 for verdict in check_phones(field)} - {format_number(number, Style.E164) for number in pair}
    ]

    assert (invented, len(pairs) > 200) == ([], True)


@pytest.mark.parametrize(
    "field",
    ["1-800-FLOWERS", "1-800-flowers", "Tel. 1 (800) FLOWERS", "+1 800 FLOWERS", "+1 800 3569377 office"],
)
def test_letters_are_digits_in_a_toll_free_number_alone(field):
    assert check_phone(field, ("DE", "US")).e164 == "+18003569377"


@pytest.mark.parametrize(
    ("field", "e164"), [("12 34 56 / +49 171 2345678", "+491712345678"), ("030 901820 / 21", "+4930901820")]
)
def test_the_best_number_of_a_field_is_judged(field, e164):
    assert check_phone(field, ("DE",)).e164 == e164


def test_a_text_without_number_says_so():
    assert [verdict.reason for verdict in check_phones("call me")] == ["not_a_number"]


@pytest.mark.parametrize("field", ["2123 / 1234", "2123-1234", "2123 1234 / 35"])
def test_first_half_that_is_a_number_by_itself_is_none_before_as_many_digits(field):
    assert [verdict.e164 for verdict in check_phones(field, ("UY",))] == ["+59821231234"]


@pytest.mark.parametrize("raw", ["0049 30 901820", "011 49 30 901820", "+49 (0)30 901820"])
def test_other_ways_to_write_a_country_code(raw):
    assert check_phone(raw).e164 == "+4930901820"


def test_the_operator_is_named_as_the_holder_of_the_range():
    assert check_phone("+49 171 2345678").range_holder != ""


@pytest.mark.data
def test_the_regulators_examples_are_read_right(shared_data):
    lines = (shared_data / "enrich/phones/libphonenumber-examples.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.replace('"', "").split("\t") for line in lines[1:]]
    names = {
        "FIXED_LINE": "fixed",
        "FIXED_LINE_OR_MOBILE": "fixed_or_mobile",
        "PREMIUM_RATE": "premium",
        "PERSONAL_NUMBER": "personal",
    }

    verdicts = [(check_phone(f"+{code}{number}"), names.get(kind, kind.lower())) for code, _, kind, number in rows]

    assert len(rows) == 1148
    assert sum(verdict.valid for verdict, _ in verdicts) >= 1145
    either = [
        ("fixed_or_mobile", "fixed"),
        ("fixed_or_mobile", "mobile"),
    ]  # where the plan itself does not tell them apart
    right = [verdict.type == kind or (verdict.type, kind) in either for verdict, kind in verdicts]
    assert sum(right) >= 1143


@pytest.mark.data
def test_mobile_examples_have_zones_of_their_country(shared_data):
    examples = json.loads((shared_data / "enrich/phones/mobile-examples.json").read_text(encoding="utf-8"))

    verdicts = [check_phone(number, (region,)) for region, number in examples.items()]

    assert sum(bool(verdict.time_zones) for verdict in verdicts) >= 0.98 * len(verdicts)
