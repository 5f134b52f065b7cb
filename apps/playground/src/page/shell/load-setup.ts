import type { Setup } from '../../protocol/setup.ts'

/** Asks the server what it offers. */
export async function loadSetup(): Promise<Setup> {
  const response = await fetch('/api/setup').catch((error: unknown) => {
    throw new Error('Start it in a terminal with npm start, then try again.', { cause: error })
  })
  if (!response.ok) throw new Error(`It answered with status ${response.status}.`)
  // The server is the other half of this page, built from the same types.
  return (await response.json()) as Setup
}
