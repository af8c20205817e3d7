import pytest

from stats.claims.quantities import quantities


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1.2m.", "They paid 2 million pounds.", "Adults aged 16 to 59.", "An 18-year-old man.", "See s.2A.",
        "Under section 4A it is.", "See regulation 4 and page 12.", "Call 0808 802 0300.", "Write to a1@b2.org.",
        "See https://example.org/2017/12.", "On 7 July 2017.", "It was 2012.", "At 9:49am.", "14/11/2011 01:49 GMT",
        "Give £10 a month.", "The first step.", "Under article 8.", "Covid-19 came.", "A 4x4 came.", "Open 24/7.",
        "Act 1997 applies.", "One reason for this.", "10 years after.", "27 Days remaining", "In one instance.",
    ],
)  # fmt: skip
def test_number_that_claims_nothing_is_not_found(text):
    """Money, ages, law, dates, times, addresses and page furniture are passed over."""
    assert [one.quote for one in quantities(text)] == []
