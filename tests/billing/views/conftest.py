"""What tests of pages share: how many queries a request takes."""

from tests.leads.views.conftest import query_count

__all__ = ["query_count"]
