import { LineDecoder } from '@x/stream-core/decoders'
import { readWithReadline } from '../peers/readline.ts'
import { readWithSplit2 } from '../peers/split2.ts'
import type { TimedSuite } from '../suite.ts'
import { sumOfLengths } from '../workloads/checksum.ts'
import { cut, repeat, type Chunks } from '../workloads/cut.ts'
import { decode } from '../workloads/decode.ts'
import { encode, lmiLine, tokens } from '../workloads/model-output.ts'

const ours = 'LineDecoder'
const floor = 'indexOf and slice alone'

const rules = 'In addition to the floor it looks for CR, and at the length of each line.'

/** Bytes to lines. */
export function* lineSuites(): Iterable<TimedSuite> {
  const lines = tokens(2500).map(lmiLine)
  const bytes = encode(lines)
  yield suite('JSON lines, 1 to 2 KB chunks', lines.length, cut(bytes, 1024, 2048), 20, true)
  yield suite('JSON lines, 64 KB chunks', lines.length, cut(bytes, 65_536, 65_536), 20, true)
  const few = lines.slice(0, 400)
  yield suite('JSON lines, one byte per chunk', few.length, cut(encode(few), 1, 1), 5)
  const mebibyte = new Uint8Array(1024 * 1024).fill(0x61)
  yield { ...suite('one line of 1 MiB, 1 KB chunks', 1, cut(mebibyte, 1024, 1024), 1), rounds: 5 }
}

/** @param isLikeItsFloor - whether most lines lie within a chunk, so that the floor does nearly all that is to be done */
function suite(name: string, lines: number, chunks: Chunks, times: number, isLikeItsFloor = false): TimedSuite {
  const input = repeat(chunks, times)
  return {
    kind: 'timed',
    name: `Lines: ${name}`,
    item: 'line',
    items: lines * times,
    contenders: [
      { name: ours, role: 'ours', run: () => sumOfLengths((take) => decode(new LineDecoder(), input, take)) },
      { name: 'split2', role: 'peer', run: () => sumOfLengths((take) => readWithSplit2(input, take)) },
      { name: 'readline', role: 'peer', run: () => sumOfLengths((take) => readWithReadline(input, take)) },
      {
        name: floor,
        role: 'floor',
        run: () => {
          sumOfLengths((take) => sliceLines(input, take))
          return undefined
        },
      },
    ],
    goals: [
      { kind: 'ratio', of: 'split2', over: ours, atLeast: 2.5 },
      ...(isLikeItsFloor ? [{ kind: 'ratio' as const, of: ours, over: floor, atMost: 1.1, reason: rules }] : []),
    ],
  }
}

/** Finds the lines within each chunk and slices them, without what goes on in the next. */
function sliceLines(chunks: Chunks, take: (line: string) => void): void {
  const decoder = new TextDecoder()
  for (const chunk of chunks) {
    const text = decoder.decode(chunk)
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      take(text.slice(start, end))
      start = end + 1
    }
  }
}
