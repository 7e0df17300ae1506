"""Issuers that the letters of a number name: bodies of a province (domain rule 2.4)."""

from __future__ import annotations

import pytest

from pipeline.extraction.citing.mention import CitationMention
from pipeline.names.canonical import long_form
from pipeline.names.locality import Locality
from pipeline.resolution.directives import issuer_by_symbol, local_body, resolve

LANG_SON = Locality(province="tỉnh Lạng Sơn", own="province")


@pytest.mark.parametrize(
    ("symbol", "body"),
    [
        ("BC-SNNMT", "Sở Nông nghiệp và Môi trường"),
        ("SGTVT-KHTC", "Sở Giao thông vận tải"),
        ("TTr-STC", "Sở Tài chính"),
        ("BC-SKH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("CV/BTGDVTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        ("BC-CAT", "Công an tỉnh"),
    ],
)
def test_letters_of_a_number_name_a_body_of_the_province(symbol: str, body: str) -> None:
    assert local_body(symbol) == body


@pytest.mark.parametrize("symbol", ["QĐ-UBND", "UBND-KT", "BC/ĐU", "NĐ-CP", "QCPH-BGTVT-UBND", "BHXH-QLT", ""])
def test_other_letters_name_none(symbol: str) -> None:
    assert local_body(symbol) is None


def test_social_insurance_of_a_province_writes_the_same_letters_as_the_national_one() -> None:
    assert issuer_by_symbol("BHXH-QLT") is None


def mention(symbol: str) -> CitationMention:
    return CitationMention(0, 9, "Báo cáo số 512/" + symbol, "Báo cáo", "numbered", "512/" + symbol, symbol)


def test_the_province_is_that_of_the_citing_document() -> None:
    found = [mention("BC-SNNMT")]
    resolve(found, lambda name: long_form(name, LANG_SON), local=True)
    assert found[0].issuer == "Sở Nông nghiệp và Môi trường tỉnh Lạng Sơn"


def test_without_a_province_nobody_is_named() -> None:
    for where, local in ((Locality(), True), (LANG_SON, False)):
        found = [mention("BC-SNNMT")]
        resolve(found, lambda name, where=where: long_form(name, where), local=local)
        assert found[0].issuer is None
