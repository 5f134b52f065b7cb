import { LineDecoder } from '@x/stream-core/decoders'
import type { Contender } from '../measure.ts'
import type { Suite } from '../suite.ts'
import { cut } from '../workloads/cut.ts'

const mebibyte = 1024 * 1024

/** One long line in 1 KB chunks: twice the line must not cost much more than twice the time. */
export function longLineSuites(): Suite[] {
  return [
    {
      name: 'One line of 4, 8 and 16 MB, 1 KB chunks',
      item: 'line',
      items: 1,
      contenders: [4, 8, 16].map(contender),
      ours: 'LineDecoder, 4 MB',
      goals: [
        { slower: 'LineDecoder, 8 MB', faster: 'LineDecoder, 4 MB', atMost: 2.6 },
        { slower: 'LineDecoder, 16 MB', faster: 'LineDecoder, 8 MB', atMost: 2.6 },
      ],
    },
  ]
}

function contender(megabytes: number): Contender {
  const chunks = cut(new Uint8Array(megabytes * mebibyte).fill(0x61), 1024, 1024)
  return {
    name: `LineDecoder, ${megabytes} MB`,
    run: () => {
      const decoder = new LineDecoder()
      for (const chunk of chunks) decoder.push(chunk)
      const [line = ''] = decoder.flush()
      if (line.length !== megabytes * mebibyte || line.charCodeAt(0) !== 0x61) throw new Error('The line is not right')
      return undefined
    },
  }
}
