/** Prefixes of tokens that services issue. */
const tokenStarts =
  /^(?:hf_|api_org_|sk-|AKIA|ASIA|gh[a-z]_|github_pat_|glpat-|xox[a-z]-|nvapi-|eyJ|AIza|key-|pk-|dckr_)/i

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** Longer words occur in keys and tokens, not in model names. */
const maxWordLength = 19

/**
 * Returns a value if it is a valid model or adapter name, and `undefined` otherwise: for paths, URLs, and anything that looks
 * like a key or token. Any variable can hold a secret, so no other text is ever returned.
 */
export function plainName(value: string | undefined): string | undefined {
  const name = value?.trim() ?? ''
  // At most one slash, as in meta-llama/Llama-3.1-8B-Instruct.
  if (name.length > 96 || !/^[a-z\d][\w.:-]*(?:\/[a-z\d][\w.-]*)?$/i.test(name)) return undefined
  if (uuid.test(name) || name.split('/').some((part) => tokenStarts.test(part))) return undefined
  return name.split(/[^a-z\d]/i).some((word) => word.length > maxWordLength || isHash(word)) ? undefined : name
}

/** Long hexadecimal words are hashes. */
function isHash(word: string): boolean {
  return word.length > 11 && /^[\da-f]+$/i.test(word)
}

/** Returns a value if it is a positive integer, and `undefined` otherwise. */
export function plainCount(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value.trim()) ? Number(value) : undefined
}
