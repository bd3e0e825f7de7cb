"""Replies of mail servers are understood by meaning; what is about us never condemns a mailbox."""

import csv

import pytest

from enrichment.checks.replies import ReplyClass, classify

SAID_OF_THE_MAILBOX = [
    (550, "5.1.1", "The email account that you tried to reach does not exist. Please try double-checking", "no_mailbox"),
    (550, "5.5.0", "Requested action not taken: mailbox unavailable (S2017062302).", "no_mailbox"),
    (550, "5.4.1", "Recipient address rejected: Access denied. [AM5.eop-EUR05.prod.protection.outlook.com]", "no_mailbox"),
    (550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "no_mailbox"),
    (550, "", "#5.1.0 Address rejected.", "no_mailbox"),
    (550, "", "No such person at this address", "no_mailbox"),
    (550, "", "Invalid recipient <jo.doe@firm.example>", "no_mailbox"),
    (550, "", "jo.doe@firm.example: Unrouteable address", "no_mailbox"),
    (550, "", "<jo.doe@firm.example> is not a valid mailbox", "no_mailbox"),
    (511, "5.1.1", "sorry, no mailbox here by that name (#5.1.1 - chkusr)", "no_mailbox"),
    (554, "", "delivery error: dd This user doesn't have a yahoo.com account (jo@yahoo.com) [0]", "no_mailbox"),
    (550, "", "Recipient address rejected: undeliverable address: unknown user: \"jo\"", "no_mailbox"),
    (550, "5.1.1", "Empfänger unbekannt", "no_mailbox"),
    (550, "", "Das Postfach existiert nicht", "no_mailbox"),
    (550, "", "L'adresse du destinataire n'existe pas", "no_mailbox"),
    (550, "", "El usuario no existe en este servidor", "no_mailbox"),
    (550, "", "Usuário desconhecido", "no_mailbox"),
    (550, "", "Destinatario inesistente", "no_mailbox"),
    (550, "", "Gebruiker onbekend", "no_mailbox"),
    (550, "", "Nie ma takiego użytkownika", "no_mailbox"),
    (550, "", "Пользователь не найден", "no_mailbox"),
    (550, "", "Użytkownik nie istnieje", "no_mailbox"),
    (550, "", "Okänd mottagare", "no_mailbox"),
    (550, "", "宛先のメールボックスが存在しません", "no_mailbox"),
    (550, "", "用户不存在", "no_mailbox"),
    (550, "", "Kullanıcı bulunamadı", "no_mailbox"),
    (550, "", "<jo@firm.example>: Recipient address rejected: User unknown in relay recipient table", "no_mailbox"),
    (550, "", "User jo (jo@firm.example) not listed in Domino Directory", "no_mailbox"),
    (553, "", "sorry, this recipient is not in my validrcptto list (#5.7.1)", "no_mailbox"),
    (554, "", "qq Sorry, no valid recipients", "no_mailbox"),
    (550, "", "There is no one at this address", "no_mailbox"),
    (550, "5.1.1", "Could not verify recipient: user unknown", "no_mailbox"),
    (550, "", "Unable to verify user jo@firm.example: no such user", "no_mailbox"),
    (550, "5.2.1", "This account is disabled and does not accept mail", "disabled"),
    (550, "5.2.1", "The email account that you tried to reach is disabled.", "disabled"),
    (550, "", "Das Konto wurde gesperrt", "disabled"),
    (550, "", "Cette boîte est désactivée", "disabled"),
    (551, "", "User not local; please try <jo@other.example>", "moved"),
    (552, "", "Le quota de la boîte est dépassé: boîte pleine", "full"),
    (552, "5.2.2", "The email account that you tried to reach is over quota", "full"),
    (452, "4.2.2", "Mailbox full", "full"),
    (450, "4.2.1", "The user you are trying to contact is receiving mail at a rate that prevents", "mailbox_rate_limited"),
    (250, "2.1.5", "Ok", "accepted"),
]  # fmt: skip
SAID_OF_US = [
    (550, "5.1.8", "<us@ours.example>: Sender address rejected: Domain not found", "sender_rejected"),
    (550, "", "<us@ours.example>: Sender address rejected: User unknown in virtual mailbox table", "sender_rejected"),
    (550, "", "Verification failed for <us@ours.example>. No such user here. Sender verify failed", "sender_rejected"),
    (550, "5.1.1", "Verification failed for sender address: no such user", "sender_rejected"),
    (550, "5.1.1", "No such user: could not verify the sender", "sender_rejected"),
    (550, "5.1.1", "Verification of your address failed, no such user", "sender_rejected"),
    (550, "5.1.1", "Recipient address rejected: Sender not authorized", "sender_rejected"),
    (550, "5.1.1", "Recipient address rejected: unauthorised sender", "sender_rejected"),
    (550, "", "Only one recipient at a time", "too_many_recipients"),
    (550, "", "One recipient per message, please", "too_many_recipients"),
    (550, "", "Multiple recipients are not allowed", "too_many_recipients"),
    (554, "5.7.1", "Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "ip_blocked"),
    (550, "5.7.1", "Client host rejected: cannot find your reverse hostname", "ip_blocked"),
    (550, "5.7.1", "messages from [192.0.2.1] weren't sent. part of their network is on our block list", "ip_blocked"),
    (554, "5.7.1", "<jo@firm.example>: Relay access denied", "relay_denied"),
    (550, "", "we do not relay here", "relay_denied"),
    (553, "", "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "relay_denied"),
    (550, "", "sorry, your envelope sender domain must exist (#5.7.1)", "sender_rejected"),
    (550, "", "<us@ours.example>... Spam blocked see: http://bl.example/192.0.2.1", "ip_blocked"),
    (550, "", "This message contains invalid characters", "other_permanent"),
    (550, "5.4.7", "Delivery expired (message too old) 'timeout' <jo@firm.example> undeliverable", "busy"),
    (550, "5.4.1", "No answer from host", "other_permanent"),
    (550, "5.2.1", "This mailbox accepts mail only from internal senders", "policy"),
    (550, "5.2.1", "The mailbox is restricted to internal senders", "policy"),
    (550, "5.2.1", "This mailbox is not accepting mail from your domain", "policy"),
    (550, "5.1.1", "your address is not in the recipient's allowed senders list", "policy"),
    (550, "5.1.1", "This list only accepts mail from members", "policy"),
    (550, "5.1.1", "Only members may post to this group", "policy"),
    (550, "5.1.1", "This address does not accept mail from external senders", "policy"),
    (550, "5.1.1", "Mailbox does not exist or you are not authorised to send to it", "policy"),
    (550, "5.1.1", "Nur interne Absender sind zugelassen", "policy"),
    (550, "5.1.1", "Réservé aux membres", "policy"),
    (550, "5.1.1", "unable to check existence of mailbox", "busy"),
    (550, "5.1.1", "Recipient verification failed, backend ldap server unavailable", "busy"),
    (550, "5.1.1", "<jo@firm.example>: Recipient address rejected: Address lookup failed", "busy"),
    (550, "5.1.1", "The account you are sending from does not exist", "sender_rejected"),
    (550, "5.1.1", "The sending account does not exist", "sender_rejected"),
    (550, "5.4.1", "Access denied", "ip_blocked"),
    (550, "5.4.1", "Client host [192.0.2.1] blocked using zen.spamhaus.org", "ip_blocked"),
    (554, "5.7.1", "<jo@firm.example>: Recipient address rejected: Access denied", "ip_blocked"),
    (530, "5.7.0", "Must issue a STARTTLS command first", "tls_required"),
    (550, "5.7.26", "Unauthenticated email is not accepted due to domain's DMARC policy", "policy"),
    (554, "5.7.1", "Message rejected as spam", "policy"),
    (550, "5.7.1", "rejected", "policy"),
    (450, "4.7.1", "<jo@firm.example>: Recipient address rejected: Greylisted, see http://postgrey.example", "greylisted"),
    (451, "", "Bitte versuchen Sie es später noch einmal", "greylisted"),
    (450, "4.1.1", "<jo@firm.example>: Recipient address rejected: unverified address: user unknown", "greylisted"),
    (450, "4.1.1", "<jo@firm.example>: User unknown in local recipient table", "other_temporary"),
    (421, "4.7.0", "Too many errors on this connection", "rate_limited"),
    (421, "4.3.2", "Service not available, closing transmission channel", "busy"),
    (452, "4.5.3", "Too many recipients", "too_many_recipients"),
    (550, "", "Requested action not taken", "other_permanent"),
    (452, "4.3.1", "Insufficient system storage", "busy"),
    (550, "", "5.1.1.20 is not welcome here", "other_permanent"),
    (354, "", "No such user", "other_permanent"),
    (550, "", "Mailbox unavailable (directory harvest attack suspected)", "policy"),
    (550, "5.1.1", "User unknown, too much like a dictionary attack", "policy"),
    (551, "", "User not local. Relay denied", "relay_denied"),
    (503, "", "Bad sequence of commands, no valid recipients", "other_permanent"),
    (521, "5.2.1", "This host does not accept mail", "other_permanent"),
    (250, "5.1.1", "User unknown", "other_permanent"),
    (250, "4.2.1", "Later", "other_permanent"),
    (221, "", "Closing", "other_permanent"),
    (214, "", "Help", "other_permanent"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "enhanced", "text", "expected"), SAID_OF_THE_MAILBOX + SAID_OF_US)
def test_replies_are_told_apart_by_what_they_are_about(code, enhanced, text, expected):
    found = classify(code, enhanced, text, stage="rcpt")

    assert found == expected


@pytest.mark.parametrize(
    ("stage", "code", "text", "expected"),
    [
        ("mail", 550, "No such user here", "sender_rejected"),
        ("banner", 554, "No such mailbox", "other_permanent"),
        ("banner", 554, "No SMTP service here", "other_permanent"),
        ("banner", 554, "5.7.1 Rejected", "ip_blocked"),
        ("banner", 554, "No SMTP service, your IP address is black listed", "ip_blocked"),
        ("helo", 550, "Rejected", "ip_blocked"),
        ("tls", 502, "5.5.1 Unrecognized command", "tls_required"),
        ("tls", 454, "4.7.0 Out of order", "other_temporary"),
        ("tls", 554, "5.7.1 Client host blocked", "ip_blocked"),
        ("helo", 450, "unknown recipient", "other_temporary"),
        ("banner", 421, "Too many connections", "rate_limited"),
    ],
)
def test_before_the_recipient_is_named_nothing_is_said_of_a_mailbox(stage, code, text, expected):
    found = classify(code, "", text, stage=stage)

    assert found == expected


def test_no_temporary_reply_says_that_a_mailbox_is_missing():
    texts = [text for _, _, text, _ in SAID_OF_THE_MAILBOX]

    found = {classify(450, "4.1.1", text) for text in texts}

    assert found.isdisjoint({ReplyClass.NO_MAILBOX, ReplyClass.DISABLED, ReplyClass.MOVED})


@pytest.mark.data
@pytest.mark.parametrize("with_codes", [True, False], ids=["enhanced code given", "text only"])
def test_labelled_replies_are_understood_as_well_as_the_goal_says(shared_data, with_codes):
    path = shared_data / "enrich/smtp-replies/labelled-replies-dev.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    condemned = [
        row["reason"]
        for row in rows
        if classify(int(row["code"] or 0), row["dsn"] if with_codes else "", row["diagnostic"]) == "no_mailbox"
    ]

    missing = [row for row in rows if row["reason"] in ("userunknown", "filtered")]
    right = [reason for reason in condemned if reason in ("userunknown", "filtered")]
    assert len(right) >= 0.94 * len(missing)
    assert len(condemned) - len(right) <= 0.01 * (len(rows) - len(missing))
