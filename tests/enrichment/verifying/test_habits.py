"""What the answer to a recipient that nobody has proves of a domain: only a clear refusal of the mailbox, "not catch-all"."""

import pytest

from enrichment.verifying.habits import CatchAll, judge_probe
from enrichment.verifying.judging import class_of
from enrichment.verifying.replying import Reply


@pytest.mark.parametrize(
    ("reply", "value", "reason"),
    [
        pytest.param(Reply(250, "2.1.5", "Ok"), True, None, id="accepted"),
        pytest.param(Reply(452, "4.2.2", "Mailbox full"), True, None, id="there, but full"),
        pytest.param(Reply(550, "5.1.1", "User unknown"), False, None, id="no such user"),
        pytest.param(Reply(550, "", "No such recipient here"), False, None, id="no such recipient, in words only"),
        pytest.param(Reply(550, "5.4.1", "Recipient address rejected: Access denied"), False, None, id="edge blocking"),
        pytest.param(Reply(550, "5.4.1", "Access denied"), None, "ip_blocked", id="denied, and nobody named"),
        pytest.param(Reply(550, "5.4.1", "No answer from host"), None, "unclear_reply", id="host behind it is silent"),
        pytest.param(Reply(554, "5.7.1", "Recipient address rejected: Access denied"), None, "ip_blocked", id="a list"),
        pytest.param(Reply(550, "5.7.1", "Rejected by policy"), None, "ip_blocked", id="policy"),
        pytest.param(Reply(550, "5.7.1", "Unable to relay"), None, "relay_denied", id="relay"),
        pytest.param(Reply(554, "5.7.1", "Relay access denied"), None, "relay_denied", id="relay denied"),
        pytest.param(Reply(550, "", "Too many invalid recipients"), None, "rate_limited", id="rate"),
        pytest.param(Reply(550, "5.7.1", "Greylisted, try again later"), None, "server_busy", id="grey, but for ever"),
        pytest.param(Reply(451, "4.7.1", "Greylisting in action"), None, "greylisted", id="greylisted"),
        pytest.param(Reply(450, "4.1.1", "User unknown"), None, "server_busy", id="no such user, for now"),
        pytest.param(Reply(550, "", ""), None, "unclear_reply", id="not a word"),
        pytest.param(Reply(550, "5.0.0", "Rejected"), None, "unclear_reply", id="rejected, and no more"),
        pytest.param(Reply(554, "5.5.0", "Transaction failed"), None, "unclear_reply", id="failed, and no more"),
        pytest.param(Reply(500, "5.5.2", "What?"), None, "unclear_reply", id="not understood"),
    ],
)
def test_only_a_clear_refusal_of_the_mailbox_proves_that_a_domain_knows_its_own(reply, value, reason):
    asked = CatchAll()

    judge_probe(asked, reply, class_of(reply, "rcpt"))

    assert (asked.value, asked.is_known, asked.reason) == (value, value is not None, reason)
