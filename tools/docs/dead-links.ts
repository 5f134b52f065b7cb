import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import GithubSlugger from 'github-slugger'

const fencedCode = /^(`{3,})[^\n]*\n.*?^\1$/gms

const inRepository = /^https:\/\/github\.com\/x\/sagemaker-typescript\/(?:blob|tree)\/main\/(.*)$/

/** The text without code, so that nothing in an example is taken for a link or a heading. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(fencedCode, '').replaceAll(/`[^`\n]+`/g, (code) => 'x'.repeat(code.length))
}

/** Targets of `[text](target)` and `[name]: target`, in order. */
export function linksOf(markdown: string): string[] {
  const text = withoutCode(markdown)
  const inline = text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)
  const definitions = text.matchAll(/^\[[^\]]+\]:\s+<?(\S+?)>?$/gm)
  return [...inline, ...definitions].map(([, target = '']) => target)
}

/** The anchors that GitHub gives to the headings of a page, and those that it has by `id`. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const slugger = new GithubSlugger()
  // Code is part of the text of a heading, a link only by its text.
  const headings = [...markdown.replaceAll(fencedCode, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(
    ([, heading = '']) => slugger.slug(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '')),
  )
  const ids = [...markdown.matchAll(/<\w+[^>]*\s(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)
  return new Set([...headings, ...ids])
}

/**
 * Links of a page that lead nowhere within the repository: to a file that is not there, out of the repository, or to a
 * heading that the other page does not have. Other addresses on the web are not opened.
 *
 * @param root - the repository's folder
 * @param name - path of the page from there
 */
export function deadLinks(root: string, name: string): string[] {
  const file = path.join(root, name)
  return linksOf(readFileSync(file, 'utf8')).filter((target) => {
    // npm shows READMEs without the repository around them: their links have the whole address.
    const [, fromRoot] = inRepository.exec(target) ?? []
    if (fromRoot === undefined && /^(?:https?:|mailto:)/.test(target)) return false
    const [place = '', anchor] = (fromRoot ?? target).split('#')
    const base = fromRoot === undefined ? path.dirname(file) : root
    const linked = place === '' ? file : path.join(base, decodeURIComponent(place))
    if (path.relative(root, linked).startsWith('..') || !existsSync(linked)) return true
    return anchor !== undefined && !(linked.endsWith('.md') && anchorsOf(readFileSync(linked, 'utf8')).has(anchor))
  })
}
