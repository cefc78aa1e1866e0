"""From the bytes on the wire to JSON."""

import gzip
import zlib

import pytest

from touchline.domain.collect.errors import CollectCode, Faulty
from touchline.domain.collect.unpacking import unpack

TEXT = b'{"event":"Signed Up"}'
LIMIT = 1_000


def raw_deflate(text: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(text) + machine.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (TEXT, "gzip"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), " GZIP "),
        (gzip.compress(TEXT, mtime=0), ""),
        (gzip.compress(TEXT[:9], mtime=0) + gzip.compress(TEXT[9:], mtime=0), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (b"\xef\xbb\xbf" + TEXT, ""),
    ],
)
def test_each_way_of_packing_gives_the_same_text(body: bytes, encoding: str) -> None:
    assert unpack(body, encoding, LIMIT) == TEXT


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (gzip.compress(TEXT, mtime=0)[:-4], "gzip", CollectCode.MALFORMED_ENCODING),
        (b"\x1f\x8b nonsense", "", CollectCode.MALFORMED_ENCODING),
        (b"nonsense", "deflate", CollectCode.MALFORMED_ENCODING),
        (gzip.compress(b"", mtime=0) * 10_000, "gzip", CollectCode.MALFORMED_ENCODING),
        (TEXT, "br", CollectCode.UNSUPPORTED_ENCODING),
        (b" " * (LIMIT + 1), "", CollectCode.BATCH_TOO_LARGE),
        (gzip.compress(b" " * (LIMIT + 1), mtime=0), "gzip", CollectCode.BATCH_TOO_LARGE),
        (zlib.compress(b" " * 100_000_000), "deflate", CollectCode.BATCH_TOO_LARGE),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, encoding: str, code: CollectCode) -> None:
    with pytest.raises(Faulty) as refusal:
        unpack(body, encoding, LIMIT)
    assert refusal.value.fault.code is code


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    assert unpack(gzip.compress(b" " * LIMIT, mtime=0), "gzip", LIMIT) == b" " * LIMIT
