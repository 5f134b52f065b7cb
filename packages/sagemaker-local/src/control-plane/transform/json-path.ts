import { isObject } from '../../answers/json-fields.ts'

/**
 * A filter of `DataProcessing`: a JSONPath of member names (`$.a.b`, `$['a']`) or of several members at its end (`$['a','b']`), which give
 * an object.
 */
export type JsonPath = (value: unknown) => unknown

const step = /^(?:\.(\w+)|\[('[^']*'(?:\s*,\s*'[^']*')*)\])/

/** Parses a filter; `undefined` if it is none of this form, or longer than AWS allows. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$') || text.length > 63) return undefined
  const steps: (readonly string[])[] = []
  for (let rest = text.slice(1); rest !== '';) {
    const match = step.exec(rest)
    if (match === null) return undefined
    const [all, name, names = ''] = match
    steps.push(name === undefined ? [...names.matchAll(/'([^']*)'/g)].map(([, one = '']) => one) : [name])
    rest = rest.slice(all.length)
  }
  return (value) => steps.reduce<unknown>(memberOf, value)
}

function memberOf(value: unknown, names: readonly string[]): unknown {
  if (!isObject(value)) return undefined
  const [name = ''] = names
  if (names.length === 1) return value[name]
  return Object.fromEntries(names.filter((each) => Object.hasOwn(value, each)).map((each) => [each, value[each]]))
}
