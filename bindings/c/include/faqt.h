/*
 * faqt: an FAQ that answers offline, in C.
 *
 *     char *error;
 *     faqt_kb *kb = faqt_open("help.faqt", &error);
 *     if (kb == NULL) {
 *         fprintf(stderr, "%s\n", error);
 *         faqt_string_free(error);
 *         return 1;
 *     }
 *     char *json = faqt_ask(kb, "how do I reset the lamp", FAQT_TO_NUL, &error);
 *     ...
 *     faqt_string_free(json);
 *     faqt_close(kb);
 *
 * HANDLES. A `faqt_kb *` comes from faqt_open, faqt_open_bytes or faqt_clone and is closed once, by faqt_close. Any
 * number of threads may use one handle at the same time. No thread may use a handle during or after its closing. A NULL
 * handle is an error of the call, except for faqt_close, which ignores it, and faqt_clone, which returns NULL.
 *
 * TEXT arguments are a pointer and a length in bytes. The length FAQT_TO_NUL marks the text as NUL-terminated. Text is
 * read during the call only. NULL with the length 0 or FAQT_TO_NUL is the empty text; with another length it is an
 * error. Text is UTF-8; other bytes are replaced by U+FFFD and are never an error. No text is an error, except for the
 * queries of faqt_evaluate and the facts of faqt_log_record: a question is words, not a query language.
 *
 * OPTIONS are a NUL-terminated JSON object, or NULL for the defaults. Other JSON, an unknown name and a value of
 * another type are errors.
 *
 * RETURNED STRINGS are UTF-8, end with a NUL, and belong to the caller, who frees each once by faqt_string_free, never
 * by free(). They stay valid when the handle is closed, and may be written into up to their NUL.
 *
 * ERRORS. A function with `error` returns NULL if it fails and sets `*error` to a message, which the caller frees. If
 * it succeeds, it sets `*error` to NULL. `error` may be NULL: then there is no message. No call ends the program or
 * unwinds into the caller. A panic of the library is returned as an error, and printed on standard error unless the
 * program has silenced that.
 *
 * JSON. Every object has "format_version": 1. Within a version, names are added and never changed. Characters that
 * could command a terminal are written as \u escapes. An ENTRY is
 *
 *     { "id": "reset-the-lamp", "kind": "procedure" (left out for a question), "question": "...",
 *       "section": ["..."], "aliases": ["..."], "keywords": ["..."], "help_ids": ["..."], "language": "en",
 *       "since": "2.4", "until": "3.0", "answer": "Markdown, in which links to entries read faqt:ID",
 *       "related": [{ "title": "...", "id": "...", "url": "...", "status": "verified" }],
 *       "path": "lamp.md", "line": 1 }
 *
 * in which empty lists, and unknown "language", "since", "until", "id", "url" and "status", are left out.
 */

#ifndef FAQT_H
#define FAQT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The length that marks a text as NUL-terminated. */
#define FAQT_TO_NUL SIZE_MAX

/* A knowledge base: all the entries of one pack, ready to search. */
typedef struct faqt_kb faqt_kb;

/* ---- Opening and closing ---- */

/*
 * Opens the pack in the file at `path`, a NUL-terminated path: bytes of the file system, on Windows UTF-8. The file is
 * mapped into memory. Replace it by renaming another file over it, never by writing into it.
 */
faqt_kb *faqt_open(const char *path, char **error);

/* Opens a copy of the pack in the `length` bytes at `bytes`. */
faqt_kb *faqt_open_bytes(const void *bytes, size_t length, char **error);

/*
 * Returns another handle on the same knowledge base, which is closed separately. Cloning copies no data. A program that
 * replaces a pack while threads ask it gives each thread a handle of its own.
 */
faqt_kb *faqt_clone(const faqt_kb *kb);

/* Closes a handle; NULL is ignored. */
void faqt_close(faqt_kb *kb);

/* ---- Asking ---- */

/*
 * Answers a question in a reader's own words:
 *
 *     { "format_version": 1, "outcome": "answered" or "unsure" or "not_covered", "confidence": 0.98,
 *       "covered": 0.97,
 *       "hits": [{ "entry": ENTRY, "score": 3.2, "confidence": 0.98 }],
 *       "corrections": [{ "typed": "rset", "taken_for": "reset" }] }
 *
 * A hit has "fallback": true if its entry has no edition in a language that the reader wants, "applies": true or false if
 * the entry is for some versions only and the reader has one, and "chosen_by" if it has several editions.
 *
 * The best hit comes first. If the outcome is "answered", it is the answer; else the reader chooses among the hits. The
 * outcome, the confidence and the corrections do not depend on the number of hits.
 */
char *faqt_ask(const faqt_kb *kb, const char *question, size_t length, char **error);

/*
 * Searches as faqt_ask does, with options:
 *
 *     { "limit": 5, "offset": 0, "section": "Before you start", "language": "en",
 *       "languages": ["zh", "en"], "locale": "zh-CN", "version": "2.4",
 *       "kinds": ["question", "procedure"], "ids": ["reset"], "answered_min": 0.7, "explain": false }
 *
 * "languages" are those that the reader wants, the most wanted first: entries that have an edition in one of them are
 * searched first, then all. "locale" is the language of the reader's system, which decides where neither these nor the
 * question does. "version" is the one that the reader has. "language" in contrast admits no other entries.
 *
 * "offset" is the number of hits to skip; the returned object has it if it is not 0. "section" is a title, or the
 * titles from the outermost section with " › " between them. "language" is a BCP 47 tag: "zh" also finds entries in
 * zh-TW, and "zh-TW" also entries in zh. "kinds" and "ids" limit the search to entries
 * of these kinds and with these ids; an empty list admits none. "answered_min" is the confidence, from 0 to 1, from which
 * on the first hit is the answer; without it, the knowledge base decides. With "explain", the object has "why": the
 * contribution of each word to the best entry.
 */
char *faqt_search(const faqt_kb *kb, const char *query, size_t length, const char *options, char **error);

/* ---- Looking up ---- */

/*
 * Returns { "format_version": 1, "entries": [ENTRY] } with the entries that have `term` as a keyword, an id or a help
 * id. The match is exact except for case and width.
 */
char *faqt_keyword(const faqt_kb *kb, const char *term, size_t length, char **error);

/*
 * Returns { "format_version": 1, "entry": ENTRY } with the entry that has this id, or had it before a redirect; null in
 * its place if there is none.
 */
char *faqt_entry(const faqt_kb *kb, const char *id, size_t length, char **error);

/*
 * Returns { "format_version": 1, "edition": { "entry": ENTRY, "fallback": true, "applies": false } } with the edition of that
 * entry for a reader with the options of faqt_search, of which "languages", "locale" and "version" have an effect;
 * "fallback" and "applies" are as in a hit.
 */
char *faqt_edition(const faqt_kb *kb, const char *id, size_t length, const char *options, char **error);

/* Returns the same as faqt_entry for a help id, ignoring its case: for context help, F1 and --explain. */
char *faqt_help(const faqt_kb *kb, const char *help_id, size_t length, char **error);

/*
 * Returns at most `limit` questions that complete the typed prefix, the best first, for search as you type. "text" is
 * the question or alias most similar to the typed text:
 *
 *     { "format_version": 1, "completions": [{ "text": "...", "question": "...", "id": "..." }] }
 */
char *faqt_complete(const faqt_kb *kb, const char *typed, size_t length, size_t limit, char **error);

/* Returns { "format_version": 1, "ids": ["..."] } with at most `limit` ids that begin with the typed prefix, sorted. */
char *faqt_complete_id(const faqt_kb *kb, const char *typed, size_t length, size_t limit, char **error);

/* Returns { "format_version": 1, "ids": ["..."] } with at most `limit` ids nearest to an unknown id. */
char *faqt_nearest_ids(const faqt_kb *kb, const char *id, size_t length, size_t limit, char **error);

/*
 * Returns { "format_version": 1, "count": 14 } with the number of entries that the options admit. The options are those
 * of faqt_search; only "section", "language", "kinds" and "ids" have an effect.
 */
char *faqt_count(const faqt_kb *kb, const char *options, char **error);

/* Returns { "format_version": 1, "sections": [{ "path": ["..."], "entries": ["id"] }] }, the table of contents. */
char *faqt_sections(const faqt_kb *kb, char **error);

/* Returns { "format_version": 1, "entries": [ENTRY] } with all entries in the order of the table of contents. */
char *faqt_entries(const faqt_kb *kb, char **error);

/*
 * Returns the manifest of the pack:
 *
 *     { "format_version": 1,
 *       "manifest": { "name": "lamp", "language": "en", "languages": ["en"], "entries": 14, ... } }
 */
char *faqt_manifest(const faqt_kb *kb, char **error);

/* ---- The sentence encoder ---- */

/*
 * Compares questions by the model file at `path` from now on, for this handle and all on the same knowledge base; the first
 * model that is attached counts. The file is one of `faqt model import`, whose name `faqt model list --format json` has. NULL
 * attaches none. Returns the readiness:
 *
 *     { "format_version": 1, "encoder": { "state": "ready" } }
 *
 * "state" is "not_needed" for a pack without sentence vectors, "missing" if no model is attached, and "unusable" with a
 * "reason" for a file that is no model, or another than the pack was built with. Then questions are answered without it.
 */
char *faqt_attach_encoder(const faqt_kb *kb, const char *path, char **error);

/* ---- Measuring ---- */

/*
 * Asks the questions of a query file and measures the answers. `queries` is the text of the file, a JSON object a line:
 *
 *     { "query": "how do I reset the lamp", "expect": ["reset"] }
 *
 * "expect" holds the ids of the entries that answer the question, and is empty if none does. Blank lines are skipped;
 * any other line is an error that names the line. The result is
 *
 *     { "format_version": 1,
 *       "evaluation": {
 *           "covered": { "queries": 40, "mrr_at_10": 0.91, "recall_at_1": 0.87, "recall_at_5": 0.95,
 *                        "recall_at_10": 0.98, "ndcg_at_10": 0.93, "answered_wrongly": 0.05, "unsure": 0.1,
 *                        "refused": 0.02 },
 *           "not_covered": { "queries": 10, "answered": 0.1, "unsure": 0.2, "refused": 0.7 },
 *           "area_under_roc": 0.95,
 *           "thresholds": [{ "answered_min": 0.1, "answered_rightly": 0.87, "answered_wrongly": 0.12,
 *                            "answered_not_covered": 0.4 }],
 *           "misses": [{ "line": 3, "query": "...", "expect": ["reset"], "rank": 2, "confidence": 0.4,
 *                        "before": [{ "id": "is-it-loud", "score": 3.1 }] }] } }
 *
 * All measures but "queries" are shares from 0 to 1. "covered" measures the questions that expect an entry,
 * "not_covered" the others. "area_under_roc" is the probability that "covered" of faqt_ask is higher for a covered
 * question than for another. "thresholds" has the cost of each "answered_min". "misses" has the covered questions whose
 * first hit is not expected, and the answered questions that are not covered. "rank" is that of the first expected
 * entry, counted from 1. Measures without questions are null, as is the "rank" of an entry that was not found.
 */
char *faqt_evaluate(const faqt_kb *kb, const char *queries, size_t length, char **error);

/*
 * Returns the record of a question as a line of JSON with its line end, for a log that `faqt gaps` reads. Nothing is
 * written: append the line by one write to a file that was opened for appending.
 *
 *     facts: { "question": "reset lamp", "outcome": "unsure", "confidence": 0.5, "entries": ["reset", "is-it-loud"],
 *              "event": "asked", "day": "2026-11-27", "program": "lamp 1.2" }
 *
 * "outcome" and "confidence" are those of faqt_ask, "entries" the ids of its first hits. "event" may be "opened",
 * "helped" or "not_helped", with the one entry that it is of. All but "question" and "outcome" may be left out. Secrets in
 * the question are masked.
 */
char *faqt_log_record(const faqt_kb *kb, const char *facts, size_t length, char **error);

/* ---- Showing: "answer" is Markdown ---- */

/*
 * A function of the caller that returns 0 if Markdown is too long for its place, and another number if it fits.
 * `markdown` ends with a NUL and is valid during the call. `context` is the pointer that faqt_passage was given. The
 * function may call this library. It must return: neither an exception nor longjmp may leave it.
 */
typedef int faqt_fits(const char *markdown, void *context);

/*
 * Chooses the passage that holds the words of `query` best in the answer of the entry with the id `id`:
 *
 *     { "format_version": 1,
 *       "passage": { "range": { "start": 120, "end": 410 }, "markdown": "...", "words": ["reset"],
 *                    "matches": [{ "start": 123, "end": 128 }] } }
 *
 * The passage is the whole answer if that fits, or if `fits` is NULL. Else it is a block of the answer with its heading
 * and as many of the following blocks as fit; or the best block alone, which may not fit. "range" is its place in
 * "answer", in bytes of UTF-8. "markdown" is that range with the footnotes that stand elsewhere in the answer. "words"
 * are the words of the passage that meet the query, case-folded, the rarest first; "matches" are their places in
 * "answer", in order. Without such an entry, "passage" is null.
 */
char *faqt_passage(const faqt_kb *kb, const char *query, size_t length, const char *id, size_t id_length,
                   faqt_fits *fits, void *context, char **error);

/*
 * Renders Markdown as a sanitised HTML fragment. Options:
 *
 *     { "entry_href": "/help/"    prefix of ids in links to entries; without it, links are text
 *       "heading_offset": 0       number of levels by which headings are lowered
 *       "id_prefix": ""           prefix of footnote ids, unique for each answer on a page
 *       "images": "link" }        or "describe", or "load"
 */
char *faqt_html(const char *markdown, size_t length, const char *options, char **error);

/*
 * Lays Markdown out in lines. Options:
 *
 *     { "width": 80               in columns
 *       "styled": false           with ANSI escape sequences
 *       "hyperlinks": false       with OSC 8 hyperlinks, if styled
 *       "entry_ids": false }      with entry ids after links to entries
 */
char *faqt_text(const char *markdown, size_t length, const char *options, char **error);

/* Returns the words of Markdown, a line for each paragraph, item, row and line of code. */
char *faqt_plain(const char *markdown, size_t length, char **error);

/* ---- Strings and version ---- */

/* Frees a string that a function of this library returned or set `*error` to; NULL is ignored. */
void faqt_string_free(char *string);

/* Returns the version of the library, such as "0.1.0". The string must not be freed. */
const char *faqt_version(void);

#ifdef __cplusplus
}
#endif

#endif
