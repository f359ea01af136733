/** The error of every failed call: damaged packs, texts that are none, calls after `close`. */
export class FaqtError extends Error {}

/** `answered`: the first hit is the answer. `unsure`: the candidates are to choose from. `not_covered`: nothing answers. */
export type Outcome = "answered" | "unsure" | "not_covered";
export type Kind = "question" | "procedure";
export type Status = "verified" | "unverified" | "reported" | "gone" | (string & {});

/** Another page or entry that an answer points to. */
export interface Related {
  title: string;
  /** The id of an entry. */
  id?: string | null;
  /** The address of a page elsewhere. */
  url?: string | null;
  status?: Status | null;
  [field: string]: unknown;
}

/** One question with its answer, or one procedure. */
export interface Entry {
  id: string;
  question: string;
  /** Markdown. */
  answer: string;
  kind: Kind;
  section: string[];
  aliases?: string[];
  keywords?: string[];
  help_ids?: string[];
  related?: Related[];
  language?: string;
  since?: string;
  until?: string;
  /** Of an answer: true if it is in another language than the reader wants. */
  fallback?: true;
  [field: string]: unknown;
}

export interface Reference {
  id: string;
  question: string;
  section: string[];
}

export interface Candidate extends Reference {
  /** Comparable within one search only. */
  score: number;
  /** From 0 to 1. */
  confidence: number;
  language?: string;
  fallback?: true;
  since?: string;
  until?: string;
  /** False if the entry is for other versions than the reader has. */
  applies?: boolean;
}

/** The object `findings` of docs/output.schema.json. */
export interface Findings {
  query: string;
  outcome: Outcome;
  /** The probability that the first hit answers, from 0 to 1. */
  confidence: number;
  /** The probability that one of the first 5 hits answers, from 0 to 1. */
  covered: number;
  /** The version that the reader has, by the options or by the question. */
  version?: string;
  corrections: { typed: string; taken_for: string }[];
  answer: Entry | null;
  candidates: Candidate[];
  why?: Record<string, unknown>;
}

export interface Manifest {
  name: string;
  language: string;
  languages: string[];
  entries: number;
  content_hash: string;
  [field: string]: unknown;
}

export interface Completion {
  text: string;
  question: string;
  id: string;
}

export interface SearchOptions {
  /** The most hits; 5 if it is left out. */
  limit?: number;
  offset?: number;
  section?: string;
  language?: string;
  /** The languages that the reader wants, the most wanted first; those of others are marked as `fallback`. */
  languages?: string[];
  /** The language of the reader's system. */
  locale?: string;
  /** The version that the reader has: `2.4`. */
  version?: string;
  kinds?: Kind[];
  ids?: string[];
  /** Show an answer only if it is as sure as this, from 0 to 1. */
  answeredMin?: number;
  /** Say why the first entry stands first. */
  explain?: boolean;
}

/** A part of a page as the crate `faqt-page` renders it: sanitised HTML whose addresses are `#/e/ID` and the like. */
export interface Fragment {
  html: string;
  title: string;
  /** The id that the entry has now. */
  movedTo: string | null;
  isFound: boolean;
}

/** A knowledge base, open in an instance of WebAssembly of its own. All methods throw {@link FaqtError}. */
export class KnowledgeBase {
  /** `pack` must not change while the knowledge base is open: an instance that fails is opened from it anew. */
  constructor(module: WebAssembly.Module, pack: ArrayBuffer | ArrayBufferView);
  readonly manifest: Manifest;
  /** The version of the engine. */
  readonly version: string;
  /** True if the pack brings the tables of its vectors along: `faqt build --standalone`. */
  readonly comparesMeaning: boolean;
  /** Answers a question. Lone surrogates in a text count as U+FFFD. */
  search(query: string, options?: SearchOptions): Findings;
  /** The entry with this id, former id or help id. */
  entry(id: string): Entry | null;
  /** The entries under a keyword, an id or a help id, exactly. */
  keyword(term: string): Entry[];
  /** All entries in the order of the table of contents. */
  contents(): Reference[];
  /** Questions that match what was typed so far. */
  complete(typed: string, limit?: number): Completion[];
  /** Markdown of an answer as sanitised HTML. */
  html(markdown: string, options?: { entryHref?: string }): string;
  /** A part of a page: "", "ask", "complete", "e/ID", "contents" or "keywords". */
  fragment(path: string, parameters?: Record<string, string>): Fragment;
  /** Frees the memory; every later call is an error. */
  close(): void;
}

/** Bytes, an address, a response, or a path in Node. */
export type Source = ArrayBuffer | ArrayBufferView | Response | URL | string;

/** Compiles the engine of this package, or that of `source`. */
export function compile(source?: Source | WebAssembly.Module): Promise<WebAssembly.Module>;
/** Opens a pack. */
export function open(pack: Source, options?: { engine?: Source | WebAssembly.Module }): Promise<KnowledgeBase>;
