import { Validator } from '@cfworker/json-schema'

/** An answer that was to be JSON, and what is wrong with it. */
export interface CheckedAnswer {
  /** Indented, or as it arrived where it is not JSON. */
  readonly text: string
  readonly problems: readonly string[]
}

const maxProblems = 5

/** Checks an answer against a JSON schema. */
export function checkJsonAnswer(text: string, schema: Record<string, unknown>): CheckedAnswer {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { text, problems: ['The answer is not JSON.'] }
  }
  const indented = JSON.stringify(value, undefined, 2)
  try {
    const { errors } = new Validator(schema, '2020-12', false).validate(value)
    // What holds the others together, such as `properties`, repeats them.
    const causes = errors.filter(({ keyword }) => !['properties', 'items', 'allOf', '$ref'].includes(keyword))
    const problems = (causes.length > 0 ? causes : errors).map(
      ({ instanceLocation, error }) => `${instanceLocation.replace(/^#\/?/, '') || 'The answer'}: ${error}`,
    )
    return { text: indented, problems: problems.slice(0, maxProblems) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { text: indented, problems: [`The schema cannot be checked: ${reason}`] }
  }
}
