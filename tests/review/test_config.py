"""A `.claimdesk.toml` is found above the copy, followed as written, and refused where it says something unknown."""

from pathlib import Path

import pytest

from service.domain.finding import Severity
from service.errors import BadConfig
from service.review.config import NAME, find_config, read_config

GOOD = """
ignore = ["STY002"]
known_people = ["Fumio Kishida"]

[severity]
nam001 = "warning"

[[style]]
write = "Kyiv"
instead_of = ["Kiev"]
allow = ["chicken Kiev"]

[[suppress]]
code = "NAM001"
words = "Kushida"
reason = "both are real"
"""


def test_the_nearest_config_above_the_copy_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "desk" / "asia"
    deep.mkdir(parents=True)
    (tmp_path / NAME).write_text("")
    assert find_config(deep) == tmp_path / NAME
    (deep / NAME).write_text("")
    assert find_config(deep) == deep / NAME


def test_every_key_is_followed(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(GOOD)
    options = read_config(path)
    assert options.ignore == ("STY002",)
    assert options.known_people == ("Fumio Kishida",)
    assert options.severity_of("NAM001") is Severity.WARNING
    assert options.severity_of("NAM002") is None
    assert options.style[0].allow == ("chicken Kiev",)
    assert options.suppress[0].origin == str(path)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("igmore = ['NAM']", "igmore"),
        ("ignore = ['XYZ']", "XYZ"),
        ("ignore = 'NAM'", "ignore"),
        ("[severity]\nNAM001 = 'fatal'", "severity"),
        ("[[suppress]]\ncode = 'NAM001'", "reason"),
        ("[[suppress]]\ncode = 'NAM001'\nreason = ' '", "reason"),
        ("[[style]]\nwrite = 'Kyiv'\ninstead_of = ['Kyiv']", "Kyiv"),
        ("[[style]]\nwrite = 'Kyiv'\ninstead_of = []", "instead_of"),
        ("ignore = [", "no TOML"),
        ("\x00", "no TOML"),
    ],
)
def test_what_cannot_be_followed_is_named(text: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(text)
    with pytest.raises(BadConfig) as caught:
        read_config(path)
    assert named in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# ours\nigmore = ['NAM']", "line 2: igmore: there is no such key"),
        ("ignore = [\n  'NAM',\n  7,\n]", "line 1: ignore.1: Input should be"),
        ("known_people = []\n[severity]\nQUO = 'note'\nNAM001 = 'fatal'", "line 4: severity.NAM001: Input should be"),
        ("[severity]\nXYZ = 'note'", "line 2: severity.XYZ"),
        (
            "[[style]]\nwrite = 'Kyiv'\ninstead_of = ['Kiev']\n\n[[style]] # new\nwrite = 'Lviv'\ninsted_of = ['Lvov']",
            "line 5: style.1.instead_of: Field required; line 7: style.1.insted_of: there is no such key",
        ),
        ("[[suppress]]\ncode = 'NAM001'", "line 1: suppress.0.reason: Field required"),
        ("suppress = [{code = 'NAM001'}]", "line 1: suppress.0.reason: Field required"),
        ("severity.QUO = 'note'\nseverity.NAM = 'fatal'", "line 2: severity.NAM: Input should be"),
        ("ignore = []\nselect = [] x", "line 2"),
    ],
)
def test_what_is_wrong_has_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(text)
    with pytest.raises(BadConfig) as caught:
        read_config(path)
    assert said in str(caught.value)


def test_a_config_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="cannot be opened"):
        read_config(tmp_path / "nowhere.toml")
