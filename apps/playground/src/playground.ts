#!/usr/bin/env node
// The terminal side of the playground: `playground chat|complete|embed|doctor`.
import { enableCompileCache } from 'node:module'

// Most of the time until a short command is done goes into compiling; Node keeps the result for the next time.
enableCompileCache()
const { main } = await import('./terminal/main.ts')
await main()
