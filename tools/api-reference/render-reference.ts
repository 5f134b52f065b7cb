import GithubSlugger from 'github-slugger'
import type { ApiItem } from './api-item.ts'
import { markdownOf } from './doc-comment.ts'

/** Headings of the groups of names, and the kinds in each. */
const groups: readonly (readonly [heading: string, kinds: readonly string[]])[] = [
  ['Classes', ['Class']],
  ['Functions', ['Function']],
  ['Values', ['Variable']],
  ['Types', ['Interface', 'TypeAlias']],
]

/**
 * One page with every public name of one entry point: its declaration and what its docstring says.
 *
 * @param entry - what is imported, such as `@x/stream-core/decoders`
 * @param readme - link to the README of the package
 */
export function renderReference(entry: string, readme: string, document: ApiItem): string {
  const items = document.members?.find(({ kind }) => kind === 'EntryPoint')?.members ?? []
  const slugger = new GithubSlugger()
  const title = `API of ${entry}`
  slugger.slug(title)
  const contents: string[] = []
  const sections: string[] = []
  for (const [heading, kinds] of groups) {
    const named = items.filter(({ kind }) => kinds.includes(kind))
    if (named.length === 0) continue
    slugger.slug(heading)
    sections.push(`## ${heading}`)
    const links = named.map((item) => {
      const link = `[${item.name}](#${slugger.slug(item.name ?? '')})`
      // Members have no heading of their own, so that the table of contents stays one of public names.
      sections.push(`### ${item.name}`, ...describe(item), ...(item.members ?? []).flatMap(describe))
      return link
    })
    contents.push(`- **${heading}**: ${links.join(', ')}`)
  }
  const introduction = `Every public name of \`${entry}\`, made from the declarations by \`npm run api:reference\`. How they are used: [README](${readme}).`
  return [`# ${title}`, introduction, contents.join('\n'), ...sections].join('\n\n') + '\n'
}

function declarationOf({ excerptTokens = [] }: ApiItem): string {
  const code = excerptTokens
    .map(({ text }) => text)
    .join('')
    .trim()
  return `\`\`\`typescript\n${code.replace(/^export (?:declare )?/, '')}\n\`\`\``
}

function describe(item: ApiItem): string[] {
  const comment = markdownOf(item.docComment ?? '')
  return comment === '' ? [declarationOf(item)] : [declarationOf(item), comment]
}
