"""Readers: from the bytes of a package's file to lines of text."""

import ast
import gzip
import html
import json
import random
import re
import zlib

# Everyday frames for a thing that a person wants to do; only here, so they are this project's own words.
FRAMES = [
    "How do I {}?", "how to {}", "How can I {}?", "can I {}?", "Is it possible to {}?", "I want to {}",
    "i would like to {}", "I can't {}", "unable to {}", "why can't I {}?", "Where can I {}?", "please {}",
    "help me {}", "could you {} for me", "What do I need to {}?", "What happens when I {}?", "do i have to {}",
    "I am trying to {} but it does not work", "how long does it take to {}", "Does it cost anything to {}?",
    "what is the best way to {}", "i forgot how to {}", "Am I allowed to {}?", "When should I {}?",
    "i need to {} right now", "tell me how to {}", "not able to {} pls help", "What is the easiest way to {}?",
]  # fmt: skip
UNDERLINE = re.compile(r"([-=~^\"'#*.:|+`])\1{2,}|\.\. ")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def wordnet_examples(_, data):
    """Quoted examples of a WordNet data file."""
    for gloss in wordnet_glosses(data):
        yield from re.findall(r'"([^"]+)"', gloss[1])


def wordnet_definitions(_, data):
    """First word of a synset with its definition, and the words of a synset that has several."""
    for words, gloss in wordnet_glosses(data):
        yield f"{words[0]}: " + re.sub(r';? *"[^"]*"', "", gloss).strip()
        if len(words) > 1:
            yield ", ".join(words[:4])


def wordnet_glosses(data):
    """Words and gloss of each synset. The fourth field of a line is the number of words, in hexadecimal."""
    for line in data.decode("utf-8").splitlines():
        if line.startswith("  ") or "|" not in line:
            continue
        head, gloss = line.split("|", 1)
        fields = head.split()
        words = [re.sub(r"\(.*\)", "", fields[4 + 2 * n]).replace("_", " ") for n in range(int(fields[3], 16))]
        yield words, gloss


def wordnet_requests(name, data):
    """Requests made of the definitions of verbs."""
    if name.endswith("verb"):
        for words, gloss in wordnet_glosses(data):
            definition = re.sub(r"\([^)]*\)|;.*", "", gloss).strip()
            yield request(definition)


def request(action):
    """An action in one of the frames; the same action always gets the same frame."""
    return FRAMES[zlib.crc32(action.encode()) % len(FRAMES)].format(action)


def json_texts(_, data):
    """Every string of a JSON file, a sentence a line."""
    pending = [json.loads(data)]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, str) and "{" not in value:
            yield from sentences(value)


def dialogues(_, data):
    """Turns of a YAML list of dialogues."""
    for line in data.decode("utf-8").splitlines():
        if found := re.match(r"\s*-\s+(?:-\s+)?(.+)", line):
            yield found[1].strip("'\"")


def slot_lines(_, data):
    """Lines of an intent file. A slot becomes its name, a choice its first word, an option is left out."""
    for line in data.decode("utf-8").splitlines():
        if not line.startswith("#"):
            yield plain_slots(re.sub(r"\(([^()|]*)[^()]*\)", r"\1", re.sub(r"\[[^\[\]]*\]", "", line)))


def plain_slots(text):
    """A template with the names of its slots for words."""
    return re.sub(r"\{\{?\s*([\w .:|]*?)\s*\}?\}", lambda slot: slot[1].split(":")[0].replace("_", " "), text)


def sentence_templates(_, data):
    """Ten drawings from each template of a Home Assistant sentence file."""
    content = json.loads(data)
    rules, chance = content["expansion_rules"], random.Random(0)
    for intent in content["intents"].values():
        for template in (template for group in intent["data"] for template in group["sentences"]):
            for _ in range(10):
                yield plain_slots(draw(template, rules, chance))


def draw(template, rules, chance):
    """One sentence of a template: an alternative of each choice, an option every other time."""
    template = re.sub(r"<(\w+)>", lambda rule: rules.get(rule[1], rule[1]), template)
    if "<" in template:
        return draw(template, rules, chance)
    while found := re.search(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]", template):
        choices = (found[1] if found[1] is not None else found[2]).split("|")
        is_left_out = found[1] is None and chance.random() < 0.5
        chosen = "" if is_left_out else chance.choice(choices)
        template = template[: found.start()] + chosen + template[found.end() :]
    return template


def help_summaries(_, data):
    """Summaries and names of examples in the help files of Azure's command line, with their groups and commands."""
    for node in ast.walk(ast.parse(data)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for line in re.findall(r"(?:short-summary|long-summary|- name): *([A-Z].+)", node.value):
                yield from sentences(line)


def help_requests(name, data):
    """Requests made of the summaries that begin with a verb in the imperative."""
    for line in help_summaries(name, data):
        yield request(line[0].lower() + line[1:].rstrip("."))


def service_requests(name, data):
    """Requests made of the sentences that begin with a verb in the third person."""
    for line in service_descriptions(name, data):
        if found := re.match(r"([A-Z][a-z]+[^s\W])s ((?:a|an|the|all|your|one)\b[^.;:]*)", line):
            verb = re.sub("ie$", "y", found[1].lower())
            yield request(f"{verb} {found[2]}")


def service_descriptions(_, data):
    """Sentences of the documentation strings of a service description, without their markup."""
    description = json.loads(gzip.decompress(data))
    texts = [description.get("documentation", "")]
    texts += (operation.get("documentation", "") for operation in description["operations"].values())
    for text in texts:
        yield from sentences(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def prose(_, data):
    """Headings and sentences of reStructuredText or Markdown. Code, directives, tables and comments are left out."""
    is_code, paragraph = False, []
    for line in [*data.decode("utf-8", "ignore").splitlines(), ""]:
        is_fence = line.lstrip().startswith("```")
        is_code ^= is_fence
        begins_text = re.match(r"(?:[-*#>]+ ?|\d+\. )?[\"'`*(]*\w|:\w+:`", line)
        continues_text = paragraph and re.match(r"\S|  ?\S", line) and not UNDERLINE.match(line)
        if not is_code and not is_fence and (begins_text or continues_text):
            paragraph.append(line)
        else:
            yield from sentences(" ".join(paragraph))
            paragraph = []


def sentences(text):
    """Sentences of a text with inline markup removed."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r":[\w:.-]+:`~?([^`<]*)[^`]*`", r"\1", text)
    text = re.sub(r"`+([^`<]*)(?:<[^>]*>)?`+_*", r"\1", text)
    text = re.sub(r"\*+|^[#>\s-]+|https?://\S+", "", text)
    yield from SENTENCE_END.split(re.sub(r"\s+", " ", text).strip())
