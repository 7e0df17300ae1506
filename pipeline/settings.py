"""What a caller may choose, in one immutable object that is built once and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OcrMode = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and switches of reading and extraction. Sizes in bytes, times in seconds."""

    ocr: OcrMode = "auto"
    ocr_dpi: int = 200
    correct: bool = True  # post-correction of OCR text
    ner: bool = True  # the trained model beside the rules
    max_bytes: int = 100 * 1024 * 1024
    max_text_bytes: int = 20 * 1024 * 1024
    max_pages: int = 1000
    max_pixels: int = 60_000_000
    page_seconds: float = 120.0
    parse_seconds: float = 60.0  # opening a file, or parsing one of its pages, before the file is put aside
    parse_bytes: int = 3 * 1024 * 1024 * 1024  # memory of the process that parses
    file_seconds: float = 3600.0
    processes: int = 0  # 0: one per core
    release_secret: bool = False  # a person has declared the secrecy mark a false alarm

    def version(self, pipeline: str) -> str:
        """The version of records made by `pipeline` under these switches: "0.1.0+abc", or with those that differ from the usual,
        "0.1.0+abc.ocr-never.uncorrected.rules" ("rules": without the recogniser)."""
        chosen = ((self.ocr != "auto", f"ocr-{self.ocr}"), (not self.correct, "uncorrected"), (not self.ner, "rules"))
        return ".".join([pipeline, *(name for differs, name in chosen if differs)])
