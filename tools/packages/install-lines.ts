import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { documents } from '../snippets/documents.ts'
import { snippetsOf } from '../snippets/snippet.ts'
import { root, type PublishedPackage } from './published-packages.ts'

/** What the install commands of a Markdown text name: `npm i -D @x/a rxjs   # why` gives `@x/a` and `rxjs`. */
export function installedBy(markdown: string): string[] {
  const commands = markdown.matchAll(/^(?:.*`)?npm (?:i|install) ([^`#\n]+)/gm)
  return [...commands].flatMap(([, names = '']) => names.trim().split(/\s+/)).filter((name) => !name.startsWith('-'))
}

/** The Markdown of a package: what npm shows, and its page of the documentation if it has one. */
export function documentationOf({ folder, folderName }: PublishedPackage): string {
  const files = [path.join(folder, 'README.md'), path.join(root, 'docs', 'packages', `${folderName}.md`)]
  return files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

/** Every package that the documentation tells its readers to install. */
export function installedByDocuments(): string[] {
  const names = documents().flatMap(({ file }) => installedBy(readFileSync(file, 'utf8')))
  return [...new Set(names)].sort()
}

/** What the samples of a Markdown text import by name, types included, without the modules of Node.js. */
export function importedBy(markdown: string): string[] {
  const specifiers = snippetsOf(markdown).flatMap(({ code }) =>
    parseAst(code, { lang: 'ts' }).body.flatMap((statement) =>
      statement.type === 'ImportDeclaration' ? [statement.source.value] : [],
    ),
  )
  return [...new Set(specifiers)].filter((specifier) => !/^(?:node:|\.)/.test(specifier)).sort()
}
