#!/usr/bin/env node
// `npx @x/playground`: the page, and the commands for a shell.
import { enableCompileCache } from 'node:module'
import { dirname } from 'node:path'

// Most of the time of a short command goes into compiling; Node.js keeps the result for the next time.
enableCompileCache()
const { main } = await import('./terminal/main.ts')
await main({ packageFolder: dirname(import.meta.dirname) })
