"""Optional content of a PDF becomes what is switched off when the document opens (ISO 32000-1, 8.11)."""

from pypdf.generic import DictionaryObject, IndirectObject


def hidden_groups(catalog: DictionaryObject) -> frozenset[int]:
    """The numbers of the groups that are switched off."""
    properties = dictionary_of(catalog.get("/OCProperties"))
    configuration = dictionary_of(properties.get("/D"))
    if configuration.get("/BaseState") == "/OFF":
        return _references(properties.get("/OCGs")) - _references(configuration.get("/ON"))
    return _references(configuration.get("/OFF"))


def is_off(content: object, off: frozenset[int]) -> bool:
    """Whether a group, or a membership in groups, is switched off."""
    if not isinstance(content, IndirectObject):
        return False
    membership = dictionary_of(content)
    if "/OCGs" not in membership:
        return content.idnum in off
    raw = membership.raw_get("/OCGs")
    groups = _references(raw.get_object()) or _references([raw])
    policy = str(membership.get("/P", "/AnyOn"))
    hidden = [group in off for group in groups]
    shown = {"/AllOn": not any(hidden), "/AnyOff": any(hidden), "/AllOff": all(hidden)}
    return bool(groups) and not shown.get(policy, not all(hidden))


def _references(array: object) -> frozenset[int]:
    found = array.get_object() if isinstance(array, IndirectObject) else array
    return (
        frozenset(each.idnum for each in found if isinstance(each, IndirectObject))
        if isinstance(found, list)
        else frozenset()
    )


def dictionary_of(value: object) -> DictionaryObject:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
