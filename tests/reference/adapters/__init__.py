"""From the name of a method in the file of values to the function of ours that answers: inputs -> outputs by name."""

from reference.adapters import proportions, rates, surveys, two_samples, words

TOPICS = (proportions, rates, surveys, two_samples, words)
ADAPTERS = {name: adapter for topic in TOPICS for name, adapter in topic.ADAPTERS.items()}
