/** A TypeScript example of a Markdown file, as a reader sees it: the code, and what it is said to print. */
export interface Snippet {
  /** Line of the opening fence in the file, from 1. */
  readonly line: number
  readonly code: string
  /** Content of the `text` block that follows; undefined when the example shows no output. */
  readonly output: string | undefined
  /** Reason given by `<!-- types only: reason -->`: the example is type-checked, not run. */
  readonly typesOnly: string | undefined
  /** Given by `<!-- from node 22.13 -->`: older versions of Node.js do not run the example. */
  readonly fromNode: string | undefined
}

interface Fence {
  readonly line: number
  readonly language: string
  /** Name of the file that it is shown as: `[answer.test.ts]` after the language. */
  readonly fileName: string | undefined
  readonly content: string
  /** What stands between the fence before and this one. */
  readonly before: string
}

function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = []
  const lines = markdown.split('\n')
  let before: string[] = []
  for (let index = 0; index < lines.length; index++) {
    const opening = /^(`{3,})(\S*)(?:\s+\[(.+)\])?\s*$/.exec(lines[index] ?? '')
    if (opening === null) {
      before.push(lines[index] ?? '')
      continue
    }
    const [, ticks = '```', language = '', fileName] = opening
    const start = index
    const content: string[] = []
    for (index++; index < lines.length && lines[index] !== ticks; index++) content.push(lines[index] ?? '')
    fences.push({ line: start + 1, language, fileName, content: content.join('\n'), before: before.join('\n') })
    before = []
  }
  return fences
}

const isTest = ({ fileName }: Fence): boolean => fileName?.endsWith('.test.ts') === true

/** Code of the `ts` blocks that are test files for Vitest: they have a name that says so. */
export function testFilesOf(markdown: string): string[] {
  return fencesOf(markdown)
    .filter(isTest)
    .map(({ content }) => content)
}

/** The `ts` blocks of a Markdown file that are programs, in order, each with the `text` block directly after it. */
export function snippetsOf(markdown: string): Snippet[] {
  const fences = fencesOf(markdown)
  return fences.flatMap((fence, index) => {
    if (fence.language !== 'ts' || isTest(fence)) return []
    const next = fences[index + 1]
    const follows = next?.language === 'text' && next.before.trim() === ''
    return {
      line: fence.line,
      code: fence.content,
      output: follows ? next.content : undefined,
      typesOnly: /<!-- types only: (.+?) -->\s*$/.exec(fence.before)?.[1],
      fromNode: /<!-- from node ([\d.]+) -->\s*$/.exec(fence.before)?.[1],
    }
  })
}

/** True when `printed` is what the example says; `…` in it stands for any characters of one line. */
export function printsAsShown(printed: string, shown: string): boolean {
  const escaped = shown
    .trimEnd()
    .split('…')
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 'u').test(printed.trimEnd())
}
