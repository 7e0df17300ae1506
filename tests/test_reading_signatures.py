"""Signature dictionaries as evidence: made with a certificate of our own."""

from __future__ import annotations

import datetime
import io

import pytest

from pipeline.reading.read import read_bytes
from pipeline.reading.signatures import iso_time
from pipeline.records import Evidence
from pipeline.settings import Settings

pikepdf = pytest.importorskip("pikepdf", reason="needs the development extras")


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("D:20260721142426+07'00'", "2026-07-21T14:24:26+07:00"), ("D:20260721142426Z", "2026-07-21T14:24:26+00:00"),
        ("D:20260721", "2026-07-21"), ("20260721142426", "2026-07-21T14:24:26"), ("", None), ("hôm qua", None),
    ],
)  # fmt: skip
def test_times(stamp: str, time: str | None) -> None:
    assert iso_time(stamp) == time


def pkcs7_bundle() -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Trần Quốc Hưng"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SỞ NỘI VỤ")]
    )
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA của chúng tôi")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().public_key(key.public_key()).not_valid_before(day).not_valid_after(day + datetime.timedelta(365))
    leaf = builder.subject_name(subject).issuer_name(issuer).serial_number(2).sign(key, hashes.SHA256())
    root = builder.subject_name(issuer).issuer_name(issuer).serial_number(1).sign(key, hashes.SHA256())
    return pkcs7.serialize_certificates([root, leaf], serialization.Encoding.DER)


def signed(contents: bytes, time: str) -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        Contents=pikepdf.String(contents), ByteRange=[0, 1, 2, 3], M=pikepdf.String(time),
    )  # fmt: skip
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T="ky1",
        Rect=[0, 0, 0, 0],
        V=document.make_indirect(value),
    )
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(field)])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.pages[0].obj.Annots[0]], SigFlags=3)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_who_and_when_are_evidence() -> None:
    data = signed(pkcs7_bundle() + b"\0" * 400, "D:20260721142426+07'00'")
    evidence = read_bytes(data, "a.pdf", Settings(processes=1)).evidence
    assert evidence == (
        Evidence(origin="signature 1", field="signed_at", value="2026-07-21T14:24:26+07:00"),
        Evidence(origin="signature 1", field="signer", value="Trần Quốc Hưng"),
        Evidence(origin="signature 1", field="organization", value="SỞ NỘI VỤ"),
    )


@pytest.mark.parametrize("contents", [b"\0" * 50, b"\x30\x82\xff\xff", b"x"])
def test_a_broken_signature_says_nothing(contents: bytes) -> None:
    assert read_bytes(signed(contents, "không rõ"), "a.pdf", Settings(processes=1)).evidence == ()
