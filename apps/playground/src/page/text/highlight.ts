import DOMPurify from 'dompurify'
import highlighter from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import typescript from 'highlight.js/lib/languages/typescript'

highlighter.registerLanguage('bash', bash)
highlighter.registerLanguage('json', json)
highlighter.registerLanguage('python', python)
highlighter.registerLanguage('typescript', typescript)

/** Code in colours, as nodes; in a language that is not known, as plain text. */
export function highlight(code: string, language: string): DocumentFragment {
  if (highlighter.getLanguage(language) === undefined) {
    const plain = document.createDocumentFragment()
    plain.append(code)
    return plain
  }
  const { value } = highlighter.highlight(code, { language })
  return DOMPurify.sanitize(value, { ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'], RETURN_DOM_FRAGMENT: true })
}
