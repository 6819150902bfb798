"""How old a reader has to be: the Flesch-Kincaid grade of a text, plus five years.

Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 times words a sentence, plus 11.8 times
syllables a word, less 15.59. A figure is read as one short word. Words in quotation marks are those
of a school's own statements, and count as two.
"""

import re

__all__ = ["reading_age", "syllables"]


def syllables(word):
    """Count groups of vowels, without a silent e, and the ed of a past tense.

    >>> [syllables(w) for w in ("gap", "pupils", "writing", "secure", "looked", "table", "idea")]
    [1, 2, 2, 2, 1, 2, 2]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    bare = re.sub(r"(?<![aeiouyl])e$|(?<=[^aeiou]l)es$|(?<![aeioutd])ed$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def reading_age(text):
    """Give the age at which most children can read a text."""
    plain = re.sub(r"“[^”]*”", "these words", text)
    plain = re.sub(r"\([^)]*\)", "", plain)
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", plain) if re.search(r"[a-z]", s)]
    words = [w for s in sentences for w in re.findall(r"[A-Za-z'’]+|\d[\d.,%–-]*", s)]
    total = sum(1 if w[0].isdigit() else syllables(w) for w in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59
    return grade + 5
