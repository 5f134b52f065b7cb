// `npm start`: installs, builds, and hands over to the playground, which does the main job in the terminal and serves its page.
import { commandArguments, environment, fail, install, root, run, secondsSince } from './bootstrap.mjs'
import { spawn } from 'node:child_process'
import path from 'node:path'

async function step(title, work) {
  const since = performance.now()
  process.stdout.write(`${title} ... `)
  await work()
  process.stdout.write(`${secondsSince(since)}\n`)
}

await step('Installing what the lockfile names', install)
await step('Building the packages and the page', async () => {
  const { code, output } = await run('turbo', ['run', 'build', '--output-logs=errors-only'], { show: false })
  if (code !== 0) fail('The build failed: the reason is above.', output)
})

const start = path.join(root, 'apps', 'playground', 'src', 'start.ts')
const child = spawn('node', [start, ...commandArguments], {
  stdio: 'inherit',
  env: environment,
  shell: process.platform === 'win32',
})
// The terminal sends Ctrl-C to both processes: the playground decides when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal === 'SIGINT' || child.kill(signal))
child.on('error', (error) => fail(`The playground could not be started: ${error.message}`))
child.on('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
})
