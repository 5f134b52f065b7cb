/** A text that is to be embedded. */
export interface CorpusRow {
  readonly id?: string | number | undefined
  readonly text: string
  /** What the text belongs to: its colour and label on the map. */
  readonly group?: string | undefined
}

/** A line that has no text, counted from 1. */
export interface CorpusProblem {
  readonly line: number
  readonly message: string
}

export interface Corpus {
  readonly format: 'lines' | 'jsonl'
  readonly rows: readonly CorpusRow[]
  readonly problems: readonly CorpusProblem[]
}

/** Members that hold the text, the first that is there. */
const textFields = ['text', 'input', 'content', 'sentence'] as const

/** Members that name the group of a text, the first that is there. */
const groupFields = ['group', 'label', 'category'] as const

/**
 * Reads a text of one row per line. When its first row is a JSON object or string it is taken for JSON lines, each a string
 * or an object with its text in `text`, `input`, `content` or `sentence`, and perhaps an `id` and a `group`, `label` or `category`. Blank lines are no rows. A line
 * without text is told apart, and the others stay.
 */
export function parseCorpus(source: string): Corpus {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
  if (!isJsonRow(lines[0]?.line ?? ''))
    return { format: 'lines', rows: lines.map(({ line }) => ({ text: line })), problems: [] }
  const rows: CorpusRow[] = []
  const problems: CorpusProblem[] = []
  for (const { line, number } of lines) {
    const row = parseRow(line)
    if (typeof row === 'string') problems.push({ line: number, message: row })
    else rows.push(row)
  }
  return { format: 'jsonl', rows, problems }
}

function isJsonRow(line: string): boolean {
  if (!/^\s*["{]/.test(line)) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** @returns what is wrong with it, when there is no text. */
function parseRow(line: string): CorpusRow | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'This line is not JSON.'
  }
  if (typeof value === 'string') return value.trim() === '' ? 'The text is empty.' : { text: value }
  if (typeof value !== 'object' || value === null) return 'This line is neither a text nor an object.'
  const members = value as Record<string, unknown>
  const text = textFields.map((field) => members[field]).find((member) => typeof member === 'string')
  if (typeof text !== 'string') return `There is no text in ${textFields.join(', ')}.`
  if (text.trim() === '') return 'The text is empty.'
  const { id } = members
  const group = groupFields.map((field) => members[field]).find((member) => typeof member === 'string' && member !== '')
  return {
    ...((typeof id === 'string' || typeof id === 'number') && { id }),
    text,
    ...(typeof group === 'string' && { group }),
  }
}
