"""What the place demands of a reply: choices and numbers of its rule set, by kind of proposal.

A special choice stands under ``name:kind``, such as ``countersign:key``. A rule set that says
nothing demands nothing more: what was begun before there was a rule goes on.
"""

from collections.abc import Sequence

from shared.contracts.registry import Number, RulesPublished


def chosen(
    rules: RulesPublished, name: str, *, kinds: Sequence[str] = (), otherwise: str = ""
) -> str:
    """The word that the rules have for this: that of the first kind which has one of its own."""
    special = (f"{name}:{kind}" for kind in kinds)
    for wanted in (*special, name):
        if (policy := rules.policies.get(wanted)) is not None:
            return policy.value
    return otherwise


def number_of(rules: RulesPublished, name: str, *, otherwise: int | None = None) -> int | None:
    """A number of the office, where it has one."""
    found: Number | None = rules.numbers.get(name)
    return found.value if found is not None else otherwise
