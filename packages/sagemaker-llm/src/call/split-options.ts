/** The names of options of one kind, each of them once: a table that lacks one does not compile. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** Splits options that stand side by side into those that are named and the rest. */
export function splitOptions<Options extends object, Name extends keyof Options>(
  options: Options,
  names: Readonly<Record<Name, true>>,
): readonly [Pick<Options, Name>, Omit<Options, Name>] {
  const entries = Object.entries(options)
  const isNamed = ([name]: [string, unknown]): boolean => Object.hasOwn(names, name)
  const named = Object.fromEntries(entries.filter(isNamed))
  const rest = Object.fromEntries(entries.filter((entry) => !isNamed(entry)))
  return [named as Pick<Options, Name>, rest as Omit<Options, Name>]
}
