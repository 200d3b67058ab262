"""The check of Atom's structure finds what is wrong; every rule of it once."""

import pytest

from tests.web.rfc4287 import faults

GOOD = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>tag:a,2026:f</id>'
    "<title>T</title><updated>2026-11-20T10:00:00Z</updated><author><name>N</name></author>"
    '<link rel="self" type="application/atom+xml" href="/f"/>'
    "<entry><id>tag:a,2026:e</id><title>E</title><updated>2026-11-20T10:00:00Z</updated>"
    '<link href="/e"/><category term="x" label="X"/><summary>S</summary></entry></feed>'
)


def test_a_feed_of_the_rfc_is_valid() -> None:
    """With extensions too: their elements and attributes may be anything."""
    assert faults(GOOD.encode()) == []
    extended = GOOD.replace("<entry>", '<x:y xmlns:x="urn:x" x:a="1">any</x:y><entry>')
    assert faults(extended.encode()) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("<id>tag:a,2026:f</id>", "", "feed holds 0 of id"),
        ("<title>E</title>", "<title>E</title><title>F</title>", "entry holds 2 of title"),
        ("<id>tag:a,2026:e</id>", "<id>e 1</id>", "id is no absolute IRI"),
        ("<updated>2026-11-20T10:00:00Z</updated><link", "<updated>2026-11-20</updated><link",
         "updated is no date"),
        ("<author><name>N</name></author>", "", "no author"),
        ("<name>N</name>", "", "author holds 0 of name"),
        ("<name>N</name>", "<name>N</name><email>n</email>", "email is no address"),
        ("<name>N</name>", "<name> </name>", "name is no name"),
        ('<link href="/e"/>', "", "neither content nor an alternate link"),
        ('<link href="/e"/>', '<link href="/e"/><link href="/g"/>', "2 alternate links"),
        ('<link href="/e"/>', '<link rel="alternate"/>', "link has no href"),
        ('<link href="/e"/>', '<link href="/e f"/>', "link has href="),
        ('<link href="/e"/>', '<link href="/e" type="html"/>', "link has type="),
        ('<link href="/e"/>', '<link href="/e" hreflang="en_US"/>', "link has hreflang="),
        ('<link href="/e"/>', '<link href="/e" target="_blank"/>', "link has an attribute target"),
        ('term="x" ', "", "category has no term"),
        ('term="x"', 'term="x" scheme="s"', "category has scheme="),
        ("<summary>S</summary>", '<summary type="md">S</summary>', "summary has type md"),
        ("<summary>S</summary>", "<summary><b>S</b></summary>", "summary of type text holds"),
        ("<summary>S</summary>", '<summary type="xhtml"><b/></summary>', "not one xhtml:div"),
        ("<summary>S</summary>", '<content src="/c" type="image/png"/>', "no summary"),
        ("<summary>S</summary>", '<content src="/c" type="a/b">x</content>', "not empty"),
        ("<summary>S</summary>", '<content type="x">x</content>', "content has type x"),
        ("<summary>S</summary>", "<pubDate>S</pubDate>", "entry holds a pubDate"),
        ("<summary>S</summary>", '<s xmlns="">S</s>', "of no namespace"),
        ("<summary>S</summary>", "S", "entry holds text between its elements"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"', '<rss xmlns="urn:x"', "the root is"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(was: str, becomes: str, fault: str) -> None:
    """One thing is made wrong, and named."""
    assert GOOD.count(was) == 1
    wrong = GOOD.replace(was, becomes)
    if "<rss" in wrong:
        wrong = wrong.replace("</feed>", "</rss>")
    assert fault in " / ".join(faults(wrong.encode()))
