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
 * number of threads may use one handle at the same time; nobody may use it while or after it is closed. A handle that is
 * NULL is an error of the call, except for faqt_close, which ignores it, and faqt_clone, which returns NULL.
 *
 * TEXT that is passed in is a pointer and a length in bytes; with the length FAQT_TO_NUL the text ends with a NUL. It is
 * read during the call only, and may be changed or freed after it. NULL with the length 0 or FAQT_TO_NUL is the empty
 * text; with another length it is an error. Text is UTF-8; bytes that are not are replaced by U+FFFD and are never an
 * error. No text is one: what a reader types is words, not a query language.
 *
 * OPTIONS are a JSON object that ends with a NUL, or NULL for none. Other JSON, an unknown name and a value of another
 * type are errors.
 *
 * STRINGS that are returned are UTF-8, end with a NUL, and belong to the caller, who frees each once by
 * faqt_string_free, never by free(). They stay valid when the handle is closed, and may be written into up to their NUL.
 *
 * ERRORS. A function that has `error` returns NULL if it fails and sets `*error` to a message, a string that the caller
 * frees; if it succeeds, it sets `*error` to NULL. `error` may be NULL: then there is no message. No call ends the
 * program or unwinds into the caller; a defect of the library is an error like others (and is said on standard error,
 * unless the program has silenced that).
 *
 * JSON. Every object has "format_version": 1. Names are added, never changed, within a version. Characters that could
 * command a terminal stand as \u escapes. An ENTRY is
 *
 *     { "id": "reset-the-lamp", "kind": "procedure" (left out for a question), "question": "...",
 *       "section": ["..."], "aliases": ["..."], "keywords": ["..."], "help_ids": ["..."], "language": "en",
 *       "answer": "Markdown, in which links to entries read faqt:ID",
 *       "related": [{ "title": "...", "id": "...", "url": "...", "status": "verified" }],
 *       "path": "lamp.md", "line": 1 }
 *
 * in which lists that are empty, and "language", "id", "url" and "status" that are not known, are left out.
 */

#ifndef FAQT_H
#define FAQT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The length of a text that ends with a NUL. */
#define FAQT_TO_NUL SIZE_MAX

/* A knowledge base: all the entries of one pack, ready to search. */
typedef struct faqt_kb faqt_kb;

/* ---- Opening and closing ---- */

/*
 * Opens the pack in the file at `path`, which ends with a NUL: bytes as the file system has them, on Windows UTF-8. The
 * file is mapped into memory; replace it by renaming another over it, never by writing into it.
 */
faqt_kb *faqt_open(const char *path, char **error);

/* Opens a copy of the pack in the `length` bytes at `bytes`. */
faqt_kb *faqt_open_bytes(const void *bytes, size_t length, char **error);

/*
 * Returns another handle on the same knowledge base, to be closed by itself. It costs next to nothing. A program that
 * replaces a pack while others ask it gives each of them a handle of its own.
 */
faqt_kb *faqt_clone(const faqt_kb *kb);

/* Closes a handle; NULL is ignored. */
void faqt_close(faqt_kb *kb);

/* ---- Asking ---- */

/*
 * Answers a question in a reader's own words:
 *
 *     { "format_version": 1, "outcome": "answered" or "unsure" or "not_covered", "confidence": 0.98,
 *       "hits": [{ "entry": ENTRY, "score": 3.2, "confidence": 0.98 }], "corrections": [{ "typed": "rset", "taken_for": "reset" }] }
 *
 * The best hit comes first. If the outcome is "answered" it is the answer; else hits are there to choose from. The
 * outcome, the confidence and the corrections do not depend on how many hits are asked for.
 */
char *faqt_ask(const faqt_kb *kb, const char *question, size_t length, char **error);

/*
 * Searches as faqt_ask does, with options:
 *
 *     { "limit": 5, "offset": 0, "section": "Before you start", "language": "en", "explain": false }
 *
 * "offset" is the number of hits to pass over before the first that is returned, and the object has it if it is not 0. "section" is a title, or the titles from
 * the outermost section with " › " between them. "language" is a BCP 47 tag: "zh" finds entries in zh-TW, "zh-TW" those in
 * zh, too. With "explain", the object has "why": what each word gave to the best entry.
 */
char *faqt_search(const faqt_kb *kb, const char *query, size_t length, const char *options, char **error);

/* ---- Looking up ---- */

/*
 * Returns { "format_version": 1, "entries": [ENTRY] } with the entries that bear `term` as a keyword, an id or a help id;
 * exactly, but for case and width.
 */
char *faqt_keyword(const faqt_kb *kb, const char *term, size_t length, char **error);

/*
 * Returns { "format_version": 1, "entry": ENTRY } with the entry that has this id, or had it once; null in its place if
 * there is none.
 */
char *faqt_entry(const faqt_kb *kb, const char *id, size_t length, char **error);

/* Returns the same for the help id by which a program points at an entry, whatever its case: context help, F1, --explain. */
char *faqt_help(const faqt_kb *kb, const char *help_id, size_t length, char **error);

/*
 * Returns at most `limit` questions that what was typed so far may become, the best first, for search as you type; "text"
 * is the question or alias that is most like what was typed:
 *
 *     { "format_version": 1, "completions": [{ "text": "...", "question": "...", "id": "..." }] }
 */
char *faqt_complete(const faqt_kb *kb, const char *typed, size_t length, size_t limit, char **error);

/* Returns { "format_version": 1, "ids": ["..."] } with at most `limit` ids that begin with what was typed, in order. */
char *faqt_complete_id(const faqt_kb *kb, const char *typed, size_t length, size_t limit, char **error);

/* Returns { "format_version": 1, "ids": ["..."] } with the ids nearest to one that is not known, at most `limit`. */
char *faqt_nearest_ids(const faqt_kb *kb, const char *id, size_t length, size_t limit, char **error);

/* Returns { "format_version": 1, "sections": [{ "path": ["..."], "entries": ["id"] }] }, the table of contents. */
char *faqt_sections(const faqt_kb *kb, char **error);

/* Returns { "format_version": 1, "entries": [ENTRY] } with all entries, as the table of contents has them. */
char *faqt_entries(const faqt_kb *kb, char **error);

/*
 * Returns what the pack says of itself:
 *
 *     { "format_version": 1, "manifest": { "name": "lamp", "language": "en", "languages": ["en"], "entries": 14, ... } }
 */
char *faqt_manifest(const faqt_kb *kb, char **error);

/* ---- Showing: "answer" is Markdown ---- */

/*
 * Renders Markdown as a fragment of a page that is safe whatever the Markdown says. Options:
 *
 *     { "entry_href": "/help/"    what stands before the id in links to entries; left out, they are text
 *       "heading_offset": 0       by how many levels headings are lowered
 *       "id_prefix": ""           what ids of footnotes begin with; one for each answer on a page
 *       "images": "link" }        or "describe", or "load"
 */
char *faqt_html(const char *markdown, size_t length, const char *options, char **error);

/*
 * Lays Markdown out in lines. Options:
 *
 *     { "width": 80               in columns
 *       "styled": false           whether with ANSI escape sequences
 *       "hyperlinks": false       whether links are OSC 8 hyperlinks, where styled
 *       "entry_ids": false }      whether ids of entries stand after links to them
 */
char *faqt_text(const char *markdown, size_t length, const char *options, char **error);

/* Returns the words of Markdown, a line for each paragraph, item, row and line of code. */
char *faqt_plain(const char *markdown, size_t length, char **error);

/* ---- The rest ---- */

/* Frees a string that a function of this library returned or set `*error` to; NULL is ignored. */
void faqt_string_free(char *string);

/* Returns the version of the library, such as "0.1.0". It is not to be freed. */
const char *faqt_version(void);

#ifdef __cplusplus
}
#endif

#endif
