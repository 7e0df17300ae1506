"""Numbers of items are put right by their neighbours on other pages (domain rule 8)."""

from __future__ import annotations

import pytest

from pipeline.pages import Page, Word
from pipeline.reading.correct.counting import correct_count


def scans(*texts: str) -> list[Page]:
    return [Page(n, text, method="ocr") for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (("7. Bảy", "§. Tám\n9. Chín"), ("7. Bảy", "8. Tám\n9. Chín")),
        (("7. Bảy", "§. Tám"), ("7. Bảy", "8. Tám")),
        (("a) Một\nb) Hai", "©) Ba"), ("a) Một\nb) Hai", "c) Ba")),
        (("c) Ba", "đ) Bốn\ne) Năm"), ("c) Ba", "d) Bốn\ne) Năm")),
        (("4. Bốn", "5, Năm", "6. Sáu"), ("4. Bốn", "5. Năm", "6. Sáu")),
        (("3. Ba", "§. Tám"), ("3. Ba", "§. Tám")),  # five numbers away: not known
        (("7. Bảy", "tám xã"), ("7. Bảy", "tám xã")),
        ((), ()),
    ],
)
def test_what_the_page_before_says(read: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert tuple(p.text for p in correct_count(scans(*read))) == right


def test_a_change_is_an_edit_of_its_page_and_words_move_along() -> None:
    words = (Word(0, 3, 1, 1, 5, 5, 0.4), Word(4, 6, 6, 1, 20, 5, 0.9))
    pages = [Page(1, "a) Một\nb) Hai", method="ocr"), Page(2, "c©) Ba", words, method="ocr")]
    page = correct_count(pages)[1]
    assert page.text == "c) Ba"
    assert [(e.start, e.before, e.after, e.rule) for e in page.edits] == [(0, "c©", "c", "marker")]
    assert page.text[page.words[1].start : page.words[1].end] == "Ba"
    assert correct_count([pages[0], page]) == (pages[0], page)


@pytest.mark.parametrize("method", ["text", "mended"])
def test_a_text_layer_is_believed(method: str) -> None:
    pages = [Page(1, "7. Bảy", method=method), Page(2, "§. Tám\n9. Chín", method=method)]
    assert correct_count(pages) == tuple(pages)
