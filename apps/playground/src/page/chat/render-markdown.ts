import DOMPurify from 'dompurify'
import { Marked } from 'marked'

const blocks = ['p', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'li']
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td']
const inline = ['br', 'code', 'em', 'strong', 'del', 'a']
const tags = [...blocks, ...tables, ...inline]

const marked = new Marked({ gfm: true, breaks: true, async: false })

/**
 * Turns a model's Markdown into nodes. What a model writes is not to be trusted: of its markup only plain text structure
 * is left, nothing that loads, runs, is styled or can be filled in.
 */
export function renderMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text) as string
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'title', 'start', 'align'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    RETURN_DOM_FRAGMENT: true,
  })
}

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return
  node.setAttribute('target', '_blank')
  node.setAttribute('rel', 'noopener noreferrer')
})
