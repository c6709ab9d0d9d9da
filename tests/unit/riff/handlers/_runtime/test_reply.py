"""Replies in the words of the gateway."""

import attrs

from riff.handlers._runtime.reply import Created, Ok, Reply, to_store
from riff.ports.replies import StoredReply


def test_is_not_cached_unless_the_handler_says_so() -> None:
    assert Reply.of(Ok(1)).event("")["headers"]["Cache-Control"] == "no-store"
    assert Reply.of(Ok(1, cache_s=5)).event("")["headers"]["Cache-Control"] == "public, max-age=5"


def test_location_leads_through_the_gateways_prefix() -> None:
    event = Reply.of(Created(1, location="/orders/7")).event("/v1")
    assert (event["statusCode"], event["headers"]["Location"]) == (201, "/v1/orders/7")


def test_stored_reply_is_told_as_it_was_the_first_time() -> None:
    told = Created(1, location="/orders/7")
    assert to_store(told) == StoredReply(201, "1", "/orders/7")
    again = Reply.stored(to_store(told))
    assert again.replayed
    assert Reply.of(told).event("/v1") == again.event("/v1")


@attrs.frozen
class _Pass:
    seat: int
    code: str | None = attrs.field(repr=False)


@attrs.frozen
class _Passes:
    passes: tuple[_Pass, ...]
    first: _Pass | None


def test_no_secret_is_stored_wherever_it_stands() -> None:
    told = Ok(_Passes((_Pass(2, "s3cret"),), _Pass(1, "s3cret")))
    assert Reply.of(told).body.count("s3cret") == 2
    assert to_store(told).body == '{"passes":[{"seat":2}],"first":{"seat":1}}'


def test_only_who_may_ask_for_changes_is_told_that_there_are_none() -> None:
    plain = Reply.of(Ok({"a": 1}))
    assert plain.unless("*") is plain
    tagged = Reply.of(Ok({"a": 1, "at": 2}, same_but_for=("at",)))
    assert tagged.unless(None) is tagged.unless('"x"') is tagged
    assert tagged.unless("*").status == 304
    assert tagged.headers["ETag"] == Reply.of(Ok({"a": 1, "at": 3}, same_but_for=("at",))).headers["ETag"]
