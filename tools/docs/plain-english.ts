/** A phrase that technical English does not use, and what to write instead. */
interface Phrase {
  readonly found: RegExp
  readonly instead: string
}

const phrases: readonly Phrase[] = [
  { found: /\bwhoever\b/gi, instead: 'name them: callers, users, the client' },
  { found: /\bfor ever\b/gi, instead: 'forever' },
  { found: /\bhanded in\b/gi, instead: 'passed in' },
  { found: /\bsuch that\b/gi, instead: 'so that' },
  { found: /\b(?:is|are|was|were) told(?! apart)\b/gi, instead: 'gets, receives, is called with' },
  { found: /\bworth another try\b/gi, instead: 'retryable' },
  { found: /\bthe same again\b/gi, instead: 'retrying' },
  { found: /\bmend(?:s|ed|ing)? (?:the|it|this)\b/gi, instead: 'fix' },
  { found: /\bcan be mended\b/gi, instead: 'can be fixed' },
  { found: /\bin the course of\b/gi, instead: 'during' },
  { found: /\bconcerns? nobody\b/gi, instead: 'is ignored' },
  { found: /\bnobody wants\b/gi, instead: 'say why in the active voice' },
  { found: /\bin store for\b/gi, instead: 'injects' },
  { found: /\bbefalls?\b/gi, instead: 'affects' },
  { found: /\bno known shape\b/gi, instead: 'not recognized' },
  { found: /\bno call could be made with\b/gi, instead: 'invalid' },
  { found: /\bthat was given for it\b/gi, instead: 'user-supplied' },
  { found: /\bas if there was none\b/gi, instead: 'name what happens' },
  { found: /\bof (?:its|their|his|our|your|one's) own\b(?! accord)/gi, instead: 'its own X, a separate X' },
  { found: /\bbesides\b/gi, instead: 'in addition to, apart from' },
  { found: /\/\*\* The [a-z]+\. \*\//g, instead: 'nothing, or what the name does not say' },
]

/**
 * Phrases of a text that read as translated.
 *
 * @returns one line for each: where it is, what stands there, what to write instead
 */
export function foreignPhrases(name: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      phrases.flatMap(({ found, instead }) =>
        Array.from(line.matchAll(found), ([words]) => `${name}:${index + 1}: "${words}". Write: ${instead}`),
      ),
    )
}
