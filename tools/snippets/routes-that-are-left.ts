import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../packages/published-packages.ts'
import { runCommand } from '../packages/run-command.ts'
import type { SampleProject } from './sample-project.ts'
import { snippetsOf } from './snippet.ts'

/** A route of the guide: what its sample has, where the call at its end begins, and how a server calls it. */
interface Route {
  readonly name: string
  readonly mark: string
  readonly callBegins: string
  readonly open: string
}

const overHttp = `
const { createServer } = await import('node:http')
const server = createServer(app).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const left = await fetch(\`http://127.0.0.1:\${server.address().port}/answers\`, init)`

const routes: readonly Route[] = [
  {
    name: 'Hono',
    mark: 'new Hono()',
    callBegins: '\nconst response = ',
    open: "\nconst left = await app.fetch(new Request('http://localhost/answers', init))",
  },
  { name: 'Express', mark: 'express()', callBegins: '\nconst server = ', open: overHttp },
  {
    name: 'Next.js',
    mark: 'function POST',
    callBegins: '\nconst request = ',
    open: "\nconst left = await POST(new Request('http://localhost/answers', init))",
  },
]

/** A slow model, a browser that reads one event and leaves, and what became of the request to the model. */
const program = (code: string, { callBegins, open }: Route): string => `
import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
const runtime = await startLocalRuntime({ endpoints: { 'my-llama': demoLanguageModel({ tokensPerSecond: 50 }) } })
${code.slice(0, code.indexOf(callBegins)).replace("'http://127.0.0.1:8080'", 'runtime.url').replace('maxNewTokens: 3', 'maxNewTokens: 500')}
const browser = new AbortController()
const headers = { 'content-type': 'application/json' }
const init = { method: 'POST', headers, body: '{"question":"Hello"}', signal: browser.signal }
${open}
const reader = left.body.getReader()
await reader.read()
browser.abort()
await reader.cancel().catch(() => {})
await runtime.idle()
console.log(runtime.requests.map(({ outcome }) => outcome).join())
process.exit()
`

/** Calls the routes of the guide to streaming, leaves each after its first event, and tells how the call of the model ended. */
export async function routesThatAreLeft(project: SampleProject): Promise<Record<string, string>> {
  const guide = readFileSync(path.join(root, 'docs', 'guides', 'stream-to-a-browser.md'), 'utf8')
  const outcomes = await Promise.all(
    routes.map(async (route): Promise<[string, string]> => {
      const snippet = snippetsOf(guide).find(({ code }) => code.includes(route.mark) && code.includes(route.callBegins))
      if (snippet === undefined) throw new Error(`The guide has no route for ${route.name}.`)
      const file = path.join(project.folder, `route-${route.name.toLowerCase()}.ts`)
      writeFileSync(file, program(snippet.code, route))
      const printed = await runCommand(process.execPath, [file], { cwd: project.folder, env: project.env })
      return [route.name, printed.trim()]
    }),
  )
  return Object.fromEntries(outcomes)
}
