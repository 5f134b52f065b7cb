import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { snippetsOf } from '../snippets/snippet.ts'
import { publishedPackages, root } from './published-packages.ts'

/** What the install commands of a Markdown text name: `npm i -D @x/a rxjs   # why` gives `@x/a` and `rxjs`. */
export function installedBy(markdown: string): string[] {
  const commands = markdown.matchAll(/^(?:.*`)?npm (?:i|install) ([^`#\n]+)/gm)
  return [...commands].flatMap(([, names = '']) => names.trim().split(/\s+/)).filter((name) => !name.startsWith('-'))
}

/** Every package that some README of a published package, or the one at the root, tells its readers to install. */
export function installedByReadmes(): string[] {
  const files = [root, ...publishedPackages().map(({ folder }) => folder)].map((folder) =>
    path.join(folder, 'README.md'),
  )
  return [...new Set(files.flatMap((file) => installedBy(readFileSync(file, 'utf8'))))].sort()
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
