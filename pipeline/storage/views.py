"""The views of the knowledge base: what an analyst wants without joining by hand."""

# ruff: noqa: S608 (the SQL is put together from the constants of this file)

from __future__ import annotations

_DOCUMENT = (
    "d.name AS source, d.type AS document_type, d.number AS document_number, d.issuer AS document_issuer, d.issued_on AS document_issued_on"
)
_QUOTE = "substr(x.text, f.quote_start + 1, f.quote_end - f.quote_start) AS quote"

# Whether a recurrence says itself on which days a duty falls, as `questions.days.names_a_day`; what is to be done daily falls on none.
_NAMES_DAYS = """(f.recurrence LIKE '%BYMONTHDAY=%' OR f.recurrence LIKE '%BYDAY=%' OR f.recurrence LIKE '%BYYEARDAY=%')
  AND f.recurrence NOT LIKE '%FREQ=DAILY%'"""
# One row for each unit and duty, dated or not. `why_undated` is NULL where there is a day: a `latest`, or a `recurrence` that names
# its days; "FREQ=MONTHLY" alone names none. `computed`: the day is counted from the document's own date and not printed.
_TERM = f"""CASE WHEN f.continuous THEN 'continuous' WHEN coalesce(f.latest, f.computed_latest) IS NOT NULL OR {_NAMES_DAYS} THEN NULL
  WHEN f.recurrence IS NOT NULL THEN 'periodic' WHEN f.relative_amount IS NOT NULL THEN 'relative' ELSE 'undated' END"""
_REPORT_TERM = f"""CASE WHEN f.latest IS NOT NULL OR {_NAMES_DAYS} THEN NULL WHEN f.recurrence IS NOT NULL THEN 'periodic'
  WHEN f.period IS NOT NULL THEN 'periodic' ELSE 'undated' END"""
_PLACE = "f.document_id, f.fact_id, f.section, f.page, f.start_offset, f.end_offset, f.quote_start, f.quote_end"
_DEADLINE = f"""{{deadline_what}} AS what, f.task_id AS task_id, NULL AS report_id, NULL AS via, f.text AS term, f.earliest,
  coalesce(f.latest, f.computed_latest) AS latest, f.recurrence, {_TERM} AS why_undated,
  f.latest IS NULL AND f.computed_latest IS NOT NULL AND NOT f.continuous AS computed"""

# A deadline inside the sentence of a report with the same day, for the same unit, is that report's: one duty, one row.
_SAID_BY_REPORT = """(f.latest IS NOT NULL OR f.recurrence IS NOT NULL) AND EXISTS (SELECT 1 FROM reports r
  WHERE r.document_id = f.document_id AND r.latest IS f.latest AND r.recurrence IS f.recurrence
    AND f.start_offset >= r.quote_start AND f.start_offset < r.quote_end
    AND ({unit_id} IS NULL OR EXISTS (SELECT 1 FROM report_parties p
      WHERE p.report_id = r.id AND p.kind = 'reporter' AND (p.unit_id = {unit_id} OR p.name = {unit}))))"""
# The strongest role the unit `o` has among the assignments of the document that {} picks.
_ROLE = """(SELECT a.role FROM assignments a WHERE a.document_id = f.document_id AND {}
    AND (a.unit_id = o.unit_id OR a.unit = o.name) ORDER BY instr('leads performs directs supports', a.role) LIMIT 1)"""
_OWED = "EXISTS (SELECT 1 FROM deadline_owers o WHERE o.deadline_id = f.id)"

# Who has to keep a term: first the units it is owed by, in the role they have in its task; then those who direct or support them there.
# Where nobody is named with the term, all units of its task.
_DUTIES = f"""
SELECT 'task' AS kind, o.name AS unit, u.canonical AS canonical, o.unit_id AS unit_id,
  coalesce({_ROLE.format("a.task_id = f.task_id")}, {_ROLE.format("a.section = f.section")}) AS role,
  {_DEADLINE}, f.confidence AS confidence, f.corrected AS corrected, {_PLACE}
FROM deadline_owers o JOIN deadlines f ON f.id = o.deadline_id LEFT JOIN tasks t ON t.id = f.task_id LEFT JOIN units u ON u.id = o.unit_id
WHERE NOT ({_SAID_BY_REPORT.format(unit_id="o.unit_id", unit="o.name")})
UNION ALL
SELECT 'task', a.unit, u.canonical, a.unit_id, a.role, {_DEADLINE},
  min(f.confidence, coalesce(a.confidence, 1.0)), coalesce(a.corrected, f.corrected), {_PLACE}
FROM deadlines f LEFT JOIN tasks t ON t.id = f.task_id
  LEFT JOIN assignments a ON a.task_id = f.task_id LEFT JOIN units u ON u.id = a.unit_id
WHERE (NOT {_OWED} OR a.role IN ('directs', 'supports')
    AND NOT EXISTS (SELECT 1 FROM deadline_owers o WHERE o.deadline_id = f.id AND (o.unit_id = a.unit_id OR o.name = a.unit)))
  AND NOT ({_SAID_BY_REPORT.format(unit_id="a.unit_id", unit="a.unit")})
UNION ALL
SELECT 'task', a.unit, u.canonical, a.unit_id, a.role, {{task_what}}, f.id, NULL, NULL, NULL, NULL, NULL, NULL,
  'no term', 0, min(f.confidence, coalesce(a.confidence, 1.0)), coalesce(a.corrected, f.corrected), {_PLACE}
FROM tasks f LEFT JOIN assignments a ON a.task_id = f.id LEFT JOIN units u ON u.id = a.unit_id
WHERE NOT EXISTS (SELECT 1 FROM deadlines e WHERE e.task_id = f.id)
UNION ALL
SELECT 'task', f.unit, u.canonical, f.unit_id, f.role, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'no term', 0, f.confidence, f.corrected, {_PLACE}
FROM assignments f JOIN units u ON u.id = f.unit_id WHERE f.task_id IS NULL
UNION ALL
SELECT 'report', p.name, u.canonical, p.unit_id, NULL, f.what, NULL, f.id, f.via, f.period, NULL, f.latest, f.recurrence,
  {_REPORT_TERM}, 0, f.confidence, f.corrected, {_PLACE}
FROM reports f LEFT JOIN report_parties p ON p.report_id = f.id AND p.kind = 'reporter' LEFT JOIN units u ON u.id = p.unit_id
"""

DUTIES = _DUTIES.format(deadline_what="coalesce(t.text, f.text)", task_what="f.text")
# The same with `what` left NULL where it is the text of the task `task_id`: a long task given to many would be carried in every row.
DUTIES_BY_TASK = _DUTIES.format(deadline_what="CASE WHEN t.id IS NULL THEN f.text END", task_what="NULL")

VIEWS: tuple[tuple[str, str], ...] = (
    ("v_duties", DUTIES),
    (
        "v_due",
        f"""SELECT f.latest, f.recurrence, f.unit, f.canonical, f.role, f.kind, f.what,
  (SELECT group_concat(name, '; ') FROM (SELECT name FROM report_parties p
    WHERE p.report_id = f.report_id AND p.kind = 'recipient' ORDER BY position)) AS recipients,
  f.via, f.term, {_DOCUMENT}, f.section, f.page, {_QUOTE}, f.confidence, f.computed, f.corrected IS NOT NULL AS corrected,
  f.document_id, f.fact_id
FROM v_duties f JOIN documents d ON d.id = f.document_id JOIN texts x ON x.document_id = f.document_id
WHERE f.why_undated IS NULL ORDER BY f.latest IS NULL, f.latest""",
    ),
    (
        "v_citations",
        f"""SELECT r.key AS directive, f.type, f.number, f.name, f.issued_on, f.issuer, f.relation, f.provision,
  {_DOCUMENT}, f.section, f.page, {_QUOTE}, f.confidence, f.corrected IS NOT NULL AS corrected, f.document_id, f.fact_id
FROM citations f LEFT JOIN directives r ON r.id = f.directive_id
  JOIN documents d ON d.id = f.document_id JOIN texts x ON x.document_id = f.document_id""",
    ),
    (
        "v_directives",
        """SELECT r.key AS directive, r.type, r.number, r.name, count(c.id) AS mentions, count(DISTINCT c.document_id) AS documents,
  group_concat(DISTINCT c.issued_on) AS dates_said, group_concat(DISTINCT c.issuer) AS issuers_said,
  count(DISTINCT c.issued_on) > 1 OR count(DISTINCT c.issuer) > 1 AS disagree
FROM directives r LEFT JOIN citations c ON c.directive_id = r.id GROUP BY r.id""",
    ),
    (
        "v_assignments",
        f"""SELECT f.unit, u.canonical, f.kind, f.role, t.text AS task, {_DOCUMENT}, f.section, f.page, {_QUOTE},
  f.confidence, f.corrected IS NOT NULL AS corrected, f.document_id, f.fact_id
FROM assignments f JOIN units u ON u.id = f.unit_id LEFT JOIN tasks t ON t.id = f.task_id
  JOIN documents d ON d.id = f.document_id JOIN texts x ON x.document_id = f.document_id""",
    ),
)
