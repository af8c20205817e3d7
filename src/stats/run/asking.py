"""What every notebook's parameters share: no unknown names, no guessed types, and errors that name the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from stats.errors import BadParameter, BadPeriod, NotToHand, nearest
from stats.period import Period

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing
    from stats.run.availability import Availability
    from stats.run.held import Held

TRUE, FALSE = ("yes", "true", "on"), ("no", "false", "off")


class Parameters(BaseModel):
    """What every notebook's model shares: no unknown names, no guessed types."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    notebook: ClassVar[str]
    reads: ClassVar[tuple[str, ...]]
    """The tidy tables that the notebook reads."""

    @classmethod
    def ask(cls, **values: Any) -> Self:
        """Return the validated parameters.

        Raises
        ------
        BadParameter, BadPeriod, NotToHand, UnknownName
            Naming the parameter and the nearest right value.
        """
        try:
            return cls(**values)
        except ValidationError as problem:
            raise _speak(problem, cls) from None

    @classmethod
    def from_text(cls, values: Mapping[str, str], defaults: Mapping[str, Any]) -> Self:
        """Return the parameters from `key=value` words over a notebook's defaults."""
        known = {name: typed(cls, name, text) for name, text in values.items()}
        return cls.ask(**{**defaults, **known})

    @classmethod
    def stands_for(cls, axis: str, words: str) -> dict[str, Any]:
        """Return the parameters that an 'area', 'offence' or 'period' of a matrix stands for; none if it takes none.

        A notebook of a series takes its first and last period from 'FIRST to LAST', or one period for both.
        """
        if axis in cls.model_fields:
            return {axis: words}
        if axis == "period" and {"start", "end"} <= set(cls.model_fields):
            first, _, last = words.partition(" to ") if is_span(words) else (words, "", words)
            return {"start": first, "end": last}
        return {}

    @classmethod
    def takes(cls, axis: str) -> bool:
        """Whether a matrix may give the notebook an 'area', an 'offence' or a 'period'."""
        return bool(cls.stands_for(axis, "2024/25" if axis == "period" else ""))

    def availability(self, held: Held) -> Availability:
        """Return whether this can be made from what is to hand; yes, until a notebook's model knows better."""
        from stats.run.availability import Availability

        return Availability()

    def as_parameters(self) -> dict[str, Any]:
        """Return the parameters as plain values, names and periods as they were resolved."""
        return self.model_dump(mode="json")

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the rows of a tidy table that a drawing rests on; all of them, until a notebook's model knows better.

        Parameters
        ----------
        dataset : str
            The name of the table, such as 'recorded_offences'.
        table : DataFrame
        drawing : Drawing
        """
        return table


def is_span(words: str) -> bool:
    """Whether words name two periods, 'FIRST to LAST', and not one ('April to June 2024')."""
    try:
        Period.parse(words)
    except BadPeriod:
        return " to " in words
    return False


def inside(covered: Period, what: str, **asked: Period) -> None:
    """Stop if a period asked for leaves what is to hand."""
    for name, period in asked.items():
        if period.start < covered.start or period.end > covered.end:
            raise NotToHand(
                f"{what} are not to hand for {period}.",
                [(name, period.label), ("to hand", covered.label)],
                "Choose a period within the data; nothing is filled in.",
            )


def typed(model: type[Parameters], name: str, text: str) -> Any:
    """Return the words after `name=` as the field's own type; a name or a period is text and stays text."""
    field = model.model_fields.get(name)
    if field is None:
        return text
    if get_origin(field.annotation) is tuple:
        return tuple(filter(None, (part.strip() for part in text.split(","))))
    if field.annotation is bool and text.casefold() in TRUE + FALSE:
        return text.casefold() in TRUE
    return text


def pairs(values: Iterable[str]) -> dict[str, str]:
    """Return words that are key=value as a mapping.

    Raises
    ------
    BadParameter
        If one is not, or gives a key twice.
    """
    found: dict[str, str] = {}
    for word in values:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise BadParameter(
                f"'{word}' is not key=value.", [("given", word)], "Write it like this: area=Lincs start='2020/21'"
            )
        if key in found:
            raise BadParameter(
                f"the key '{key}' is given twice.",
                [("given", f"{key}={found[key]} and {key}={value}")],
                "Give it once; for a second figure, run the command again with another --out.",
            )
        found[key] = value
    return found


def _speak(problem: ValidationError, model: type[Parameters]) -> BadParameter:
    evidence, mends = [], []
    for error in problem.errors():
        name = str(error["loc"][0]) if error["loc"] else model.notebook
        if error["type"] == "extra_forbidden":
            close = nearest(name, model.model_fields)
            evidence.append((name, "there is no parameter of this name"))
            mends.append(
                f"Did you mean '{close[0]}'?" if close else f"The parameters are {', '.join(model.model_fields)}."
            )
        elif error["type"] == "missing":
            evidence.append((name, "is missing"))
        else:
            evidence.append((name, f"{error['input']!r} will not do: {error['msg'].lower()}"))
            close = nearest(str(error["input"]), _choices(model, name))
            mends += [f"Did you mean {name}={close[0]}?"] if close else []
    described = "\n".join(f"{name}: {field.description}" for name, field in model.model_fields.items())
    return BadParameter(
        f"the notebook {model.notebook} cannot take these parameters.",
        [*evidence, ("it takes", described)],
        " ".join(dict.fromkeys(mends)) or "Correct the values named above.",
    )


def _choices(model: type[Parameters], name: str) -> list[str]:
    field = model.model_fields.get(name)
    if field is None:
        return []
    if field.annotation is bool:
        return ["yes", "no"]
    return [str(c) for c in get_args(field.annotation) if isinstance(c, str)]
