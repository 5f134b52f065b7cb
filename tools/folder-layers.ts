import path from 'node:path'
import { productImports } from './product-imports.ts'

/** An import from one floor of a package into another. */
export interface FloorImport {
  readonly from: string
  readonly to: string
  /** The file that imports and the one that is imported, as paths within `src`. */
  readonly files: readonly [importer: string, imported: string]
}

/**
 * The imports between the floors of a package, those of types included. A floor is a first-level folder of `src`, or a file
 * that lies beside them. Tests, fixtures and what supports tests belong to none.
 *
 * @param packageRoot - The folder that holds `src`
 */
export function floorImports(packageRoot: string): readonly FloorImport[] {
  return productImports(packageRoot)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .flatMap(({ importer, specifier }): readonly FloorImport[] => {
      const imported = path.join(path.dirname(importer), specifier)
      const [from, to] = [floorOf(importer), floorOf(imported)]
      return from === to || imported.startsWith('..') ? [] : [{ from, to, files: [importer, imported] }]
    })
}

/**
 * The imports that keep floors from lying one above the other: those between floors that reach each other. Where there are
 * none, every floor imports from those below it only.
 */
export function knottedImports(imports: readonly FloorImport[]): readonly FloorImport[] {
  const below = new Map<string, FloorImport[]>()
  for (const one of imports) below.set(one.from, [...(below.get(one.from) ?? []), one])
  const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
    (below.get(start) ?? []).some(({ to }) => {
      if (to === goal) return true
      if (seen.has(to)) return false
      seen.add(to)
      return reaches(to, goal, seen)
    })
  return imports.filter(({ from, to }) => reaches(to, from))
}

function floorOf(file: string): string {
  const [first = file] = file.split(path.sep)
  return first
}
