import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** An import, of types or values, that a file of a package makes. */
export interface ProductImport {
  /** The importing file, as a path within `src`. */
  readonly importer: string
  readonly specifier: string
}

/**
 * All imports that the code of a package makes. Tests, fixtures and what supports tests are not part of it.
 *
 * @param packageRoot - The folder that holds `src`
 */
export function productImports(packageRoot: string): readonly ProductImport[] {
  const source = path.join(packageRoot, 'src')
  return globSync('**/*.ts', { cwd: source })
    .filter((file) => !/\.test(-d)?\.ts$|\.d\.ts$|(^|\/)(__fixtures__|test-support)\//.test(file))
    .flatMap((importer) =>
      specifiersIn(readFileSync(path.join(source, importer), 'utf8')).map((specifier) => ({ importer, specifier })),
    )
}

function specifiersIn(code: string): readonly string[] {
  const withoutComments = code.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
  const found = withoutComments.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])(?<specifier>[\w@.][^'"\s]*)\1/g)
  return [...found].map((match) => match.groups?.['specifier'] ?? '')
}
