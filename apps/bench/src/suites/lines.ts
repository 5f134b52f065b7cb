import { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { LineDecoder } from '@x/stream-core/decoders'
import split2 from 'split2'
import type { Contender } from '../measure.ts'
import type { Suite } from '../suite.ts'
import { cut, repeat } from '../workloads/cut.ts'
import { encode, lmiLine, tokens } from '../workloads/model-output.ts'

type Chunks = readonly Uint8Array[]

/** Bytes to lines. */
export function lineSuites(): Suite[] {
  const times = 20
  const lines = tokens(2500).map(lmiLine)
  const bytes = encode(lines)
  const suite = (name: string, chunks: Chunks): Suite => ({
    name: `Lines: ${name}`,
    item: 'line',
    items: lines.length * times,
    contenders: contenders(repeat(chunks, times)),
    ours: 'LineDecoder',
    goals: [
      { slower: 'split2', faster: 'LineDecoder', atLeast: 2.5 },
      { slower: 'readline', faster: 'LineDecoder', atLeast: 2.5 },
    ],
  })
  return [
    suite('JSON lines, 1 to 2 KB chunks', cut(bytes, 1024, 2048)),
    suite('JSON lines, 64 KB chunks', cut(bytes, 65_536, 65_536)),
  ]
}

function contenders(chunks: Chunks): Contender[] {
  return [
    { name: 'LineDecoder', run: () => decode(chunks) },
    { name: 'split2', run: () => split(chunks) },
    { name: 'readline', run: () => readLines(chunks) },
  ]
}

function decode(chunks: Chunks): number {
  let length = 0
  const decoder = new LineDecoder()
  const count = (line: string): void => void (length += line.length)
  for (const chunk of chunks) decoder.pushEach(chunk, count)
  decoder.flushEach(count)
  return length
}

function split(chunks: Chunks): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0
    const stream = split2()
    stream.on('data', (line: string) => void (length += line.length))
    stream.on('end', () => resolve(length))
    stream.on('error', reject)
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
  })
}

function readLines(chunks: Chunks): Promise<number> {
  return new Promise((resolve) => {
    let length = 0
    const lines = createInterface({
      input: Readable.from(chunks, { objectMode: false }),
      crlfDelay: Number.POSITIVE_INFINITY,
    })
    lines.on('line', (line) => void (length += line.length))
    lines.on('close', () => resolve(length))
  })
}
