"""Pages in the language that a reader chose; what programs read stays English."""

import re

import pytest
from fastapi.testclient import TestClient

from monitor.language.translator import missing
from tests.web.test_pages import Page, every_page

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


def test_the_language_is_in_the_url_or_the_browsers(client: TestClient) -> None:
    """The URL goes before; an unknown one is English; no cookie is set."""
    for query, headers, tag in (
        ("", {}, "en"), ("?lang=zh", {}, "zh-Hans"), ("", CHINESE, "zh-Hans"),
        ("?lang=en", CHINESE, "en"), ("?lang=fr", CHINESE, "en"), ("?lang=", {}, "en"),
    ):  # fmt: skip
        answer = client.get(f"/{query}", headers=headers)
        assert f'<html lang="{tag}">' in answer.text
        assert "Accept-Language" in answer.headers["vary"]
        assert "set-cookie" not in answer.headers
        again = client.get(f"/{query}", headers=headers)
        assert again.content == answer.content


def test_every_link_of_a_page_leads_on_in_its_language(client: TestClient) -> None:
    """But files, JSON and other sites; a form brings it too; and the switch leads to this page."""
    page = client.get("/list?q=a%26b&lang=zh").text
    hrefs = [href for href in Page(page).hrefs if href.startswith("/")]
    assert {href for href in hrefs if "lang=zh" not in href} <= {
        "/static/icon.svg", "/static/style.css", "/static/times.js", "/status", "/openapi.json",
        "/list", "/list#two",
    }  # fmt: skip
    assert any(href.startswith("/feed.atom?lang=zh") for href in hrefs)
    assert '<input type="hidden" name="lang" value="zh">' in page
    assert '<a href="?lang=en&amp;q=a%26b" hreflang="en" lang="en">English</a>' in page
    english = client.get("/list?q=x").text
    assert "lang=zh" not in "".join(Page(english).hrefs).replace("?lang=zh&q=x", "")
    assert 'href="/?lang=en"' in client.get("/list?lang=en").text


@pytest.mark.slow
def test_every_page_is_whole_in_chinese(client: TestClient) -> None:
    """Nothing in it lacks a translation, but what older ledgers and upstream wrote."""
    for path, text in every_page(client):
        before = missing["zh"]
        answer = client.get(path, params={"lang": "zh"}, headers={"Accept": "text/html"})
        assert '<html lang="zh-Hans">' in answer.text
        Page(answer.text)
        assert missing["zh"] == before, path
        assert len(answer.text) < 2 * len(text)


def test_a_reader_of_chinese_sees_the_partys_own_name_first(client: TestClient) -> None:
    """On its page and in sentences, and finds it by it on the first page."""
    name = "Ministry of Public Security&#39;s Institute of Forensic Science of China"
    own = f"公安部物证鉴定中心（{name}）"
    assert f"<h1><bdi>{own}</bdi></h1>" in client.get("/watch/mps-ifs?lang=zh").text
    found = client.get("/", params={"lang": "zh", "q": "物证鉴定"}).text
    assert own in found
    assert f"{own}可能" in found or f"{own}不在" in found or f"{own}列在" in found
    english = client.get("/watch/mps-ifs").text
    assert "<h1><bdi>Ministry of Public Security&#39;s Institute" in english


def test_what_programs_read_is_english(client: TestClient) -> None:
    """Whatever the client prefers."""
    for path in ("/status", "/events", "/sources", "/polls"):
        told = client.get(path, headers={**CHINESE, "Accept": "application/json"})
        assert not re.search(r"[\u4e00-\u9fff]", told.text)


def test_a_feed_is_in_the_language_of_its_url(client: TestClient) -> None:
    """Ids stay; the pages that it leads to are in its language."""
    english, chinese = client.get("/feed.atom").text, client.get("/feed.atom?lang=zh").text
    assert 'xml:lang="zh-Hans"' in chinese
    assert "实体清单监测：全部事件" in chinese
    assert re.findall(r"<id>[^<]*</id>", english) == re.findall(r"<id>[^<]*</id>", chinese)
    assert re.search(r"/event/ev_[0-9a-f]+\?lang=zh", chinese)
    assert 'xml:lang="en"' in client.get("/feed.atom", headers=CHINESE).text


def test_a_problem_is_told_in_the_readers_language(client: TestClient) -> None:
    """As a page; a problem document is English."""
    page = client.get("/event/none?lang=zh", headers={"Accept": "text/html"})
    assert (page.status_code, "没有此 id 的事件。" in page.text) == (404, True)
    told = client.get("/event/none?lang=zh", headers={"Accept": "application/json"})
    assert told.json()["detail"] == "No event has that id."
