import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../packages/published-packages.ts'
import type { SampleProject } from './sample-project.ts'
import { printsAsShown, snippetsOf } from './snippet.ts'

const execute = promisify(execFile)

/** A Node.js that samples are run with. */
export interface SampleNode {
  /** Such as `22.12.0`. */
  readonly version: string
  /** Path of the program. */
  readonly program: string
  /** What it needs to run TypeScript. */
  readonly options: readonly string[]
}

interface Outcome {
  readonly code: number
  readonly output: string
}

async function execution(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Outcome> {
  try {
    const { stdout } = await execute(command, args, { ...options, timeout: 60_000 })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    return {
      code: typeof code === 'number' ? code : 1,
      output: stdout + stderr + (code === undefined ? 'timed out' : ''),
    }
  }
}

const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.asynciterable', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    resolveJsonModule: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
  include: ['*.ts'],
}

/**
 * Type-checks every `ts` block of a Markdown file and runs it, as it stands, in a project that has the packed packages.
 *
 * @param file - the Markdown file
 * @param nodes - every block is run with each of them
 * @returns one readable problem for each sample that does not do what is said; empty when all is true
 */
export async function checkSnippets(
  file: string,
  project: SampleProject,
  nodes: readonly SampleNode[],
): Promise<string[]> {
  const snippets = snippetsOf(readFileSync(file, 'utf8'))
  if (snippets.length === 0) return []
  const shownFile = path.relative(root, file)
  const named = snippets.map((snippet) => ({ snippet, name: `line-${snippet.line}.ts` }))
  const problems: string[] = []
  for (const { program, version, options } of nodes) {
    // In the folder of the project, so that packages are found. A folder for each Node.js, since samples write files.
    const cwd = path.join(project.folder, `${shownFile.replaceAll(/[^a-z-]+/gi, '-')}-${version}`)
    const where = { cwd, env: project.env }
    mkdirSync(cwd, { recursive: true })
    try {
      for (const { snippet, name } of named)
        writeFileSync(path.join(cwd, name), `${project.withPort(snippet.code)}\nexport {}\n`)
      if (program === nodes[0]?.program) {
        writeFileSync(path.join(cwd, 'tsconfig.json'), JSON.stringify(tsconfig))
        const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
        const types = await execution(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], where)
        if (types.code !== 0) problems.push(`${shownFile}: the samples do not compile\n${types.output}`)
      }
      for (const { snippet, name } of named) {
        if (snippet.typesOnly !== undefined) continue
        if (snippet.fromNode !== undefined && isOlder(version, snippet.fromNode)) continue
        const args = ['--disable-warning=ExperimentalWarning', ...options, name]
        const shown = snippet.output === undefined ? undefined : project.withPort(snippet.output)
        const problem = problemOf(shown, await execution(program, args, where))
        if (problem !== undefined) problems.push(`${shownFile}:${snippet.line} on Node.js ${version}: ${problem}`)
      }
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  }
  return problems
}

const isOlder = (version: string, other: string): boolean => version.localeCompare(other, 'en', { numeric: true }) < 0

function problemOf(shown: string | undefined, { code, output }: Outcome): string | undefined {
  if (code !== 0) return `ends with exit code ${code}\n${output}`
  if (shown === undefined || printsAsShown(output, shown)) return undefined
  return `does not print what is shown\n--- shown\n${shown}\n--- printed\n${output}`
}
