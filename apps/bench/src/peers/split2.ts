import split2 from 'split2'

/** Lines, or what `mapper` makes of them, through a stream of Node.js. */
export function readWithSplit2<T = string>(
  chunks: readonly Uint8Array[],
  take: (line: T) => void,
  mapper?: (line: string) => T,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = mapper === undefined ? split2() : split2(mapper)
    stream.on('data', take)
    stream.on('end', resolve)
    stream.on('error', reject)
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
  })
}
