import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { publishedPackages } from './published-packages.ts'

/** The names that an API report declares; those that it only exports again are declared elsewhere. */
export function declaredNames(report: string): string[] {
  const declaration = /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|namespace|type) ([\w$]+)/gm
  return [...new Set(Array.from(report.matchAll(declaration), ([, name]) => name ?? ''))]
}

/** Every public name that more than one package declares, as `name: package, package`. */
export function sharedNames(reports: ReadonlyMap<string, string>): string[] {
  const packagesOf = new Map<string, string[]>()
  for (const [packageName, report] of reports)
    for (const name of declaredNames(report)) packagesOf.set(name, [...(packagesOf.get(name) ?? []), packageName])
  return [...packagesOf]
    .filter(([, packages]) => packages.length > 1)
    .map(([name, packages]) => `${name}: ${packages.join(', ')}`)
    .toSorted()
}

/** The API reports of each package, joined: its entries may declare the same name, of which a program imports one. */
export function apiReports(): ReadonlyMap<string, string> {
  return new Map(
    publishedPackages().map(({ folder, manifest }) => {
      const texts = globSync('etc/*.api.md', { cwd: folder }).map((file) =>
        readFileSync(path.join(folder, file), 'utf8'),
      )
      return [manifest.name, texts.join('\n')]
    }),
  )
}
