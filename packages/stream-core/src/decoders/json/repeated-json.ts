type Container = Record<string, unknown> | unknown[]

/** A value that contains the string, and the name or index of what has the string in it. */
interface Step {
  readonly container: Container
  readonly key: string
}

/** The text of a value around one of its strings, and the containers of the string, the innermost first. */
interface Template {
  readonly before: string
  readonly after: string
  readonly steps: readonly Step[]
}

/** Longer texts are not compared: they are whole documents. */
const longestText = 4096

/** How many texts in a row may differ from the one before in more than a string, until none is compared any more. */
const mostMisses = 8

/** What stand for the string while its place in the value is looked up. */
const placeholders = ['<string>', '<text>'] as const

/** The inside of a JSON string without escapes. */
// oxlint-disable-next-line no-control-regex -- JSON has none within strings
const plainText = /^[^"\\\u0000-\u001f]*$/

/**
 * `JSON.parse` for texts of which most differ from the one before in one string, as the chunks of a chat completion do. Such a text is
 * compared, and the value is a copy of the one before with the new string in it, which takes a third of the time. All others are parsed.
 *
 * Why the result is that of `JSON.parse`: a template is taken only if the text before and after the string parses with two different
 * placeholders in between, and the value has each of them at the same place, as a whole string. So the place is that of the string, and
 * elsewhere in the value nothing changes when another JSON string takes its place. Whether what comes is one is checked.
 */
export class RepeatedJson {
  #template: Template | undefined
  #previous = ''
  #misses = 0

  /**
   * The value of `text[start..end)`. No part of it is shared with another value.
   *
   * @throws {SyntaxError} as `JSON.parse`
   */
  parse(text: string, start: number, end: number): unknown {
    const template = this.#template
    if (template !== undefined && isAround(template, text, start, end)) {
      const piece = text.slice(start + template.before.length, end - template.after.length)
      const string = plainText.test(piece) ? piece : valueOf(`"${piece}"`)
      if (string !== undefined) return withString(template.steps, string)
    }
    const json = text.slice(start, end)
    const value: unknown = JSON.parse(json)
    if (this.#misses < mostMisses) this.#compare(json)
    return value
  }

  #compare(json: string): void {
    const template = json.length > longestText ? undefined : templateOf(this.#previous, json)
    if (template === undefined) this.#misses++
    else {
      this.#template = template
      this.#misses = 0
    }
    // A slice keeps the whole text of its chunk in memory.
    this.#previous = this.#misses < mostMisses && json.length <= longestText ? json : ''
  }
}

/** V8 compares two strings as memory, but looks for one in another character by character, which takes ten times as long. */
function isAround({ before, after }: Template, text: string, start: number, end: number): boolean {
  const [beforeEnd, afterStart] = [start + before.length, end - after.length]
  return beforeEnd <= afterStart && text.slice(start, beforeEnd) === before && text.slice(afterStart, end) === after
}

/** The template that two texts have in common, if they differ in one string. */
function templateOf(one: string, other: string): Template | undefined {
  const shorter = Math.min(one.length, other.length)
  let head = 0
  while (head < shorter && one.charCodeAt(head) === other.charCodeAt(head)) head++
  let tail = 0
  while (tail < shorter - head && one.charCodeAt(one.length - tail - 1) === other.charCodeAt(other.length - tail - 1))
    tail++
  const before = other.slice(0, other.lastIndexOf('"', head - 1) + 1)
  const after = other.slice(other.indexOf('"', Math.max(before.length, other.length - tail)))
  // Only a try, for most texts: parsing what is no JSON costs as much as parsing a hundred texts that are.
  if (!/[:[,]\s*"$/.test(before) || !/^"\s*[,\]}]/.test(after)) return undefined
  if (!one.startsWith(before) || !one.endsWith(after)) return undefined
  const [steps, again] = placeholders.map((text) => stepsTo(text, valueOf(`${before}${text}${after}`)))
  if (steps === undefined || pathOf(steps) !== pathOf(again)) return undefined
  return { before, after, steps }
}

function pathOf(steps: readonly Step[] | undefined): string {
  return JSON.stringify(steps?.map(({ key }) => key))
}

/**
 * What contains a text in a value, if it is there once, and nothing else has to be copied: what two values share would change in both.
 */
function stepsTo(text: string, value: unknown): readonly Step[] | undefined {
  if (value === text) return []
  if (!isContainer(value)) return undefined
  const [found, ...others] = Object.entries(value).filter(([, member]) => member === text || isContainer(member))
  // Assigning to `__proto__` would make no member.
  if (found === undefined || others.length > 0 || found[0] === '__proto__') return undefined
  const inner = stepsTo(text, found[1])
  return inner && [...inner, { container: value, key: found[0] }]
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

/** A copy of the value with another string in it. */
function withString(steps: readonly Step[], string: unknown): unknown {
  let value = string
  for (const { container, key } of steps) {
    const copy = Array.isArray(container) ? container.slice() : { ...container }
    ;(copy as Record<string, unknown>)[key] = value
    value = copy
  }
  return value
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
