import { truncate } from 'node:fs/promises'
import { UsageError } from '../../command-line.ts'
import type { Row } from './read-rows.ts'
import { cutTornLine, readRecordedFile } from './recorded-file.ts'

/** Where a run writes. */
export interface RunFiles {
  /** Rows with vectors. */
  readonly output: string
  /** Rows without. */
  readonly errors: string
}

/** What of a run is done. */
export interface DoneRows {
  /** Rows that are done: the first one that is not has this index. */
  readonly count: number
  readonly failed: number
  /** Length of the vectors, if there are any. */
  readonly dimensions: number | undefined
  /** Makes sure that a row of the corpus is the one that was done at its place. @throws {UsageError} */
  readonly check: (row: Row) => void
}

export const nothingDone: DoneRows = { count: 0, failed: 0, dimensions: undefined, check: () => {} }

/**
 * What earlier runs with the same files have done. The files are the truth: rows are appended to them in their order, each to one
 * of the two, so that what is there is all rows up to some index, whenever a run was killed. A torn last line is cut off.
 *
 * @throws {UsageError} when a file is somebody else's, or rows are missing.
 */
export async function resume({ output, errors }: RunFiles): Promise<DoneRows> {
  const [vectors, failures] = await Promise.all([readRecordedFile(output), readRecordedFile(errors)])
  const rows = [...vectors.rows, ...failures.rows].sort((a, b) => a.index - b.index)
  const gap = rows.findIndex(({ index }, place) => index !== place)
  if (gap !== -1) {
    throw new UsageError(
      `${output} and ${errors} together should have every row once, up to some row, but not so row ${gap}: --overwrite them, or choose other files.`,
    )
  }
  await Promise.all([vectors, failures].map(cutTornLine))
  const check = ({ index, id }: Row): void => {
    const recorded = rows[index]?.id
    if (id === recorded) return
    throw new UsageError(
      `${output} was made from another corpus: row ${index} has the id ${JSON.stringify(recorded)} there, and ${JSON.stringify(id)} here. Choose another file, or --overwrite it.`,
    )
  }
  return { count: rows.length, failed: failures.rows.length, dimensions: vectors.rows[0]?.dimensions, check }
}

/** Forgets what earlier runs have done. */
export async function startOver({ output, errors }: RunFiles): Promise<void> {
  await Promise.all(
    [output, errors].map((path) =>
      truncate(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw new UsageError(`${path} cannot be written (${error.code ?? error.message}).`)
      }),
    ),
  )
}
