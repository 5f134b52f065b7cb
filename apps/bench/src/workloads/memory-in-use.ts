/** Bytes of heap and of buffers outside of it, after garbage collection, which frees some things in its second run only. */
export async function memoryInUse(): Promise<number> {
  for (let run = 0; run < 3; run++) {
    gc?.()
    // oxlint-disable-next-line no-await-in-loop -- finalizers run between two runs
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
