"""docs/rules.md is what the rules say of themselves, and its example of a config is one that can be followed."""

import re
from pathlib import Path

from service.review.catalogue import SPECS
from service.review.config import read_config
from service.review.handbook import write_handbook

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_handbook(), (
        "run `python -m service.review.handbook > docs/rules.md`"
    )


def test_every_rule_has_its_place_and_every_link_leads_to_one() -> None:
    page = write_handbook()
    places = set(re.findall(r'<a id="(\w+)">', page))
    assert places == {code.lower() for code in SPECS}
    assert set(re.findall(r"\(#(\w+)\)", page)) <= places


def test_the_example_of_a_config_can_be_followed(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", write_handbook(), re.DOTALL)
    path = tmp_path / ".claimdesk.toml"
    path.write_text(example, encoding="utf-8")
    options = read_config(path)
    assert options.ignore
    assert options.known_people
    assert options.severity
    assert options.style[0].allow
    assert options.suppress[0].reason
