"""ZIP archives and edXML packages, and files that are nothing we read."""

# ruff: noqa: E501 - cases are set one to a line

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ReadingError, SecrecyError
from pipeline.pages import SourceDocument
from pipeline.reading.kinds import kind_of
from pipeline.reading.read import read_all, read_bytes, read_document
from pipeline.settings import Settings

SETTINGS = Settings(processes=1)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


PLAN = "KẾ HOẠCH\nThực hiện công tác năm 2026".encode()


def test_members_are_documents_of_their_own(tmp_path: Path) -> None:
    inner = zipped({"trong.txt": PLAN})
    path = tmp_path / "gói.zip"
    path.write_bytes(zipped({"một.txt": PLAN, "thư mục/hai.zip": inner, "__MACOSX/._một.txt": b"x", "ba.exe": b"MZ" + b"\0" * 99}))
    found = list(read_all(path, SETTINGS, name="gói.zip"))
    assert [f.name if isinstance(f, SourceDocument) else (f.where, f.reason) for f in found] == [
        "gói.zip/một.txt", "gói.zip/thư mục/hai.zip/trong.txt", ("gói.zip/ba.exe", "unknown-kind"),
    ]  # fmt: skip


def test_one_member_can_be_read_as_the_document() -> None:
    document = read_bytes(zipped({"một.txt": PLAN}), "gói.zip", SETTINGS)
    assert document.name == "gói.zip/một.txt" and document.pages[0].text.startswith("KẾ HOẠCH")


def nested(depth: int) -> bytes:
    data = zipped({"a.txt": PLAN})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


REFUSED = [
    ("several documents", zipped({"a.txt": PLAN, "b.txt": PLAN}), "several-documents"),
    ("nothing in it", zipped({}), "no-documents"),
    ("nested twice", nested(2), "zip-nested"),
    ("leads upwards", zipped({"../a.txt": PLAN}), "path"),
    ("absolute", zipped({"/etc/a.txt": PLAN}), "path"),
    ("drive", zipped({"C:\\a.txt": PLAN}), "path"),
    ("bomb", zipped({"a.txt": b"0" * 30_000_000}), "bomb"),
    ("too many", zipped({f"{k}.txt": PLAN for k in range(501)}), "zip-too-many"),
    ("cut short", zipped({"a.txt": PLAN})[:-30], "bad-zip"),
    ("workbook", zipped({"xl/workbook.xml": b"<a/>"}), "unknown-kind"),
    ("empty", b"", "empty"),
    ("program", b"MZ" + b"\0" * 99, "unknown-kind"),
    ("binary", bytes(range(256)) * 9, "binary"),
    ("other office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown-kind"),
    ("encrypted office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
]


@pytest.mark.parametrize(("title", "data", "reason"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused_with_one_line(title: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "vào.zip", SETTINGS)
    assert caught.value.reason == reason
    assert caught.value.line().startswith("vào.zip") and "\n" not in caught.value.line()


def test_total_size_of_a_zip_is_bounded() -> None:
    settings = Settings(max_bytes=200_000)
    members = {f"{k}.txt": bytes(str(k), "ascii") + b"abc defg " * 12_000 for k in range(4)}
    with pytest.raises(ReadingError) as caught:
        read_bytes(zipped(members), "a.zip", settings)
    assert caught.value.reason == "bomb"


def test_too_large_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PLAN)
    with pytest.raises(ReadingError) as caught:
        read_document(path, Settings(max_bytes=10))
    assert caught.value.reason == "too-large"
    (error,) = read_all(tmp_path / "không có.txt", SETTINGS)
    assert isinstance(error, ReadingError) and error.reason == "unreadable"


def test_text_has_one_page_for_each_form_feed() -> None:
    document = read_bytes("trang một\ftrang hai\f".encode(), "a.txt", SETTINGS)
    assert [(p.number, p.text) for p in document.pages] == [(1, "trang một"), (2, "trang hai")]
    assert document.media_type == "text/plain"


def edxml(attachments: str, extra: str = "", prefix: str = "edXML") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{extra}
<{prefix}:edXML xmlns:{prefix}="http://www.mic.gov.vn/TBT/QCVN_102_2016"><{prefix}:edXMLEnvelope><{prefix}:edXMLHeader><{prefix}:MessageHeader>
<{prefix}:From><{prefix}:OrganId>000.00.05.H38</{prefix}:OrganId><{prefix}:OrganName>Sở Nội vụ</{prefix}:OrganName></{prefix}:From>
<{prefix}:To><{prefix}:OrganName>UBND xã Hòa Bình</{prefix}:OrganName></{prefix}:To>
<{prefix}:Code><{prefix}:CodeNumber>12</{prefix}:CodeNumber><{prefix}:CodeNotation>SNV-TH</{prefix}:CodeNotation></{prefix}:Code>
<{prefix}:PromulgationInfo><{prefix}:PromulgationDate>2026/02/03</{prefix}:PromulgationDate></{prefix}:PromulgationInfo>
<{prefix}:DueDate>N/A</{prefix}:DueDate></{prefix}:MessageHeader></{prefix}:edXMLHeader></{prefix}:edXMLEnvelope>
<{prefix}:AttachmentEncoded>{attachments}</{prefix}:AttachmentEncoded></{prefix}:edXML>""".encode()


def enclosed(name: str, data: bytes) -> str:
    return f"<edXML:Attachment><edXML:AttachmentName>{name}</edXML:AttachmentName><edXML:Content>{base64.b64encode(data).decode()}</edXML:Content></edXML:Attachment>"


def test_edxml_attachments_are_the_document_and_the_header_is_evidence() -> None:
    data = edxml(
        enclosed("thư.txt", PLAN) + enclosed("phụ lục.txt", "Phụ lục I\fPhụ lục II".encode()) + enclosed("bảng.bin", bytes(range(256)) * 9)
    )
    document = read_bytes(data, "gói.edxml", SETTINGS)
    assert [(p.number, p.text.split("\n")[0]) for p in document.pages] == [(1, "KẾ HOẠCH"), (2, "Phụ lục I"), (3, "Phụ lục II")]
    assert document.media_type == "application/edxml+xml"
    values = {e.field: e.value for e in document.evidence if e.origin == "edxml"}
    assert values["Code.CodeNumber"] == "12" and values["From.OrganName"] == "Sở Nội vụ" and values["To.OrganName"] == "UBND xã Hòa Bình"
    assert values["PromulgationInfo.PromulgationDate"] == "2026/02/03"
    assert values["unread attachment"].startswith("bảng.bin")


BAD_EDXML = [
    ("no attachment", edxml(""), "no-attachment"),
    ("entities", edxml(enclosed("a.txt", PLAN), '<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "bad-edxml"),
    ("not base64", edxml("<edXML:Attachment>đây không phải mã</edXML:Attachment>"), "bad-edxml"),
    ("cut short", edxml(enclosed("a.txt", PLAN))[:-20], "bad-edxml"),
    ("first attachment unreadable", edxml(enclosed("a.exe", b"MZ" + b"\0" * 99)), "unknown-kind"),
]


@pytest.mark.parametrize(("title", "data", "reason"), BAD_EDXML, ids=[b[0] for b in BAD_EDXML])
def test_bad_edxml(title: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "gói.edxml", SETTINGS)
    assert caught.value.reason == reason


def test_a_marked_attachment_stops_the_package() -> None:
    data = edxml(enclosed("thư.txt", PLAN) + enclosed("kín.txt", "SỞ NỘI VỤ\nMẬT\nKính gửi: Các phòng.".encode()))
    with pytest.raises(SecrecyError):
        read_bytes(data, "gói.edxml", SETTINGS)


KINDS = [
    (b"%PDF-1.7 x", "pdf"), (b"\n\n%PDF-1.4", "pdf"), (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff\xe0", "image"), (b"II*\0", "image"),
    (b"MM\0*", "image"), (b"{\\rtf1", "doc"), ("Kế hoạch".encode(), "text"), ("\ufeffKế hoạch".encode("utf-16"), "text"), (b"<html>", "text"),
    (b"BM is a word here", "text"), (b"Rar!\x1a\x07", "unknown"), (edxml(""), "edxml"), (edxml("").decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"), "edxml"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kinds_by_content(data: bytes, kind: str) -> None:
    assert kind_of(data)[0] == kind


def test_archive_that_holds_a_plain_pdf() -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.pdf", b"%PDF-1.4\n")
    assert kind_of(buffer.getvalue())[0] == "zip"
    assert kind_of(b"garbage %PDF-1.7\n")[0] == "pdf"


def packed(size: int, seed: int) -> bytes:
    """A text of `size` bytes that packs to about an eighth, so that the ratio alone does not refuse it."""
    words = [f"{seed}{k % 89}{k % 7}" for k in range(size // 5)]
    return " ".join(words).encode()[:size]


def inner_zip(seed: int, size: int) -> bytes:
    return zipped({f"{seed}.txt": packed(size, seed)})


def test_zips_in_one_zip_share_the_bound_on_its_size(tmp_path: Path) -> None:
    """Each of the inner ones is within the bound, all together are not; one of nearly the size of the bound is read."""
    settings = Settings(max_bytes=200_000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{k}.zip": inner_zip(k, 90_000) for k in range(4)}))
    found = list(read_all(path, settings, "a.zip"))
    assert [f.reason if isinstance(f, ReadingError) else f.name for f in found] == [
        "a.zip/0.zip/0.txt",
        "a.zip/1.zip/1.txt",
        "bomb",
        "bomb",
    ]
    assert read_bytes(zipped({"1.zip": inner_zip(1, 190_000)}), "a.zip", settings).pages


def test_zips_in_one_package_share_the_bound_on_its_size() -> None:
    data = edxml("".join(enclosed(f"{k}.zip", inner_zip(k, 90_000)) for k in range(4)))
    document = read_bytes(data, "a.edxml", Settings(max_bytes=200_000))
    unread = [e.value for e in document.evidence if e.field == "unread attachment"]
    assert len(document.pages) == 2 and len(unread) == 2 and "unpacks to far more" in unread[0]


def test_a_zip_kept_in_a_zip_counts_once() -> None:
    """What is kept unpacked is as large inside as outside: its bytes are not counted a second time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", packed(150_000, 1))
    assert read_bytes(zipped({"a.zip": out.getvalue()}), "b.zip", Settings(max_bytes=200_000)).pages


def test_what_breaks_the_reader_inside_a_zip_is_one_line(tmp_path: Path) -> None:
    """Elements deeper than the stack in a Word file: the member is named, the others are read."""
    deep = zipped(
        {
            "word/document.xml": (
                "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p>"
                + "<w:smartTag>" * 3000
                + "</w:smartTag>" * 3000
                + "</w:p></w:body></w:document>"
            ).encode()
        }
    )
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"1.docx": deep, "2.txt": PLAN}))
    first, second = read_all(path, SETTINGS, "a.zip")
    assert isinstance(first, ReadingError) and (first.where, first.reason) == ("a.zip/1.docx", "internal-error")
    assert isinstance(second, SourceDocument)
