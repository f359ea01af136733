/* Tests the contract of faqt.h on a linked library: `program PACK`. The test compares the output. */

#include "faqt.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 8
#define QUESTIONS 50

static int failures = 0;

static void expect(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        failures++;
    }
}

/* Checks that a call answered with `part` in its JSON or text, and frees the answer. */
static void answers(char *answer, char *error, const char *part) {
    if (answer == NULL) {
        fprintf(stderr, "expected %s, got the error: %s\n", part, error ? error : "(none)");
        failures++;
    } else if (strstr(answer, part) == NULL) {
        fprintf(stderr, "expected %s, got: %s\n", part, answer);
        failures++;
    }
    expect((answer == NULL) != (error == NULL), "an answer or an error");
    faqt_string_free(answer);
    faqt_string_free(error);
}

/* Checks that a call failed with `part` in its message. */
static void fails(const void *value, char *error, const char *part) {
    expect(value == NULL, part);
    if (error == NULL || strstr(error, part) == NULL) {
        fprintf(stderr, "expected the error %s, got: %s\n", part, error ? error : "(none)");
        failures++;
    }
    faqt_string_free(error);
}

static void asking(const faqt_kb *kb) {
    char *error;
    char *json = faqt_ask(kb, "how do I reset the lamp", FAQT_TO_NUL, &error);
    puts(json);
    answers(json, error, "\"outcome\":\"answered\"");

    /* Only the first bytes count, and no NUL follows. */
    const char unended[] = {'r', 'e', 's', 'e', 't', ' ', 'l', 'a', 'm', 'p', 'X'};
    json = faqt_ask(kb, unended, sizeof unended - 1, &error);
    answers(json, error, "\"id\":\"reset\"");

    json = faqt_ask(kb, "\xff\xfe reset\0lamp \xe5", 14, &error);
    answers(json, error, "\"format_version\":1");
    json = faqt_ask(kb, NULL, 0, &error);
    answers(json, error, "\"outcome\":");
    json = faqt_ask(kb, NULL, FAQT_TO_NUL, &error);
    answers(json, error, "\"outcome\":");

    json = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"limit\": 1, \"explain\": true}", &error);
    expect(json != NULL && strstr(json, "\"why\":{") != NULL, "why, if asked for");
    answers(json, error, "\"hits\":[{");
    json = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"language\": \"zh\"}", &error);
    answers(json, error, "\"hits\":[]");
    json = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"kinds\": [\"procedure\"]}", &error);
    answers(json, error, "\"hits\":[]");
    json = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"kinds\": [\"question\"], \"ids\": [\"RESET\"]}", &error);
    answers(json, error, "\"hits\":[{\"entry\":{\"id\":\"reset\"");
    json = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"limit\": 18446744073709551615}", &error);
    answers(json, error, "\"hits\":[{");
    json = faqt_search(kb, "lamp", FAQT_TO_NUL, NULL, &error);
    answers(json, error, "\"hits\":[{");
    json = faqt_search(kb, "reset lamp", FAQT_TO_NUL, "{\"answered_min\": 1}", &error);
    answers(json, error, "\"outcome\":\"unsure\"");
    json = faqt_search(kb, "reset lamp", FAQT_TO_NUL, "{\"limit\": 0}", &error);
    expect(json != NULL && strstr(json, "\"outcome\":\"answered\"") != NULL, "the outcome, whatever the limit");
    answers(json, error, "\"hits\":[]");
    json = faqt_search(kb, "reset lamp", FAQT_TO_NUL, "{\"offset\": 18446744073709551615}", &error);
    expect(json != NULL && strstr(json, "\"outcome\":\"answered\"") != NULL, "the outcome, whatever the offset");
    answers(json, error, "\"hits\":[],\"offset\":18446744073709551615");
}

static void looking_up(const faqt_kb *kb) {
    char *error;
    char *json = faqt_keyword(kb, "LAMP", FAQT_TO_NUL, &error);
    answers(json, error, "\"entries\":[{\"id\":\"reset\"");
    json = faqt_entry(kb, "reset", FAQT_TO_NUL, &error);
    answers(json, error, "\"entry\":{\"id\":\"reset\"");
    json = faqt_edition(kb, "reset", FAQT_TO_NUL, "{\"languages\": [\"xx\"]}", &error);
    answers(json, error, "\"fallback\":true");
    json = faqt_entry(kb, "rset", FAQT_TO_NUL, &error);
    answers(json, error, "{\"format_version\":1,\"entry\":null}");
    json = faqt_nearest_ids(kb, "rset", FAQT_TO_NUL, 1, &error);
    answers(json, error, "{\"format_version\":1,\"ids\":[\"reset\"]}");
    json = faqt_help(kb, "e1042", FAQT_TO_NUL, &error);
    answers(json, error, "\"entry\":{\"id\":\"reset\"");
    json = faqt_complete(kb, "res", FAQT_TO_NUL, 5, &error);
    answers(json, error, "\"id\":\"reset\"");
    json = faqt_complete(kb, "res", FAQT_TO_NUL, SIZE_MAX, &error);
    answers(json, error, "\"id\":\"reset\"");
    json = faqt_complete_id(kb, "2", FAQT_TO_NUL, 5, &error);
    answers(json, error, "{\"format_version\":1,\"ids\":[\"2-loud#is-it-loud\"]}");
    json = faqt_count(kb, NULL, &error);
    answers(json, error, "{\"format_version\":1,\"count\":2}");
    json = faqt_count(kb, "{\"section\": \"the lamp\", \"limit\": 0}", &error);
    answers(json, error, "\"count\":1}");
    json = faqt_count(kb, "{\"ids\": []}", &error);
    answers(json, error, "\"count\":0}");
    json = faqt_sections(kb, &error);
    answers(json, error, "{\"path\":[\"The lamp\"],\"entries\":[\"2-loud#is-it-loud\"]}");
    json = faqt_entries(kb, &error);
    answers(json, error, "\"question\":\"Is it loud?\"");
    json = faqt_manifest(kb, &error);
    answers(json, error, "\"entries\":2");
    json = faqt_attach_encoder(kb, NULL, &error);
    answers(json, error, "{\"format_version\":1,\"encoder\":{\"state\":\"not_needed\"}}");
    json = faqt_attach_encoder(kb, "no such model", &error);
    answers(json, error, "\"not_needed\"");
}

static void measuring(const faqt_kb *kb) {
    const char *queries =
        "{\"query\": \"how do I reset the lamp\", \"expect\": [\"RESET\"]}\n\n"
        "{\"query\": \"is it loud\", \"expect\": [\"reset\"]}\n"
        "{\"query\": \"how much is a kilo of rice\", \"expect\": []}\n";
    char *error;
    char *json = faqt_evaluate(kb, queries, FAQT_TO_NUL, &error);
    const char *parts[] = {
        "{\"format_version\":1,\"evaluation\":{\"covered\":{\"queries\":2,",
        "\"recall_at_1\":0.5,",
        "\"not_covered\":{\"queries\":1,\"answered\":0.0,",
        "\"thresholds\":[{\"answered_min\":0.1,",
        "\"misses\":[{\"line\":3,\"query\":\"is it loud\",\"expect\":[\"reset\"],\"rank\":null,",
        "\"before\":[{\"id\":\"2-loud#is-it-loud\",",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        expect(json != NULL && strstr(json, parts[i]) != NULL, parts[i]);
    }
    answers(json, error, "\"area_under_roc\":");
    /* Only the first bytes count. */
    json = faqt_evaluate(kb, queries, strlen(queries) - 2, &error);
    fails(json, error, "the query file cannot be read: line 4: ");
    json = faqt_evaluate(kb, NULL, 0, &error);
    answers(json, error, "\"evaluation\":{\"covered\":null,\"not_covered\":null,\"area_under_roc\":null,");
}

static void logging(const faqt_kb *kb) {
    char *error;
    char *line = faqt_log_record(
        kb, "{\"question\": \"mail ann@example.org\", \"outcome\": \"unsure\", \"entries\": [\"reset\"]}", FAQT_TO_NUL, &error);
    expect(line != NULL && strstr(line, "\"question\":\"mail [email]\",\"outcome\":\"unsure\"") != NULL, "a masked record");
    expect(line != NULL && line[strlen(line) - 1] == '\n', "a whole line");
    faqt_string_free(line);
    line = faqt_log_record(kb, "{\"question\": \"a\"}", FAQT_TO_NUL, &error);
    fails(line, error, "the facts cannot be read: not a record: missing field `outcome`");
    line = faqt_log_record(NULL, "{}", FAQT_TO_NUL, &error);
    fails(line, error, "the knowledge base is NULL");
}

/* Admits Markdown of at most as many bytes as `context` says. */
static int is_short(const char *markdown, void *context) {
    return strlen(markdown) <= *(size_t *)context;
}

/* Admits Markdown that takes one line of a page. */
static int is_one_line(const char *markdown, void *context) {
    char *error;
    char *shown = faqt_text(markdown, FAQT_TO_NUL, context, &error);
    expect(shown != NULL && error == NULL, "a function of the caller calls the library");
    int lines = 0;
    for (const char *c = shown; c != NULL && *c; c++) {
        lines += *c == '\n';
    }
    faqt_string_free(shown);
    return lines <= 1 ? -1 : 0;
}

static void passages(const faqt_kb *kb) {
    const char *hums =
        "{\"format_version\":1,\"passage\":{\"range\":{\"start\":5,\"end\":28},"
        "\"markdown\":\"It hums while it cools.\",\"words\":[\"hums\"]";
    const char *loud = "2-loud#is-it-loud";
    size_t limit_bytes = 24;
    char *error;
    char *json = faqt_passage(kb, "does it hum", FAQT_TO_NUL, loud, FAQT_TO_NUL, is_short, &limit_bytes, &error);
    answers(json, error, hums);
    json = faqt_passage(kb, "hum, or not", 3, loud, strlen(loud), is_one_line, "{\"width\": 40}", &error);
    answers(json, error, hums);
    const char *whole = "\"markdown\":\"No.\\n\\nIt hums while it cools.\"";
    json = faqt_passage(kb, NULL, 0, loud, FAQT_TO_NUL, NULL, NULL, &error);
    answers(json, error, whole);
    limit_bytes = 28;
    json = faqt_passage(kb, "does it hum", FAQT_TO_NUL, loud, FAQT_TO_NUL, is_short, &limit_bytes, &error);
    answers(json, error, whole);
    limit_bytes = 0;
    json = faqt_passage(kb, "does it hum", FAQT_TO_NUL, loud, FAQT_TO_NUL, is_short, &limit_bytes, &error);
    answers(json, error, hums);
    json = faqt_passage(kb, "does it hum", FAQT_TO_NUL, "lound", FAQT_TO_NUL, is_short, &limit_bytes, &error);
    answers(json, error, "{\"format_version\":1,\"passage\":null}");
}

static void showing(void) {
    const char *markdown = "See [it](faqt:reset), <script>x</script>\033[31m**loud**.";
    char *error;
    char *shown = faqt_html(markdown, FAQT_TO_NUL, "{\"entry_href\": \"/help/\"}", &error);
    answers(shown, error, "<p>See <a href=\"/help/reset\">it</a>, \xe2\x90\x9b[31m<strong>loud</strong>.</p>");
    shown = faqt_text(markdown, FAQT_TO_NUL, "{\"width\": 20}", &error);
    answers(shown, error, "See it,");
    shown = faqt_plain(markdown, FAQT_TO_NUL, &error);
    answers(shown, error, "loud.");
}

/* A caller may shorten a returned string before freeing it. */
static void shortening(const faqt_kb *kb) {
    char *error;
    char *json = faqt_ask(kb, "lamp", FAQT_TO_NUL, &error);
    json[1] = 0;
    expect(strcmp(json, "{") == 0, "a shortened string");
    faqt_string_free(json);
    faqt_open(NULL, &error);
    error[0] = 0;
    faqt_string_free(error);
}

static void misuse(const faqt_kb *kb) {
    char *error;
    void *none = faqt_open("no/such/file.faqt", &error);
    fails(none, error, "cannot read no/such/file.faqt");
    none = faqt_open(NULL, &error);
    fails(none, error, "the path is NULL");
    none = faqt_open_bytes("not a pack", 10, &error);
    fails(none, error, "pack");
    none = faqt_open_bytes(NULL, 10, &error);
    fails(none, error, "NULL");
    none = faqt_ask(NULL, "lamp", FAQT_TO_NUL, &error);
    fails(none, error, "the knowledge base is NULL");
    none = faqt_ask(kb, NULL, 3, &error);
    fails(none, error, "the question is NULL");
    none = faqt_ask(kb, "lamp", SIZE_MAX - 1, &error);
    fails(none, error, "more than an object can have");
    none = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"limits\": 1}", &error);
    fails(none, error, "unknown field `limits`");
    none = faqt_search(kb, "lamp", FAQT_TO_NUL, "{\"limit\": -1}", &error);
    fails(none, error, "the options cannot be read");

    const char *wrong[] = {"[]", "[1]", "1", "null", "\"limit\"", "{\"limit\": \"1\"}", "{\"limit\": 1.5}", "{\"explain\": 1}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        none = faqt_search(kb, "lamp", FAQT_TO_NUL, wrong[i], &error);
        fails(none, error, "the options");
    }
    const char *wrong_page[] = {"[]", "{\"images\": {\"link\": null}}", "{\"images\": \"steal\"}", "{\"heading_offset\": 256}"};
    for (size_t i = 0; i < sizeof wrong_page / sizeof *wrong_page; i++) {
        none = faqt_html("x", FAQT_TO_NUL, wrong_page[i], &error);
        fails(none, error, "the options");
    }
    none = faqt_count(kb, "{\"sections\": \"The lamp\"}", &error);
    fails(none, error, "unknown field `sections`");
    none = faqt_count(NULL, NULL, &error);
    fails(none, error, "the knowledge base is NULL");
    none = faqt_attach_encoder(NULL, NULL, &error);
    fails(none, error, "the knowledge base is NULL");
    none = faqt_evaluate(NULL, "", 0, &error);
    fails(none, error, "the knowledge base is NULL");
    none = faqt_evaluate(kb, NULL, 3, &error);
    fails(none, error, "the query file is NULL");
    none = faqt_evaluate(kb, "{}\n[]", FAQT_TO_NUL, &error);
    fails(none, error, "the query file cannot be read: line 1: missing field `query`");
    none = faqt_passage(NULL, "lamp", FAQT_TO_NUL, "reset", FAQT_TO_NUL, NULL, NULL, &error);
    fails(none, error, "the knowledge base is NULL");
    none = faqt_passage(kb, NULL, 3, "reset", FAQT_TO_NUL, NULL, NULL, &error);
    fails(none, error, "the query is NULL");
    none = faqt_passage(kb, "lamp", FAQT_TO_NUL, NULL, 3, NULL, NULL, &error);
    fails(none, error, "the id is NULL");
    none = faqt_text("x", FAQT_TO_NUL, "[20]", &error);
    fails(none, error, "the options are no JSON object");

    /* With NULL for `error`, nothing is written and nothing leaks. */
    expect(faqt_open("no/such/file.faqt", NULL) == NULL, "a missing file");
    faqt_string_free(faqt_ask(kb, "lamp", FAQT_TO_NUL, NULL));
    faqt_string_free(NULL);
    faqt_close(NULL);
    expect(faqt_clone(NULL) == NULL, "NULL is cloned to NULL");
}

static void *many_questions(void *kb) {
    for (int i = 0; i < QUESTIONS; i++) {
        char *error;
        char *json = faqt_ask(kb, i % 2 ? "is it loud" : "reset the lamp", FAQT_TO_NUL, &error);
        if (json == NULL || strstr(json, i % 2 ? "\"id\":\"2-loud#is-it-loud\"" : "\"id\":\"reset\"") == NULL) {
            return "a wrong answer";
        }
        faqt_string_free(json);
    }
    faqt_close(kb);
    return NULL;
}

/* Threads share a knowledge base, each by a cloned handle that outlives the original. */
static void threads(faqt_kb *kb) {
    pthread_t ids[THREADS];
    for (int i = 0; i < THREADS; i++) {
        expect(pthread_create(&ids[i], NULL, many_questions, faqt_clone(kb)) == 0, "a thread starts");
    }
    faqt_close(kb);
    for (int i = 0; i < THREADS; i++) {
        void *complaint;
        pthread_join(ids[i], &complaint);
        expect(complaint == NULL, "the same answers from every thread");
    }
}

static faqt_kb *from_memory(const char *path) {
    FILE *file = fopen(path, "rb");
    expect(file != NULL, "the pack can be read");
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(length);
    expect(fread(bytes, 1, length, file) == length, "the whole pack");
    fclose(file);
    char *error;
    faqt_kb *kb = faqt_open_bytes(bytes, length, &error);
    /* The bytes were copied. */
    memset(bytes, 0, length);
    free(bytes);
    expect(kb != NULL && error == NULL, "the pack opens from memory");
    return kb;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: program PACK\n");
        return 2;
    }
    printf("faqt %s\n", faqt_version());
    char *error;
    faqt_kb *kb = faqt_open(arguments[1], &error);
    if (kb == NULL) {
        fprintf(stderr, "%s\n", error);
        faqt_string_free(error);
        return 1;
    }
    asking(kb);
    looking_up(kb);
    measuring(kb);
    logging(kb);
    passages(kb);
    showing();
    shortening(kb);
    misuse(kb);
    threads(kb);
    kb = from_memory(arguments[1]);
    looking_up(kb);
    faqt_close(kb);
    printf("%d failures\n", failures);
    return failures > 0;
}
