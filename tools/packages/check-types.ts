import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './published-packages.ts'
import { runCommand } from './run-command.ts'

export interface TypeCheck {
  /** Alias of the compiler among the dev dependencies of the workspace. */
  readonly compiler: 'typescript' | 'typescript-5.4'
  readonly moduleResolution: 'nodenext' | 'bundler'
  /**
   * Packages of `@types` that the program has.
   *
   * @defaultValue the DOM library and no `@types`, so that nothing of Node.js is known
   */
  readonly types?: readonly string[]
  /**
   * Whether declarations of packages are not checked.
   *
   * @defaultValue false
   */
  readonly skipLibCheck?: boolean
}

/**
 * Compiles the programs of a project, strictly, and with every declaration file checked unless `skipLibCheck` is set.
 *
 * @returns what the compiler has to say: nothing, if all is well
 */
export async function checkTypes(
  folder: string,
  { compiler, moduleResolution, types = [], skipLibCheck = false }: TypeCheck,
): Promise<string> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: types.length === 0 ? ['es2022', 'dom'] : ['es2022'],
    types,
    skipLibCheck,
    module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
    moduleResolution,
  }
  const tsconfig = path.join(folder, `tsconfig.${compiler}.${moduleResolution}.json`)
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const tsc = path.join(root, 'tools', 'node_modules', compiler, 'bin', 'tsc')
  try {
    return await runCommand(process.execPath, [tsc, '-p', tsconfig, '--pretty', 'false'], { cwd: folder })
  } catch (error) {
    return (error as Error).message
  }
}
