"""The pages drawn from the flows."""

import re

import pytest

from grandunion.engines.flows import ALL_FLOWS, PROJECT_FLOW
from grandunion.engines.flows.drawing import flow_page, pages, permission_matrix
from grandunion.terms.roles import Part


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_a_page_names_every_state_move_and_fact_in_both_languages(flow):
    page = flow_page(flow)
    for state in flow.states:
        assert f"| `{state.code}` | {state.name.en} | {state.name.zh} |" in page
    for move in flow.moves:
        assert f"| `{move.code}` | {move.label.en} | {move.label.zh} |" in page
    for fact in flow.facts:
        assert f"| `{fact.name}` | {fact.label.en} | {fact.label.zh} |" in page


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_the_diagram_has_an_arrow_or_a_sentence_for_every_move(flow):
    page = flow_page(flow)
    arrows = set(re.findall(r"^    (\w+) --> (\w+):", page, re.MULTILINE))
    for move in flow.moves:
        is_told = f"- **{move.label.en} {move.label.zh}** →" in page
        assert is_told or {(source, move.target) for source in move.sources} <= arrows, move.code


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_every_row_of_a_table_has_as_many_cells_as_its_head(flow):
    blocks = re.findall(r"(?:^\|.*\n?)+", flow_page(flow) + permission_matrix([flow]), re.MULTILINE)
    assert len(blocks) == 4
    for block in blocks:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_the_five_phases_are_boxes_of_the_project_diagram():
    boxes = re.findall(r'state "(.+?)" as phase_\w+ \{', flow_page(PROJECT_FLOW))
    assert boxes == ["Discovery 发现", "Evaluation 评估", "Matching 撮合", "Landing 落地", "Follow-up 跟踪"]


def test_the_matrix_marks_exactly_the_parts_of_each_move():
    page = permission_matrix(ALL_FLOWS.values())
    marks = sum(len([part for part in Part if part in m.parts]) for f in ALL_FLOWS.values() for m in f.moves)
    assert page.count("●") == marks
    for flow in ALL_FLOWS.values():
        assert f"## {flow.name.en} {flow.name.zh}" in page


def test_every_flow_has_its_page_and_all_share_one_matrix():
    drawn = pages(ALL_FLOWS.values())
    assert len(drawn) == len(ALL_FLOWS) + 1
    assert all(path.startswith("docs/generated/") and text.endswith("\n") for path, text in drawn.items())
