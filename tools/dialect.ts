/** A habit that the code of this workspace does not have, and that the linter has no rule for. */
interface Habit {
  readonly pattern: RegExp
  readonly instead: string
}

const habits: readonly Habit[] = [
  { pattern: /^ *[\w.#[\]?!]+ [+-]= 1;?$/gm, instead: '`++` or `--`' },
  { pattern: /\b(?:const|let|static|readonly) #?[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g, instead: 'camelCase' },
  { pattern: /^ *(?:\/\*)?\* *@throws [A-Z]/gm, instead: '`@throws {X}`' },
  { pattern: /^ *(?:\/\*)?\* *@param [\w.]+(?![\w.]| - )/gm, instead: '`@param a - what it is`' },
  { pattern: /^ *(?:\/\*)?\*(?! *@param)[^\n]* Default: [^\n]*/gm, instead: '`@defaultValue`' },
  { pattern: /^ *(?:\/\*)?\* *@(?:default|return|see)\b/gm, instead: '`@defaultValue`, `@returns`, `{@link}`' },
]

/** The places in a source file that are not written as the rest of the workspace is, with what to write instead. */
export function dialectProblems(code: string): readonly string[] {
  return habits.flatMap(({ pattern, instead }) =>
    [...code.matchAll(pattern)].map((match) => {
      const line = code.slice(0, match.index).split('\n').length
      return `line ${line}: ${match[0].trim()} (write ${instead})`
    }),
  )
}
