"""The weights of evidence, in bits: log2 of how much likelier an observation is under "same" than under "different".

Fixed, not learned: weights fitted by expectation maximisation learn "same company" on lead data and were worse when
measured. A change to a number needs the labelled pairs of tests/leads/matching to say that it is better.
"""

MERGE_FROM = 7.0  # and above: the same, without asking anybody
REVIEW_FROM = 0.0  # from here to MERGE_FROM a person decides; below: different

SAME_RECORD = 20.0
SAME_MAILBOX = 16.0
SAME_SLUG = 14.0
SAME_PHONE = 7.0
OTHER_SLUG = -9.0
OTHER_MAILBOX_AT_DOMAIN = -5.0
OTHER_SPELLING_OF_MAILBOX = -1.0
OTHER_FIRST_NAME = -14.0
OTHER_FIRST_NAME_SAME_SLUG = -4.0  # a family may share a mailbox, not a profile
OTHER_LAST_NAME = -8.0
OTHER_LAST_NAME_SAME_KEY = -2.0

LAST_NAME = 4.0
LAST_NAME_COMMON = 2.5
LAST_NAME_PART = 2.0
LAST_NAME_NEAR = 2.0
FIRST_NAME = 2.5
FIRST_NAME_COMMON = 1.5
FIRST_NAME_NEAR = 1.0
INITIAL_ONLY = -0.6
NAMES_SWAPPED = -0.5

COMPANY_CAP = 5.0
COMPANY_SAME = 5.0
COMPANY_NAME = 4.0
COMPANY_NAME_OTHER_DOMAIN = 2.5
COMPANY_NAME_NEAR = 2.5
COMPANY_NAME_NEAR_OTHER_DOMAIN = 0.0
COMPANY_OTHER = -2.5
LARGE_COMPANY = 1_000  # employees, from which namesakes are to be expected
LARGE_COMPANY_SHARE = 0.4

SAME_CITY = 1.0
SAME_COUNTRY = 0.3
OTHER_CITY = -0.5
OTHER_COUNTRY = -2.0
SAME_TITLE = 1.5
SAME_ROLE = 0.7
OTHER_ROLE = -0.7

FIRM_REGISTRY = 12.0
FIRM_OTHER_REGISTRY = -8.0
FIRM_DOMAIN = 8.0
FIRM_OTHER_DOMAIN = -5.0
FIRM_SLUG = 8.0
FIRM_NAME = 4.5
FIRM_NAME_NEAR = 2.5
FIRM_NAME_CONTAINED = 0.5
FIRM_OTHER_NAME = -5.0
FIRM_COUNTRY = 2.5
FIRM_OTHER_COUNTRY = -4.0
FIRM_CITY = 1.0
FIRM_PHONE = 3.0

NEAR_NAME = 0.92  # Jaro-Winkler similarity from which two names may be spellings of one
NEAR_COMPANY = 0.9  # normalised indel similarity of the sorted words of two company names
