import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { printsAsShown, snippetsOf, type Snippet } from './snippet.ts'

const execute = promisify(execFile)
const root: string = path.join(import.meta.dirname, '..', '..')

/** The endpoints that every example may call. */
const endpoints = () => ({
  'demo-llm': demoLanguageModel(),
  'my-llama': demoLanguageModel(),
  'my-openai': demoLanguageModel({ format: 'openai' }),
  'demo-embed': demoEmbeddingModel(),
  'my-bge': demoEmbeddingModel(),
  'my-reranker': demoRerankModel(),
  'my-classifier': demoClassificationModel(),
})

interface Outcome {
  readonly code: number
  readonly output: string
}

async function execution(command: string, args: readonly string[], cwd: string, env = process.env): Promise<Outcome> {
  try {
    const { stdout } = await execute(command, args, { cwd, env, timeout: 60_000 })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    return {
      code: typeof code === 'number' ? code : 1,
      output: stdout + stderr + (code === undefined ? 'timed out' : ''),
    }
  }
}

/** The environment of a user whose tools point at the local runtime, and nothing of this process's own AWS settings. */
function userEnvironment(url: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS_|VITEST|NODE_OPTIONS)/.test(name))
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: url,
    AWS_ENDPOINT_URL_SAGEMAKER: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    NO_COLOR: '1',
  }
}

const tsconfig = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    types: ['node'],
    customConditions: ['@x/source'],
    allowImportingTsExtensions: true,
    isolatedDeclarations: false,
  },
  include: ['*.ts'],
}

/**
 * Runs and type-checks every `ts` block of a Markdown file against the local runtime.
 *
 * @param file - the Markdown file
 * @param packageFolder - folder of the package whose dependencies the examples may import, itself included
 * @returns one readable problem for each example that does not do what is said; empty when all is true
 */
export async function checkSnippets(file: string, packageFolder: string): Promise<string[]> {
  const snippets = snippetsOf(readFileSync(file, 'utf8'))
  if (snippets.length === 0) return []
  const shownFile = path.relative(root, file)
  // A folder per process: two runs at once must not delete each other's files.
  const folder = path.join(packageFolder, '.readme-snippets', String(process.pid))
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
    const named = snippets.map((snippet) => ({ snippet, name: `line-${snippet.line}.ts` }))
    for (const { snippet, name } of named) writeFileSync(path.join(folder, name), `${snippet.code}\nexport {}\n`)

    const problems: string[] = []
    const types = await execution('tsc', ['-p', folder, '--pretty', 'false'], packageFolder)
    if (types.code !== 0) problems.push(`${shownFile}: the examples do not compile\n${types.output}`)

    await using runtime = await startLocalRuntime({ endpoints: endpoints() })
    for (const { snippet, name } of named) {
      if (snippet.typesOnly !== undefined) continue
      const args = ['--conditions=@x/source', '--disable-warning=ExperimentalWarning', path.join(folder, name)]
      const problem = problemOf(
        snippet,
        // In the folder, so that files that an example writes go with it.
        await execution(process.execPath, args, folder, userEnvironment(runtime.url)),
      )
      if (problem !== undefined) problems.push(`${shownFile}:${snippet.line}: ${problem}`)
    }
    return problems
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function problemOf(snippet: Snippet, { code, output }: Outcome): string | undefined {
  if (code !== 0) return `ends with exit code ${code}\n${output}`
  if (snippet.output === undefined || printsAsShown(output, snippet.output)) return undefined
  return `does not print what is shown\n--- shown\n${snippet.output}\n--- printed\n${output}`
}
