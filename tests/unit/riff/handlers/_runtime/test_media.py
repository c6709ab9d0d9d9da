"""JSON or XML, and how the latter is spelt."""

import pytest

from riff.handlers._runtime.media import Media, prefers_xml, xml


@pytest.mark.parametrize(
    "accept",
    ["application/xml", "text/xml, */*", "application/json;q=0.5, application/xml", "TEXT/XML;q=0.1"],
)
def test_gives_xml_to_those_who_want_it(accept: str) -> None:
    assert prefers_xml(accept)


@pytest.mark.parametrize(
    "accept",
    [
        *(
            "",
            "*/*",
            "application/json",
            "application/xml, application/json",
            "application/xml;q=0",
            "text/html",
        ),
        *("application/xml;q=nan, application/json;q=0", "application/xml;q=, x", ",;,"),
    ],
)
def test_gives_json_to_everyone_else(accept: str) -> None:
    assert not prefers_xml(accept)


def test_writes_members_lists_and_flags() -> None:
    document = {"name": "A & <B>", "prizes": [{"rank": 1}, {"rank": 2}], "final": False}
    assert xml("feed", document) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<feed><name>A &amp; &lt;B&gt;</name>"
        "<prizes><prize><rank>1</rank></prize><prize><rank>2</rank></prize></prizes>"
        "<final>false</final></feed>\n"
    )


def test_names_its_content_type() -> None:
    assert (Media().content_type, Media("feed").content_type) == (
        "application/json",
        "application/xml; charset=utf-8",
    )
