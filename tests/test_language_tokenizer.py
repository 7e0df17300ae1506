"""The tokenizer gives back the text it was given, and words as underthesea cuts them."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract import Extractor
from pipeline.language.build import COMPONENTS
from pipeline.language.tokenizer import WORD_ENDS, WordTokenizer, underthesea_segmenter

PIECES = [
    *("Uỷ ban nhân dân", "Ủy ban", "tỉnh", "hoà", "quý III", "đ", "ð", "Ð", "e\u0302\u0301"),
    *(" ", "  ", "\n", "\r\n", "\t", "\f", "\u00a0", "\u200b", "\u2028"),
    *("33/CT-TTg", "120-KL/TW", "ngày    tháng   năm 2021", "14/8/2023", "v.v...", "“", "”", "(qua Sở Nội vụ)"),
    *("1½", "👊", "a@b.vn", "http://x.vn/?q=1"),
]


@pytest.fixture(scope="module")
def tokenizer() -> WordTokenizer:
    return WordTokenizer(spacy.blank("xx").vocab, underthesea_segmenter())


_SHARED: list[WordTokenizer] = []


def shared() -> WordTokenizer:
    """One tokenizer for the generated texts."""
    if not _SHARED:
        _SHARED.append(WordTokenizer(spacy.blank("xx").vocab))
    return _SHARED[0]


@settings(max_examples=250, derandomize=True, deadline=None)
@given(st.text(max_size=80))
@example("")
@example("\u0301")
@example("Uy\u0309 ban  nhân\u00a0dân\r\ntỉnh\f")
def test_any_text_comes_back(text: str) -> None:
    assert shared()(text).text == text


@settings(max_examples=250, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_vietnamese_with_every_kind_of_space_comes_back(text: str) -> None:
    doc = shared()(text)
    assert doc.text == text
    assert [doc.text[t.idx : t.idx + len(t)] for t in doc] == [t.text for t in doc]


LINES = [
    "Ủy ban nhân dân tỉnh ban hành kế hoạch trồng cây",
    "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các cơ quan, đơn vị có liên quan theo dõi, đôn đốc",
    "Báo cáo kết quả thực hiện trước ngày 15/4/2025",
    "Cải cách thủ tục hành chính, nâng cao chất lượng phục vụ người dân",
]


@pytest.mark.parametrize("line", LINES)
def test_words_are_those_of_underthesea(line: str, tokenizer: WordTokenizer) -> None:
    from underthesea import word_tokenize

    assert [t.text for t in tokenizer(line)] == word_tokenize(line)


def test_old_tone_placement_is_kept_in_the_text_and_cut_alike(tokenizer: WordTokenizer) -> None:
    old, new = ([t.text for t in tokenizer(f"{word} ban nhân dân tỉnh Hoà Bình")] for word in ("Uỷ", "Ủy"))
    assert old[0] == "Uỷ"
    assert old[1:] == new[1:]


def test_no_word_runs_over_a_line_or_a_wide_space(tokenizer: WordTokenizer) -> None:
    for text in ("Ủy\nban nhân dân", "Ủy  ban nhân dân", "Ủy\fban nhân dân"):
        assert all(not set("\n\f") & set(t.text) and "  " not in t.text for t in tokenizer(text) if not t.is_space)


def test_word_ends(tokenizer: WordTokenizer) -> None:
    ends = tokenizer("kế hoạch  mới").user_data[WORD_ENDS]
    assert list(ends) == [8] * 8 + [9, 10] + [13] * 3


def test_the_pipeline_writes_a_span_group_per_kind(extractor: Extractor) -> None:
    doc = extractor.nlp("1. Giao Sở Nội vụ theo dõi Chỉ thị số 33/CT-TTg, báo cáo UBND tỉnh trước ngày 15/4/2025.")
    assert tuple(extractor.nlp.pipe_names) == COMPONENTS
    assert set(doc.spans) == {"sections", "entities", "citations", "deadlines", "units", "reports"}
    assert [s.text for s in doc.spans["citations"]] == ["Chỉ thị số 33/CT-TTg"]
    assert all(len(doc.spans[name]) == 1 for name in ("citations", "deadlines", "units", "reports"))
