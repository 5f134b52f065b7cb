import { seededRandom } from '../random.ts'

const rows = 1000
const width = 1024

/** Vectors as containers send them: numbers from -1 to 1, most of them small. */
function vectors(): Float32Array[] {
  const random = seededRandom(1)
  return Array.from({ length: rows }, () =>
    Float32Array.from({ length: width }, () => (random() - 0.5) * random() * 0.2),
  )
}

/** TEI's answer: numbers in the shortest text of their single precision, as Rust writes them, or of their double, as Python does. */
export function numbersAnswer(precision: 'single' | 'double'): Uint8Array {
  const write = precision === 'double' ? String : shortestSingle
  const [open, separator] = precision === 'double' ? ['[', ', '] : ['[', ',']
  const lines = vectors().map((vector) => `${open}${Array.from(vector, write).join(separator)}]`)
  return new TextEncoder().encode(`[${lines.join(separator)}]`)
}

/** The same vectors as OpenAI's data in base64. */
export function base64Answer(numbers: Uint8Array): Uint8Array {
  const list = JSON.parse(new TextDecoder().decode(numbers)) as number[][]
  const data = list.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: Buffer.from(Float32Array.from(vector).buffer).toString('base64'),
  }))
  return new TextEncoder().encode(JSON.stringify({ object: 'list', data, model: 'm', usage: { prompt_tokens: 1 } }))
}

function shortestSingle(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(Number(value.toPrecision(9)))
}
