import DOMPurify from 'dompurify'
import { Marked } from 'marked'
import { highlight } from './highlight.ts'

const blocks = ['p', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'li']
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td']
const inline = ['br', 'code', 'em', 'strong', 'del', 'a']

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** HTML within the Markdown is shown as it was written. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: { html: ({ text }) => text.replaceAll(/[&<>"]/g, (character) => escaped[character] ?? character) },
})

/**
 * Turns a model's Markdown into nodes. What a model writes is not to be trusted: only the structure of text comes out,
 * nothing that loads, runs, is styled or can be filled in.
 */
export function renderMarkdown(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(marked.parse(text) as string, {
    ALLOWED_TAGS: [...blocks, ...tables, ...inline],
    ALLOWED_ATTR: ['href', 'title', 'start', 'align', 'class'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  for (const element of fragment.querySelectorAll('[class]')) {
    const language = /^language-([\w-]+)$/.exec(element.className)?.[1]
    element.removeAttribute('class')
    if (language !== undefined && element.matches('pre > code'))
      element.replaceChildren(highlight(element.textContent, shortNames[language] ?? language))
  }
  return fragment
}

const shortNames: Readonly<Record<string, string>> = {
  js: 'typescript',
  javascript: 'typescript',
  ts: 'typescript',
  py: 'python',
  sh: 'bash',
  shell: 'bash',
}
