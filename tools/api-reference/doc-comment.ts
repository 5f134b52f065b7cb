const blockTags: Readonly<Record<string, string>> = {
  defaultValue: 'Default: ',
  returns: 'Returns: ',
  throws: 'Throws: ',
  see: 'See: ',
  deprecated: 'Deprecated: ',
  remarks: '',
  example: 'Example:\n\n',
}

/** A TSDoc comment as Markdown: inline tags as code, block tags as paragraphs, release tags left out. */
export function markdownOf(docComment: string): string {
  const text = docComment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .replaceAll(/^[ \t]*\* ?/gm, '')
    .replaceAll(/\{@link ([^}|]+?)(?:\s*\|\s*([^}]+))?\}/g, (_, name: string, label?: string) => `\`${label ?? name}\``)
    // Examples stand beside the code that they explain, where an editor shows them; only whole documents are run.
    .replaceAll('```ts', '```typescript')
    .replaceAll(/^@(?:public|internal|beta|packageDocumentation)\s*$/gm, '')
    .replaceAll(/^@throws\s+\{([^}]+)\}/gm, '@throws `$1`')
    .replaceAll(/^@(?:param|typeParam) (\S+)\s*(?:- )?/gm, '\n- `$1`: ')
    .replaceAll(/^@(\w+)\s*/gm, (whole, tag: string) => (tag in blockTags ? `\n${blockTags[tag] ?? ''}` : whole))
  return text
    .replace(/^\s*Constructs a new instance of the .* class\s*$/, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
