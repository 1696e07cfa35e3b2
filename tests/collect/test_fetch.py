"""URLs: bounded in time, size and redirects; never into a private network; nothing sent along."""

import gzip
import socket
import ssl
import threading
import time
import zlib

import pytest

from onrecord import errors
from onrecord.collect import from_url
from onrecord.collect.addresses import is_public
from onrecord.collect.fetch import fetch, parse_target
from onrecord.settings import Settings

PAGE = (
    b"<!doctype html><html><head><title>Harbour</title></head><body><article><h1>Harbour</h1><p>The mayor of "
    b"Exampletown said on Friday that the harbour would be closed in June.</p></article></body></html>"
)
HTML = {"Content_Type": "text/html; charset=utf-8"}
QUICK = Settings(timeout=20.0, max_bytes=100_000, max_redirects=3)


def get(url, settings=QUICK):
    return fetch(url, settings=settings, allow_private_addresses=True)


def test_a_page_becomes_an_article(site):
    article = from_url(site.page("/a", PAGE, **HTML), settings=QUICK, allow_private_addresses=True)
    assert "the harbour would be closed" in article.text
    assert article.url == site.url("/a")


def test_the_canonical_address_is_resolved_on_the_last_one(site):
    site.page("/b/c", PAGE.replace(b"<title>", b'<link rel="canonical" href="d"><title>'), **HTML)
    article = from_url(site.redirect("/a", "/b/c"), settings=QUICK, allow_private_addresses=True)
    assert article.url == site.url("/b/d")


@pytest.mark.parametrize(
    "media_type", ["text/plain; charset=utf-8", "TEXT/HTML", "application/xhtml+xml", "text/markdown"]
)
def test_media_types_that_are_read(site, media_type):
    assert get(site.page("/a", b"The man said no.", Content_Type=media_type)).content_type == media_type


def test_a_missing_media_type_is_sniffed(site):
    assert from_url(site.page("/a", PAGE), settings=QUICK, allow_private_addresses=True).text
    with pytest.raises(errors.NotText, match="PDF"):
        from_url(site.page("/b", b"%PDF-1.7"), settings=QUICK, allow_private_addresses=True)


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/png", "application/json", "application/octet-stream", "a"]
)
def test_other_media_types_are_refused(site, media_type):
    with pytest.raises(errors.BadMediaType, match=media_type):
        get(site.page("/a", b"%PDF-1.7", Content_Type=media_type))


@pytest.mark.parametrize("status", [404, 403, 410, 500, 503, 204, 304, 999])
def test_errors_of_the_server(site, status):
    with pytest.raises(errors.HttpStatus, match=str(status)):
        get(site.page("/a", b"", status=status))


def test_redirects_are_followed(site):
    site.page("/c", PAGE, **HTML)
    site.redirect("/b", "c#part", 308)
    answer = get(site.redirect("/a", site.url("/b"), 301))
    assert (answer.url.partition("#")[0], answer.data) == (site.url("/c"), PAGE)


def test_endless_redirects(site):
    with pytest.raises(errors.TooManyRedirects, match="more than 3 times"):
        get(site.redirect("/a", "/a"))
    assert len(site.requests) == 4


def test_a_redirect_to_nowhere(site):
    with pytest.raises(errors.HttpStatus):
        get(site.page("/a", b"", status=302))


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://example.org/", "//user:word@example.org/", "http://[", "data:text/plain,x"],
)
def test_redirects_to_what_is_not_fetched(site, location):
    with pytest.raises(errors.BadAddress):
        get(site.redirect("/a", location))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org",
        "gopher://x",
        "http://",
        "http:///a",
        "https://u:p@example.org/",
        "http://@x/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://[::1",
        "http://a b/",
        "http://exa\u0000mple.org/",
        "http://" + "a" * 300 + ".org/",
        "http://a..b/",
        "example.org/article",
        "HTTP:/x",
    ],
)
def test_what_is_not_an_address_of_the_web(url):
    with pytest.raises(errors.BadAddress):
        get(url)


def test_names_and_paths_are_made_ascii():
    target = parse_target("HTTPS://Münster.example:8443/Über uns/ä?q=ö&r=%20#frag")
    assert target[1:] == ("https", "xn--mnster-3ya.example", 8443, "/%C3%9Cber%20uns/%C3%A4?q=%C3%B6&r=%20")


def test_line_breaks_cannot_smuggle_headers(site):
    site.page("/aX-Evil:1", PAGE, **HTML)
    with pytest.raises(errors.FetchError):
        get(site.url("/a%0d%0a \r\nX-Evil: 1"))
    assert all("X-Evil" not in headers for _, headers in site.requests)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
        "255.255.255.255",
        "[ff02::1]",
        "localhost.",
    ],
)
def test_private_addresses_are_refused(host):
    with pytest.raises((errors.PrivateAddress, errors.Unreachable)) as caught:
        fetch(f"http://{host}:9/", settings=QUICK)
    # A machine without IPv6 may not even resolve such a literal; nothing else may be unreachable.
    assert isinstance(caught.value, errors.PrivateAddress) or host.startswith("[")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("8.8.8.8", True),
        ("2002:5db8:d822::", True),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:a00:1::", False),
        ("2001:0:7f00:1::", False),
        ("::7f00:1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b:1::1", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


def test_refused_on_loopback_and_nothing_is_sent(site):
    with pytest.raises(errors.PrivateAddress, match=r"127\.0\.0\.1"):
        fetch(site.page("/a", PAGE, **HTML), settings=QUICK)
    assert site.requests == []


def names(monkeypatch, table):
    """Resolve the names in `table`, each time to the next list of addresses; count the questions."""
    asked = []
    real = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        if host not in table:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        found = table[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    names(monkeypatch, {"two.example": [["93.184.216.34", "10.0.0.1"]]})
    with pytest.raises(errors.PrivateAddress, match=r"10\.0\.0\.1"):
        fetch("http://two.example/", settings=QUICK)


def test_the_connection_goes_to_the_address_that_was_checked(site, monkeypatch):
    asked = names(monkeypatch, {"rebind.example": [["127.0.0.1"], ["10.0.0.1"]]})
    site.page("/a", PAGE, **HTML)
    assert get(site.url("/a", host="rebind.example")).data == PAGE
    assert asked == ["rebind.example"]
    assert site.requests[0][1]["Host"].startswith("rebind.example:")


def test_every_redirect_is_checked_again(site, monkeypatch):
    checked = []
    monkeypatch.setattr(
        "onrecord.collect.addresses.is_public",
        lambda address: checked.append(address) is None and len(checked) < 2,
    )
    site.page("/b", PAGE, **HTML)
    with pytest.raises(errors.PrivateAddress):
        fetch(site.redirect("/a", "/b"), settings=QUICK)
    assert [path for path, _ in site.requests] == ["/a"]


def test_an_unknown_name():
    with pytest.raises(errors.Unreachable, match="name"):
        get("http://no-such-name.invalid/")


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(errors.Unreachable):
            get(f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_the_next_address_is_tried(site, monkeypatch):
    names(monkeypatch, {"two.example": [["127.0.0.9", "127.0.0.1"]]})
    site.page("/a", PAGE, **HTML)
    assert get(site.url("/a", host="two.example")).data == PAGE


def test_too_large_by_its_own_account(site):
    with pytest.raises(errors.TooLarge, match="100,001 bytes"):
        get(site.page("/a", b"x" * 100_001, **HTML))


def test_too_large_without_a_length(site):
    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not site.over.is_set():
            request.wfile.write(b"x" * 10_000)

    site.routes["/a"] = answer
    with pytest.raises(errors.TooLarge, match="more than 100,000 bytes"):
        get(site.url("/a"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_compressed_answers(site, encoding):
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(PAGE, mtime=0),
        "deflate": zlib.compress(PAGE),
        "raw deflate": raw.compress(PAGE) + raw.flush(),
    }
    assert get(site.page("/a", packed[encoding], Content_Encoding=encoding.split()[-1], **HTML)).data == PAGE


def test_gzip_in_members(site):
    packed = gzip.compress(PAGE[:40], mtime=0) + gzip.compress(PAGE[40:], mtime=0)
    assert get(site.page("/a", packed, Content_Encoding="gzip", **HTML)).data == PAGE
    assert get(site.page("/a", packed + b"\0" * 9, Content_Encoding="gzip", **HTML)).data == PAGE


def test_a_compression_bomb(site):
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    started = time.monotonic()
    with pytest.raises(errors.TooLarge):
        get(site.page("/a", bomb, Content_Encoding="gzip", **HTML))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PAGE, mtime=0)[:-20],
        b"no gzip at all",
        gzip.compress(PAGE, mtime=0)[:30] + b"\xff" * 50,
    ],
)
def test_damaged_compression(site, body):
    with pytest.raises(errors.Unreachable, match="the answer"):
        get(site.page("/a", body, Content_Encoding="gzip", **HTML))


def test_unknown_compression(site):
    with pytest.raises(errors.BadMediaType, match="compressed as br"):
        get(site.page("/a", PAGE, Content_Encoding="br", **HTML))


def raw_server(serve):
    """A socket that accepts one connection and does what `serve` does with it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        try:
            connection, _ = listener.accept()
            with connection, listener:
                serve(connection)
        except OSError:
            pass

    threading.Thread(target=run, daemon=True).start()
    return f"127.0.0.1:{listener.getsockname()[1]}"


def drip(head, piece):
    def serve(connection):
        if head is not None:
            connection.recv(4096)
            connection.sendall(head)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(0.05)

    return serve


SLOW = {
    "never answers": lambda connection: time.sleep(5),
    "drips its headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "drips its body": drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
}


@pytest.mark.parametrize("how", SLOW)
def test_one_deadline_for_everything(how):
    started = time.monotonic()
    with pytest.raises(errors.TimedOut, match=r"within 0\.5 seconds"):
        get(f"http://{raw_server(SLOW[how])}/", Settings(timeout=0.5))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "serve", [lambda connection: time.sleep(5), drip(None, b"\x16\x03\x03\x40")], ids=["silent", "drips"]
)
def test_a_slow_handshake(serve):
    started = time.monotonic()
    with pytest.raises((errors.TimedOut, errors.Unreachable)):
        get(f"https://{raw_server(serve)}/", Settings(timeout=0.5))
    assert time.monotonic() - started < 5


def test_a_slow_resolver(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    started = time.monotonic()
    with pytest.raises(errors.TimedOut):
        get("http://slow.example/", Settings(timeout=0.3))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 500_000,
    ],
)
def test_answers_that_are_no_http(answer):
    def serve(connection):
        connection.recv(4096)
        connection.sendall(answer)

    with pytest.raises(errors.Unreachable):
        get(f"http://{raw_server(serve)}/")


def test_nothing_is_sent_along(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.page("/b", PAGE, Set_Cookie="c=d", **HTML)
    get(site.page("/a", b"", status=302, Location="/b", Set_Cookie="a=b"))
    for _, headers in site.requests:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["User-Agent"] == "onrecord"


def test_certificates_are_verified_for_the_name(monkeypatch, tmp_path):
    trustme = pytest.importorskip("trustme", reason="trustme makes the test's certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("good.example").configure_cert(context)
    asked = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)

    def serve(connection):
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(4096)
            secure.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
            )

    names(monkeypatch, {"good.example": [["127.0.0.1"]] * 2, "bad.example": [["127.0.0.1"]]})
    port = raw_server(serve).partition(":")[2]
    with pytest.raises(errors.Unreachable, match="certificate"):
        get(f"https://good.example:{port}/")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    port = raw_server(serve).partition(":")[2]
    assert get(f"https://good.example:{port}/").data == PAGE
    port = raw_server(serve).partition(":")[2]
    with pytest.raises(errors.Unreachable, match="certificate"):
        get(f"https://bad.example:{port}/")
    assert asked == ["good.example", "good.example", "bad.example"]
