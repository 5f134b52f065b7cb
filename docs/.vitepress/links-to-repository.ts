import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const root = path.join(import.meta.dirname, '..', '..')
const repository = 'https://github.com/x/sagemaker-typescript'

/** Where a link of a page leads on GitHub, if it leads to something in the repository that the site does not have. */
function onGitHub(target: string, file: string, docs: string): string | undefined {
  if (/^(?:[a-z]+:|[#/])/.test(target)) return undefined
  const [place = '', anchor] = target.split('#')
  const linked = path.join(path.dirname(file), decodeURIComponent(place))
  const isPage = linked.startsWith(docs + path.sep) && (linked.endsWith('.md') || linked.endsWith('.svg'))
  if (isPage || !existsSync(linked)) return undefined
  const kind = statSync(linked).isDirectory() ? 'tree' : 'blob'
  return `${repository}/${kind}/main/${path.relative(root, linked)}${anchor === undefined ? '' : `#${anchor}`}`
}

/** Lets links to sources and other files of the repository lead to GitHub. What is not there either stays, and is a dead link. */
export function linksToRepository(markdown: MarkdownRenderer, docs: string): void {
  markdown.core.ruler.push('links-to-repository', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue
      const target = onGitHub(token.attrGet('href') ?? '', path.join(docs, env.relativePath), docs)
      if (target !== undefined) token.attrSet('href', target)
    }
  })
}
