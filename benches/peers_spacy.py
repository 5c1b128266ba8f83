"""Finds phrases in files by spaCy's PhraseMatcher over its blank English pipeline, which cuts words and no more.

usage: peers_spacy.py PHRASES FILE …
"""
import pathlib
import sys

import spacy
from spacy.matcher import PhraseMatcher

phrases, *files = (pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[1:])
english = spacy.blank("en")
matcher = PhraseMatcher(english.vocab, attr="LOWER")
matcher.add("phrase", list(english.tokenizer.pipe(phrases.splitlines())))
print(sum(len(matcher(text)) for text in english.tokenizer.pipe(files)))
