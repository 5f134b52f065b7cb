import { lazily } from './lazily.ts'
import { startProcess } from './start-process.ts'

/** The address of the server of this process, started at the first call. */
export const startRuntimeServer: () => Promise<string> = lazily(() => startProcess<string>('runtime-server.ts'))
