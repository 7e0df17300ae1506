"""Who is charged, in which role and where (domain rules 4.1, 4.2 A to M)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("roles")
def test_roles(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).assignments, case.expect)
    assert found == expected


def test_an_assignment_points_to_the_task_of_its_section(read: Read) -> None:
    record = read("1. Sửa chữa trụ sở.\n\n- Cơ quan chủ trì: Sở Xây dựng.\n\n- Thời gian thực hiện: Trong năm 2025.")
    (task,) = record.tasks
    assert task.section == "I.1"
    assert task.text == "Sửa chữa trụ sở."
    assert [a.task for a in record.assignments] == [task.id]
    assert [d.task for d in record.deadlines] == [task.id]


def test_a_deadline_is_owed_by_the_one_that_leads(read: Read) -> None:
    labels = ("Cơ quan chủ trì: Sở Xây dựng", "Cơ quan phối hợp: Sở Nội vụ", "Thời gian thực hiện: Trong năm 2025")
    record = read("1. Sửa chữa trụ sở." + "".join(f"\n\n- {label}." for label in labels))
    (deadline,) = record.deadlines
    assert deadline.owed_by == ["Sở Xây dựng"]
    assert deadline.owed_by_canonical == ["Sở Xây dựng tỉnh Bắc Giang"]


def test_each_subject_owes_its_own_term(read: Read) -> None:
    record = read("1. Sở Xây dựng sửa chữa trụ sở trước ngày 15/4/2025; Sở Nội vụ kiểm tra trước ngày 20/4/2025.")
    assert [(d.latest, d.owed_by) for d in record.deadlines] == [("2025-04-14", ["Sở Xây dựng"]), ("2025-04-19", ["Sở Nội vụ"])]
