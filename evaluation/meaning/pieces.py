"""Word pieces of English and words of Chinese: the same tokens that a search makes.

English is BERT's uncased tokeniser: lower case, accents off, greedy longest match over the vocabulary. Chinese is
greedy longest match over a word list, at most 5 characters a word. A token is a row: an English piece keeps its
number, a Chinese word is numbered after the last English piece.
"""

import re
import unicodedata

HAN = "[\u4e00-\u9fff\u3400-\u4dbf]"
RUNS = re.compile(f"{HAN}+|(?:(?!{HAN}).)+", re.S)
ASCII_TOKEN = re.compile(r"[a-z0-9]+|[^a-z0-9 ]")
CHINESE_WORD_MAX = 5


def basic_tokens(text):
    """Words and single punctuation marks of a text, as BERT's basic tokeniser splits them."""
    if text.isascii() and text.isprintable():
        return ASCII_TOKEN.findall(text.lower())
    folded = unicodedata.normalize("NFD", text.lower())
    tokens, word = [], ""
    for char in folded:
        category = unicodedata.category(char)
        if category == "Mn":
            continue
        is_mark = category[0] == "P" or (char.isascii() and not char.isalnum() and not char.isspace())
        if is_mark or char.isspace():
            if word:
                tokens.append(word)
                word = ""
            if is_mark:
                tokens.append(char)
        elif category[0] != "C":
            word += char
    return tokens + ([word] if word else [])


class Vocabulary:
    """English pieces and, if given, Chinese words."""

    def __init__(self, pieces, chinese_words=()):
        self.pieces = list(pieces)
        self.numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self.chinese = {word: len(self.pieces) + number for number, word in enumerate(chinese_words)}
        self.unknown = self.numbers["[UNK]"]
        self._split = {}

    def __len__(self):
        return len(self.pieces) + len(self.chinese)

    def split(self, word):
        """Pieces of a word, or the piece for the unknown."""
        if word not in self._split:
            self._split[word] = self._longest_match(word)
        return self._split[word]

    def _longest_match(self, word):
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.numbers:
                    found.append(self.numbers[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return found

    def encode(self, text):
        """Every piece of an English text, unknown ones included: the input of the teacher."""
        return [piece for word in basic_tokens(text) for piece in self.split(word)]

    def rows(self, text):
        """Rows of the tables for a text. Unknown words and marks outside ASCII have no row."""
        rows = []
        for run in RUNS.findall(text):
            if re.match(HAN, run):
                rows += self._chinese_rows(run)
            else:
                words = (word for word in basic_tokens(run) if word.isascii() or word[0].isalpha())
                rows += (piece for word in words for piece in self.split(word) if piece != self.unknown)
        return rows

    def _chinese_rows(self, run):
        rows, start = [], 0
        while start < len(run):
            for length in range(min(CHINESE_WORD_MAX, len(run) - start), 0, -1):
                row = self.chinese.get(run[start : start + length])
                if row is not None:
                    rows.append(row)
                    break
            start += length
        return rows
