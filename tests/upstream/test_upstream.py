"""The upstream itself: what tests rest on must answer as the real hosts do, and fail as told."""

import csv
import gzip
import io
import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha224
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest

from monitor.errors import SourceFault
from monitor.sources.fetch import Fetcher
from tests.upstream import rules
from tests.upstream.__main__ import Control
from tests.upstream.ecfr_xml import row_for
from tests.upstream.parties import (
    INSTITUTE,
    INSTITUTE_AS_CSL_HAD_IT,
    canaries,
    filler,
    institute,
    neighbors,
)
from tests.upstream.server import Upstream

AGENT = "entity-list-monitor tests (someone@example.org)"
PART = {"part": "744", "appendix": "Supplement No. 4 to Part 744"}
NAMES = {entry.name for entry in (*canaries(), *neighbors(), *filler(40))}


@pytest.fixture
def up() -> Iterator[Upstream]:
    """A furnished world that is served."""
    with Upstream(date(2023, 11, 20)).is_furnished() as world:
        yield world


def ask(url: str, **headers: str) -> httpx.Response:
    """One plain request with a named agent; header names with `_` for `-`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(
        url,
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **sent},
        timeout=5,
        verify=False,
    )


def el_names(up: Upstream) -> set[str]:
    """Names on the Entity List, read from the file as served."""
    rows = ask(up.csl_url).json()["results"]
    return {row["name"] for row in rows if "(EL)" in row["source"]}


def full(up: Upstream, day: str, **params: str) -> httpx.Response:
    """The full text of a day."""
    query = urlencode(params or PART)
    return ask(f"{up.base_url}/api/versioner/v1/full/{day}/title-15.xml?{query}")


def documents(up: Upstream, **params: Any) -> dict[str, Any]:
    """The documents API, asked for the bureau's rules on part 744."""
    query = {
        "conditions[agencies][]": rules.BUREAU,
        "conditions[type][]": "RULE",
        "conditions[cfr][title]": "15",
        "conditions[cfr][part]": "744",
        "order": "newest",
        **params,
    }
    answer = ask(f"{up.base_url}/api/v1/documents.json?{urlencode(query, doseq=True)}")
    said: dict[str, Any] = answer.json()
    return said


# -- the CSL


def test_the_csl_has_the_published_envelope_and_true_ids(up: Upstream) -> None:
    """Rows carry exactly the keys of an Entity List row, and the importer's hash as their id."""
    said = ask(up.csl_url).json()
    assert set(said) == {"results", "search_performed_at", "sources_used", "offset", "total"}
    assert said["total"] == len(said["results"])
    row = next(r for r in said["results"] if r["name"] == INSTITUTE_AS_CSL_HAD_IT)
    assert {"type", "programs", "entity_number", "end_date", "ids"}.isdisjoint(row)
    assert (
        row["id"] == sha224((row["name"] + "85 FR 34505; 85 FR 44159").lower().encode()).hexdigest()
    )
    assert row["addresses"][0]["country"] == "CN"
    assert {r["source"].split("(")[1][:3] for r in said["results"]} == {
        "EL)", "UVL", "MEU", "DPL", "SDN",
    }  # fmt: skip


def test_the_csv_says_the_same_by_other_means(up: Upstream) -> None:
    """As many rows, the same names, multi-valued fields joined."""
    lines = list(csv.DictReader(io.StringIO(ask(up.csl_csv_url).text)))
    assert {line["name"] for line in lines if "(EL)" in line["source"]} == el_names(up)
    found = next(line for line in lines if line["name"] == INSTITUTE_AS_CSL_HAD_IT)
    assert found["alt_names"].count("; ") == 1


def test_an_unchanged_file_is_a_304_and_a_changed_one_is_not(up: Upstream) -> None:
    """The validator is of the bytes; a rebuild with new stamps changes it."""
    first = ask(up.csl_url)
    again = ask(up.csl_url, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    up.csl.is_rebuilt(datetime(2023, 11, 20, 13, 15, tzinfo=UTC))
    later = ask(up.csl_twin_url, If_None_Match=first.headers["ETag"])
    assert later.status_code == 200
    assert later.json()["results"] == first.json()["results"]


def test_a_removed_row_vanishes_and_an_amended_one_gets_another_id(up: Upstream) -> None:
    """The lost apostrophe does not hinder; the id follows the notice."""
    up.delists(INSTITUTE)
    assert el_names(up) == NAMES
    before = {r["name"]: r["id"] for r in ask(up.csl_url).json()["results"]}
    up.amends(canaries()[0].name, citations=("90 FR 1",))
    after = {r["name"]: r["id"] for r in ask(up.csl_url).json()["results"]}
    assert {name for name in after if after[name] != before[name]} == {canaries()[0].name}
    with pytest.raises(LookupError, match="no row of EL"):
        up.delists(INSTITUTE)


def test_content_faults_last_until_the_host_recovers(up: Upstream) -> None:
    """Lost lists, halves, other ids, other spellings: whole files, wrongly published."""
    sound = up.csl.file()
    up.csl.halves_list("EL")
    assert len(el_names(up)) == (len(NAMES) + 1) // 2
    up.csl.drops_list("EL")
    assert el_names(up) == set()
    up.csl.recovers()
    assert up.csl.file() == sound
    up.csl.renumbers().loses_metadata().declares_total(7).writes_no_aliases_as_blank()
    said = ask(up.csl_url).json()
    assert (said["total"], "sources_used" in said) == (7, False)
    assert not {r["id"] for r in said["results"] if "(EL)" in r["source"]} & {
        r["id"] for r in json.loads(sound)["results"]
    }
    assert [""] in [r["alt_names"] for r in said["results"]]


# -- faults on the way


def fetched(up: Upstream, **limits: Any) -> bytes:
    """What the product's own fetcher makes of the CSL now."""
    options = {"timeout": 1.0, "max_bytes": 10_000_000, "retries": 0, **limits}
    with Fetcher(
        user_agent=AGENT, sleep=lambda _: None, monotonic=time.monotonic, **options
    ) as fetcher:
        return fetcher.get(up.csl_url).body


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda csl: csl.answers(503, retry_after=2), "answered 503"),
        (lambda csl: csl.cuts_body(with_length=True), "connection failed|bytes came"),
        (lambda csl: csl.half_gzip(), "before its trailer"),
        (lambda csl: csl.hangs(30), "no whole answer"),
        (lambda csl: csl.drips(0.3), "no whole answer"),
        (lambda csl: csl.resets(), "connection failed"),
        (lambda csl: csl.oversized(11_000_000), "max_bytes"),
        (lambda csl: csl.oversized(11_000_000, declared=False, packed=True), "max_bytes"),
        (lambda csl: csl.redirects_to("http://elsewhere.example/x"), "another host"),
    ],
)
def test_faults_are_seen_on_the_wire_and_pass(up: Upstream, spoil: Any, told: str) -> None:
    """Each fault reaches a careful client as what it is, and is over when told so."""
    spoil(up.csl)
    with pytest.raises(SourceFault, match=told):
        fetched(up)
    up.csl.recovers()
    assert fetched(up) == up.csl.file()


def test_a_cut_body_without_a_length_looks_whole(up: Upstream) -> None:
    """The trap of the real host: 200, no error on the way, half a file."""
    up.csl.cuts_body(with_length=False, at=0.25)
    whole = up.csl.file()
    assert fetched(up) == whole[: len(whole) // 4]


def test_a_reset_is_a_reset(up: Upstream) -> None:
    """The connection is torn down, not closed in order."""
    up.csl.resets()
    host, port = up.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 2) as raw:
        raw.sendall(f"GET {up.csl_url} HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n".encode())
        with pytest.raises(ConnectionResetError):
            raw.recv(100)


def test_faults_are_counted_and_aimed(up: Upstream) -> None:
    """`times` ends a fault, `on` spares the other addresses, and the next in line takes over."""
    up.csl.answers(500, times=1).answers(404, on="/downloadable")
    statuses = [ask(url).status_code for url in (up.csl_url, up.csl_url, up.csl_twin_url)]
    assert statuses == [500, 404, 200]


def test_a_library_agent_is_refused_and_every_request_is_logged(up: Upstream) -> None:
    """The log tells hosts apart and keeps agents, parameters and times."""
    assert httpx.get(up.csl_url, verify=False).status_code == 403
    ask(f"{up.base_url}/api/versioner/v1/titles.json")
    ask(f"{up.base_url}/nowhere")
    assert [one.host for one in up.requests] == ["csl", "ecfr", "nowhere"]
    assert up.asked("ecfr")[0].headers["user-agent"] == AGENT
    assert up.requests[0].at <= up.requests[1].at


# -- the eCFR


def entities(body: bytes) -> list[str]:
    """The entity cells, as text."""
    rows = ET.fromstring(body).iter("TR")
    return ["".join(cell.itertext()) for row in rows for cell in row.findall("TD")[1:2]]


def test_the_supplement_has_dated_versions_in_the_true_style(up: Upstream) -> None:
    """The institute is there from its rule until the version that removes it."""
    up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 17))
    before, after = full(up, "2023-11-16"), full(up, "2023-11-17")
    assert any(cell.startswith(INSTITUTE + ", a.k.a.") for cell in entities(before.content))
    assert INSTITUTE not in after.text
    assert INSTITUTE not in full(up, "2020-06-04").text
    assert ET.fromstring(before.content).get("N") == PART["appendix"]
    assert before.text.count(">CHINA, PEOPLE'S REPUBLIC OF</TD>") == 1
    assert "85 FR 34505, 6/5/20.<br/>85 FR 44161, 7/22/20." in before.text


def test_the_versioner_refuses_what_it_must(up: Upstream) -> None:
    """Each refusal has its own status and words; none is an empty list."""
    past = full(up, "2023-11-21")
    assert (
        past.status_code,
        "past the title's most recent issue date of 2023-11-20" in past.text,
    ) == (
        404,
        True,
    )
    assert full(up, "2016-12-31").json() == {"error": "No matching content found."}
    assert full(up, "current").status_code == 400
    assert full(up, "2023-11-20", appendix=PART["appendix"]).status_code == 400
    url = f"{up.base_url}/api/versioner/v1/full/2023-11-20/title-15.xml?{urlencode(PART)}"
    unpacked = ask(url, Accept_Encoding="identity")
    assert (unpacked.status_code, "<supportCode>11</supportCode>" in unpacked.text) == (406, True)
    up.ecfr.imports()
    busy = full(up, "2023-11-20")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "120")
    titles = ask(f"{up.base_url}/api/versioner/v1/titles.json").json()
    assert titles["meta"]["import_in_progress"] is True
    up.ecfr.recovers()
    up.ecfr.blocks()
    assert "Request Access" in full(up, "2023-11-20").text


def test_versions_are_listed_up_to_the_clock(up: Upstream) -> None:
    """A version to come is hidden until its day; numbers in `meta` are strings."""
    up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 21))
    url = f"{up.base_url}/api/versioner/v1/versions/title-15.json?{urlencode(PART)}"
    said = ask(url).json()
    assert [row["date"] for row in said["content_versions"]] == ["2017-01-03", "2020-06-05"]
    assert said["meta"]["result_count"] == "2"
    up.moves_clock(date(2023, 11, 21))
    later = ask(url + "&issue_date[gte]=2023-01-01").json()
    assert [row["date"] for row in later["content_versions"]] == ["2023-11-21"]
    title = ask(f"{up.base_url}/api/versioner/v1/titles.json").json()["titles"][1]
    assert (title["number"], title["up_to_date_as_of"]) == (15, "2023-11-21")


# -- the Federal Register


def test_documents_are_filtered_paged_and_trimmed(up: Upstream) -> None:
    """Only the fields asked for; pages follow one another; nothing found has no `results`."""
    nothing = documents(up, **{"conditions[publication_date][gte]": "2024-01-01"})
    assert nothing == {"description": "Documents of type Rule", "count": 0}
    up.publishes(*rules.housekeeping(5, newest=date(2023, 11, 20)), rules.institute_removal())
    first = documents(up, per_page=4, **{"fields[]": ["document_number", "publication_date"]})
    assert (first["count"], first["total_pages"], len(first["results"])) == (6, 2, 4)
    assert set(first["results"][0]) == {"document_number", "publication_date"}
    second = ask(first["next_page_url"]).json()
    assert len(second["results"]) == 2
    assert "next_page_url" not in second
    since = documents(up, **{"conditions[publication_date][gte]": "2023-11-17"})
    assert {row["title"] for row in since["results"]} >= {"Entity List Removal"}
    assert documents(up, **{"conditions[cfr][part]": "748"})["count"] == 0
    assert "errors" in documents(up, **{"fields[]": "cfr_reference"})


def test_only_the_text_of_the_act_names_the_institute(up: Upstream) -> None:
    """Wrapped lines, an HTML page, a page number in mid-text: the name is there, once unfolded."""
    up.publishes(rules.institute_removal())
    fields = ["title", "abstract", "raw_text_url", "full_text_xml_url"]
    condition = {"conditions[publication_date][is]": "2023-11-17"}
    found = documents(up, **condition, **{"fields[]": fields})["results"][0]
    assert INSTITUTE not in found["title"] + found["abstract"]
    page = ask(found["raw_text_url"]).text
    assert page.startswith("<html>")
    assert "[[Page 80132]]" in page
    text = " ".join(unescape(re.sub(r"<[^>]*>|\[\[Page \d+\]\]", " ", page)).split())
    assert f"by removing the entry for ``{INSTITUTE}''." in text
    assert INSTITUTE in ask(found["full_text_xml_url"]).text


def test_a_filed_document_can_be_withdrawn(up: Upstream) -> None:
    """On inspection with its date; then without, and with a note; published, it is off the desk."""
    url = f"{up.base_url}/api/v1/public-inspection-documents/current.json"
    act = rules.institute_removal()
    up.files(act)
    row = ask(url).json()["results"][0]
    assert (row["filed_at"], row["publication_date"]) == (
        "2023-11-16T08:45:00.000-05:00",
        "2023-11-17",
    )
    assert INSTITUTE.split()[0] in ask(row["raw_text_url"]).text
    up.withdraws(act.number)
    gone = ask(url).json()["results"][0]
    assert (gone["filed_at"], gone["publication_date"]) == (None, None)
    assert "withdrawal" in gone["editorial_note"]
    up.publishes(act)
    assert ask(url).json()["count"] == 0


def test_a_cache_in_front_is_passed_by_a_fresh_parameter(up: Upstream) -> None:
    """Without `_` the first answer stays for good."""
    url = f"{up.base_url}/api/v1/public-inspection-documents/current.json"
    up.register.caches()
    assert ask(url).json()["count"] == 0
    up.files(rules.institute_removal())
    assert [ask(u).json()["count"] for u in (url, f"{url}?_=1700000000")] == [0, 1]


# -- scale, real data, use by hand


def test_a_full_list_is_served_quickly_and_no_two_fillers_share_a_name() -> None:
    """3,400 rows on both lists; the second request costs no rendering."""
    assert len({name for entry in filler(3_400) for name in entry.names}) == sum(
        len(entry.names) for entry in filler(3_400)
    )
    with Upstream().is_furnished(3_400) as up:
        assert len(el_names(up)) == 3_400 + len(canaries()) + len(neighbors()) + 1
        started = time.perf_counter()
        again = ask(up.csl_url)
        assert time.perf_counter() - started < 1
        assert len(again.content) > 1_000_000


def sample(name: str) -> Path:
    """A sample file beside the project; skips the test where there is none."""
    folders = (parent / "shared" / "data" for parent in Path(__file__).resolve().parents)
    found = next((folder / name for folder in folders if (folder / name).exists()), None)
    if found is None:
        pytest.skip(f"the sample {name} is not beside the project")
    return found


@pytest.mark.slow
def test_real_lists_can_be_served_and_edited() -> None:
    """The real rows of 2022 and 2023 take part in a story like any others."""
    csl = sample("csl-2022-05-16-consolidated.json.gz")
    supplement = gzip.decompress(sample("ecfr-supp4-2023-11-08-reconstructed.xml.gz").read_bytes())
    with Upstream(date(2023, 11, 20)) as up:
        up.loads_real_csl(csl, without=("Al-Faris",))
        up.loads_real_ecfr(supplement, on=date(2023, 11, 8))
        assert full(up, "2023-11-08").content.count(b"<TR>") == supplement.count(b"<TR>")
        assert row_for(institute()).entity in supplement.decode()
        up.delists(INSTITUTE, ecfr=date(2023, 11, 17))
        assert INSTITUTE in full(up, "2023-11-16").text
        assert INSTITUTE not in full(up, "2023-11-17").text
        names = el_names(up)
        assert INSTITUTE_AS_CSL_HAD_IT not in names
        assert "Al-Faris" not in names
        assert len(names) > 1_800


def test_the_controls_by_hand_do_what_they_say(up: Upstream) -> None:
    """The institute goes, comes back, and a word that is none lists the words."""
    up.control = Control(up)
    said = [
        httpx.post(f"{up.base_url}/_/{word}", verify=False).text
        for word in ("delist", "delist", "nonsense")
    ]
    assert said[0] == "delist: done\n"
    assert "not done" in said[1]
    assert "POST /_/clock" in said[2]
    assert INSTITUTE_AS_CSL_HAD_IT not in el_names(up)
    assert "done" in httpx.post(f"{up.base_url}/_/relist", verify=False).text
    assert INSTITUTE_AS_CSL_HAD_IT in el_names(up)
    assert documents(up)["results"][0]["title"] == "Addition of an Entity to the Entity List"


def test_stopping_ends_what_hangs() -> None:
    """A hanging answer does not hold up the end of a test."""
    up = Upstream().start()
    up.csl.hangs(60)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(up.csl_url, headers={"User-Agent": AGENT}, timeout=0.1, verify=False)
    started = time.perf_counter()
    up.stop()
    assert time.perf_counter() - started < 2


def test_an_error_in_here_is_not_swallowed() -> None:
    """A world that cannot answer says so when it is stopped."""
    up = Upstream().start()
    uncited = replace(rules.institute_removal(), citation="")
    up.publishes(uncited)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(f"{up.base_url}/api/v1/documents/{uncited.number}.json")
    with pytest.raises(ValueError, match="unpack"):
        up.stop()


def test_the_institute_is_to_the_letter() -> None:
    """What every other test calls the institute."""
    entry = institute()
    assert entry.name == "Ministry of Public Security's Institute of Forensic Science of China"
    assert len(entry.aliases) == 2
    assert (entry.country, entry.start_date) == ("CN", "2020-06-05")
