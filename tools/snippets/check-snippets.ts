import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../packages/published-packages.ts'
import type { SampleProject } from './sample-project.ts'
import { printsAsShown, type Snippet, snippetsOf } from './snippet.ts'

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
  include: ['*/*.ts'],
}

/** Folder of the samples of a document in the project: there packages are found. */
const folderOf = (file: string): string => path.relative(root, file).replaceAll(/[^\w-]+/g, '-')

const fileOf = ({ line }: Snippet): string => `line-${line}.ts`

/** Writes the samples of a document into a folder of the project. */
function writeSamples(file: string, folder: string, project: SampleProject): void {
  mkdirSync(path.join(project.folder, folder), { recursive: true })
  for (const snippet of snippetsOf(readFileSync(file, 'utf8'))) {
    const code = `${project.withPort(snippet.code)}\nexport {}\n`
    writeFileSync(path.join(project.folder, folder, fileOf(snippet)), code)
  }
}

/**
 * Type-checks the `ts` blocks of Markdown files in one program, which takes as long as one of them does.
 *
 * @returns the errors of each file; of a file without errors, nothing
 */
export async function compileSnippets(
  files: readonly string[],
  project: SampleProject,
): Promise<ReadonlyMap<string, readonly string[]>> {
  for (const file of files) writeSamples(file, folderOf(file), project)
  writeFileSync(path.join(project.folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const where = { cwd: project.folder, env: project.env }
  const { code, output } = await execution(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], where)
  const errors = new Map<string, string[]>()
  if (code === 0) return errors
  // An error goes on in lines that are indented.
  for (const error of output.split(/\n(?=\S)/)) {
    const [folder = ''] = error.split('/')
    const file = files.find((one) => folderOf(one) === folder)
    if (file === undefined) throw new Error(`the samples cannot be compiled: ${output}`)
    errors.set(file, [...(errors.get(file) ?? []), error])
  }
  return errors
}

/**
 * Runs every `ts` block of a Markdown file, as it stands, in a project that has the packed packages.
 *
 * @param file - the Markdown file
 * @param nodes - every block is run with each of them
 * @returns one readable problem for each sample that does not do what is said; empty when all is true
 */
export async function runSnippets(
  file: string,
  project: SampleProject,
  nodes: readonly SampleNode[],
): Promise<string[]> {
  const shownFile = path.relative(root, file)
  const snippets = snippetsOf(readFileSync(file, 'utf8')).filter(({ typesOnly }) => typesOnly === undefined)
  const problems: string[] = []
  for (const { program, version, options } of nodes) {
    // A folder for each Node.js, since samples write files.
    const folder = `${folderOf(file)}-${version}`
    const cwd = path.join(project.folder, folder)
    writeSamples(file, folder, project)
    try {
      for (const snippet of snippets) {
        if (snippet.fromNode !== undefined && isOlder(version, snippet.fromNode)) continue
        const args = ['--disable-warning=ExperimentalWarning', ...options, fileOf(snippet)]
        const shown = snippet.output === undefined ? undefined : project.withPort(snippet.output)
        const problem = problemOf(shown, await execution(program, args, { cwd, env: project.env }))
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
