"""Zip files, byte for byte: entries by name, one date, one mode, nothing of the machine that wrote them.

The format is written here and not by a library, so that the bytes depend on the entries alone; a compressed
entry can be taken over from another archive as it stands.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zopfli.zlib import compress

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FIELDS, _CENTRAL_FIELDS, _END_FIELDS = "<5H3I2H", "<6H3I5H2I", "<4H2IH"
_LOCAL_SIZE = len(_LOCAL) + struct.calcsize(_LOCAL_FIELDS)
_NAME_LENGTHS_AT = 26
_VERSION = 20  # 2.0: deflate
_MADE_BY = (3 << 8) | _VERSION  # Unix: modes are meaningful
_UTF8_NAMES = 0x0800
_DATE_1980, _TIME_0 = (1 << 5) | 1, 0
_MODE = 0o100644 << 16  # code is read, never run as a program
_LEVEL = 9
_TRIES = 60
_ZLIB_HEAD, _ZLIB_CHECK = 2, 4  # bytes around what deflate gives


@dataclass(frozen=True)
class Entry:
    """A file of an archive, as stored."""

    name: str
    method: int
    crc: int
    size: int
    stored: bytes

    def content(self) -> bytes:
        """The file's bytes."""
        return (
            zlib.decompress(self.stored, -zlib.MAX_WBITS)
            if self.method == zipfile.ZIP_DEFLATED
            else self.stored
        )


def deflated(name: str, content: bytes) -> Entry:
    """An entry of these bytes, compressed."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    stored = squeeze.compress(content) + squeeze.flush()
    return Entry(name, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), stored)


def squeezed(name: str, content: bytes) -> Entry:
    """An entry of these bytes, compressed as far as deflate allows: 2 % smaller, and 200 times slower."""
    stored = compress(content, numiterations=_TRIES)[_ZLIB_HEAD:-_ZLIB_CHECK]
    return Entry(name, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), stored)


def read_entries(file: Path) -> list[Entry]:
    """The files of an archive, still compressed; folders are left out."""
    data = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    return [_entry(data, info) for info in infos]


def archive_bytes(entries: Iterable[Entry]) -> bytes:
    """An archive of these entries, whatever order they come in."""
    body, directory, count = bytearray(), bytearray(), 0
    for entry in sorted(entries, key=lambda entry: entry.name):
        name, offset, count = entry.name.encode(), len(body), count + 1
        about = (
            _UTF8_NAMES,
            entry.method,
            _TIME_0,
            _DATE_1980,
            entry.crc,
            len(entry.stored),
            entry.size,
            len(name),
            0,
        )
        body += _LOCAL + struct.pack(_LOCAL_FIELDS, _VERSION, *about) + name + entry.stored
        directory += (
            _CENTRAL + struct.pack(_CENTRAL_FIELDS, _MADE_BY, _VERSION, *about, 0, 0, 0, _MODE, offset) + name
        )
    end = struct.pack(_END_FIELDS, 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + _END + end


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    lengths = struct.unpack_from("<2H", data, info.header_offset + _NAME_LENGTHS_AT)
    start = info.header_offset + _LOCAL_SIZE + sum(lengths)
    stored = data[start : start + info.compress_size]
    return Entry(info.filename, info.compress_type, info.CRC, info.file_size, stored)
