# Everything runs from this folder in .venv; no target needs anything but GNU make and a Python 3.11 to 3.13.
SHELL := /bin/sh
PY := .venv/bin/python
VANBAN := .venv/bin/vanban
DB := build/demo.db
FROM := 2025-01-01
BY := 2025-12-31
UNIT := so noi vu

.DEFAULT_GOAL := help
SCANS := build/scans
SCANNED := $(wildcard ../shared/seeds/*.txt) $(wordlist 1,16,$(sort $(wildcard corpus/*.txt)))
.PHONY: help setup demo test check score score-record scans score-scans train bench bench-scans pin clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

setup: ## the environment in .venv and the system packages it lacks; does nothing when all is there
	@sh scripts/setup.sh

demo: setup ## read corpus/ into build/demo.db, print what one unit owes (UNIT="so noi vu" FROM=2025-01-01 BY=2025-12-31) and who cites Chỉ thị 33/CT-TTg
	@mkdir -p build
	$(VANBAN) ingest corpus/*.txt --db $(DB)
	$(VANBAN) due --from $(FROM) --by $(BY) --unit "$(UNIT)" --db $(DB)
	$(VANBAN) trace "33/CT-TTg" --db $(DB)

# -v takes back the -q of pyproject.toml, so that the closing line is pytest's own.
test: setup ## all tests (ARGS="-k name" to choose)
	$(PY) -m pytest -v $(ARGS)

check: setup ## ruff, mypy --strict and the length of files
	$(PY) -m ruff check .
	$(PY) -m mypy pipeline scripts
	$(PY) scripts/check_file_length.py

score: setup ## precision and recall on corpus/ (and ../shared/gold/dev), per part and rule, against the recorded run (ARGS=--errors)
	$(PY) -m pipeline.evaluation $(ARGS)
	$(PY) scripts/ablation.py

score-record: setup ## the same, and keep it in corpus/scores.json as the run to compare with
	$(PY) -m pipeline.evaluation --record $(ARGS)

scans: setup ## print and photograph documents of corpus/ and ../shared/seeds into build/scans (SCANNED="corpus/*.txt" for all, SERIES=1 for other copies)
	$(PY) scripts/make_scans.py $(SCANS) $(SCANNED) --grade office --grade hard --pdf --series $(SERIES)

score-scans: scans ## what scanning costs the facts, part by part, office copies and bad ones (ARGS=--errors)
	$(PY) scripts/score_scans.py $(SCANS) $(ARGS)

train: setup ## train the entity recogniser on composed documents (8 to 16 minutes on two cores) into pipeline/data/ner
	$(PY) scripts/train_ner.py

bench: setup ## cost of extraction, storage and questions beside their goals, medians of one run
	$(PY) scripts/bench.py $(ARGS)

bench-scans: scans ## reading scans and born-digital pages: errors and cost beside bare Tesseract and plain text extraction
	$(PY) scripts/bench_reading.py
	$(PY) scripts/bench_ocr.py $(SCANS)

pin: ## write constraints.txt from .venv; on a fresh environment, after changing pyproject.toml
	$(PY) -m pip freeze --all --exclude-editable --exclude pip --exclude vanban > build.constraints
	mv build.constraints constraints.txt

clean: ## remove .venv, build/ and caches
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find pipeline tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
