#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { help } from './command/help.ts'
import { parseArguments } from './command/parse-arguments.ts'
import { UsageError } from './command/usage-error.ts'

try {
  const commandLine = parseArguments(process.argv.slice(2))
  if (commandLine.action === 'help') console.log(help)
  else if (commandLine.action === 'version') console.log(version())
  else {
    const { run } = await import('./command/run.ts')
    await run(commandLine, console.log)
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`sagemaker-gateway: ${error.message}\nTry npx @x/sagemaker-gateway --help.`)
  process.exitCode = 2
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
