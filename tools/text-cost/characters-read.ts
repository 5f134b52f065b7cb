/** How many characters a call of a method reads: of which text, with which result and arguments. */
type Reading = (text: string, result: unknown, args: readonly unknown[]) => number

const whole: Reading = (text) => text.length
const one: Reading = () => 1
const removed: Reading = (text, result) => text.length - (result as string).length + 1
const compared: Reading = (_, __, [searched]) => (searched as string).length

const ofStrings: Readonly<Record<string, Reading>> = {
  charCodeAt: one,
  charAt: one,
  codePointAt: one,
  at: one,
  indexOf: (text, index, [, from]) => (index === -1 ? text.length : (index as number) + 1) - ((from as number) ?? 0),
  lastIndexOf: (text, index, [, from]) => Math.min((from as number) ?? text.length, text.length) - (index as number),
  includes: (text, isFound, [searched]) =>
    isFound === true ? text.split(searched as string, 1).join('').length : text.length,
  startsWith: compared,
  endsWith: compared,
  trim: removed,
  trimStart: removed,
  trimEnd: removed,
  split: whole,
  replace: whole,
  replaceAll: whole,
  match: whole,
  search: whole,
  toLowerCase: whole,
  toUpperCase: whole,
  normalize: whole,
}

/**
 * How many characters `work` reads by the methods of strings, regular expressions and `JSON.parse`: its cost, without a clock.
 * Characters that `slice` and `+` pass on do not count: engines keep references.
 */
export async function charactersRead(work: () => unknown): Promise<number> {
  let count = 0
  const undo: (() => void)[] = []
  const watch = (target: object, name: string, read: Reading): void => {
    const original = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown
    const define = (value: unknown): boolean =>
      Reflect.defineProperty(target, name, { value, configurable: true, writable: true })
    undo.push(() => define(original))
    define(function (this: unknown, ...args: readonly unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, args)
      const text = typeof this === 'string' ? this : args[0]
      if (typeof text === 'string') count += read(text, result, args)
      return result
    })
  }
  for (const [name, read] of Object.entries(ofStrings)) watch(String.prototype, name, read)
  watch(RegExp.prototype, 'exec', whole)
  watch(JSON, 'parse', whole)
  try {
    await work()
  } finally {
    for (const restore of undo) restore()
  }
  return count
}
