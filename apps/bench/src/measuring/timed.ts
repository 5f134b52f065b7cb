/** Runs something, and tells how long it took: CPU time of this process, and time on the clock. */
export async function timed<T>(
  run: () => T | Promise<T>,
): Promise<{ readonly cpuNs: number; readonly wallNs: number; readonly result: T }> {
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(startCpu)
  return { cpuNs: (user + system) * 1000, wallNs: (performance.now() - start) * 1e6, result }
}
