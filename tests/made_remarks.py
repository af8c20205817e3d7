"""A draft with a remark of every verdict, and words that mislead: what the pages of the checker are tested with."""

from __future__ import annotations

from fractions import Fraction

from stats.claims.draft.remarks import Remark
from stats.claims.facts import Evidence
from stats.claims.verdicts import VERDICTS
from stats.claims.wording import Reading

PASSAGES = {
    "supported": ("5,948 of 118,411", "Police charged 5,948 of 118,411 stalking offences recorded that year."),
    "supported-with-caveat": ("6.6%", "By a later count 6.6% had led to a charge."),
    "superseded": ("117,672", "Forces recorded 117,672 stalking offences."),
    "stale": ("128,829", "The latest year saw 128,829 offences of stalking."),
    "not-comparable": ("tripled", "Recorded stalking tripled between 2019/20 and 2020/21."),
    "wrong-measure": ("5 per cent", "Just 5 per cent of cases in England and Wales ended in a conviction."),
    "wrong-unit": ("1,000 female victims", "There were more than 1,000 female victims."),
    "wrong-population": ("15%", "Of adults aged 16 to 59, 15% were stalked last year."),
    "arithmetic-error": ("24 of 29 (84%)", "Of those who replied, 24 of 29 (84%) said so."),
    "small-base": ("75%", "In one area 75% of victims felt let down."),
    "contradicted": ("5,000", "More than 5,000 offences of harassment were recorded in three months."),
    "no-source": ("1 in 50", "Only 1 in 50 ever tells the police."),
    "not-checked": ("two-thirds", "In all, two-thirds of these were unhappy."),
    "illustrative": ("40 umbrellas", "In the example 40 umbrellas were lost."),
}
"""The words of each verdict in their sentence."""

LINT = ("conviction rate", "The conviction rate is a scandal, and 12 of them said so.")
KEYS = "quote sentence start end value low high unit measure area period verdict reason source suggestion"
"""What an object of the JSON begins with."""

TEXT = "Stalking: the facts\n\n" + "\n\n".join([*(sentence for _, sentence in PASSAGES.values()), LINT[1]]) + "\n"


def evidence(url: str = "https://www.example.org/tables") -> Evidence:
    """One figure as evidence."""
    exact = Reading("share", Fraction(5948, 118411), Fraction(5948, 118411))
    return Evidence(
        "5%", exact, "charge_share_of_offences_recorded", "England and Wales", "year ending March 2022",
        "offences recorded", "Home Office", "Outcomes", "2022-11-24", url, "home_office_recorded_2026_04_23",
        "official-mirror", 5948, 118411,
    )  # fmt: skip


def remark(text: str, quote: str, sentence: str, verdict: str, **more: object) -> Remark:
    """A remark on words of a text."""
    start = text.index(sentence) + sentence.index(quote)
    said = {"reason": f"A reason for {verdict}, in one plain sentence.", "value": quote, **more}
    return Remark(quote, sentence, start, start + len(quote), verdict, **said)


def remarks(text: str = TEXT) -> list[Remark]:
    """A remark of every verdict, a word that misleads, and a number beside it that was not checked."""
    full = {
        "measure": "charge_share_of_offences_recorded", "area": "England and Wales", "period": "year ending March 2022",
        "source": "Home Office, 2022-11-24, https://www.example.org/tables", "default": "4.5% to 5.5%", "strict": "5%",
        "suggestion": "By the first release, 5,948 of 118,411 stalking offences recorded had been charged (5%).",
        "caveats": ("outcomes are still arriving",), "unit": "percent",
        "low": Fraction(9, 200), "high": Fraction(11, 200),
    }  # fmt: skip
    made = [
        remark(text, *PASSAGES[verdict], verdict, **({} if verdict == "not-checked" else full), evidence=())
        if verdict in ("not-checked", "no-source")
        else remark(text, *PASSAGES[verdict], verdict, **full, evidence=(evidence(),))
        for verdict in VERDICTS
    ]
    made.append(remark(text, *LINT, "wrong-measure", lint="bare-conviction-rate", value=""))
    made.append(remark(text, "12", LINT[1], "not-checked"))
    return made
