import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { initialBundleSize } from '../bundles/initial-bundle-size.ts'
import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { publishReleases } from '../release/publish-releases.ts'
import { readReleases, releasesOf, writeReleases } from '../release/releases.ts'
import { checkTypes } from './check-types.ts'
import { startLocalRegistry } from './local-registry.ts'
import type { PackedPackage } from './pack-packages.ts'
import { findChromium } from '../chromium/find-chromium.ts'
import { printedInBrowser } from '../chromium/printed-in-browser.ts'
import {
  importableSpecifiers,
  isLibrary,
  neededPeers,
  publishedPackages,
  type PublishedPackage,
} from './published-packages.ts'
import { runCommand } from './run-command.ts'
import { servedPackages, type ServedPackages } from './served-packages.ts'
import { createScratchProject } from './scratch-project.ts'
import { installStrictly } from './strict-projects.ts'
import { contentProblems, manifestProblems, publintProblems, typeResolutionProblems } from './tarball-problems.ts'

/** What the program of each package in `programs/` prints. */
const printed: Readonly<Record<string, string>> = {
  'bedrock-like-types':
    '{"messages":[{"role":"user","content":[{"text":"Hello"}]}],"inferenceConfig":{"maxTokens":64,"stopSequences":["."]}}',
  'sagemaker-ai-sdk': 'true v4 v3\n2\n2\n400 endpoint-not-found',
  'sagemaker-discovery': 'my-classifier,my-reranker,my-bge,my-llama\nlanguage tgi\nendpoint-not-found',
  'sagemaker-embed': '3 2\n0,1,2',
  'sagemaker-endpoint': '200 string\ntrue\nendpoint-not-found\ntrue',
  'sagemaker-gateway': 'my-llama\n200 chat.completion The capital length\n404 model_not_found',
  'sagemaker-jobs': 'complete 2\n0 number,1 number',
  'sagemaker-langchain': 'true length',
  'sagemaker-llm': 'Paris max_tokens\ntrue\nassistant\nmessageStart metadata',
  'sagemaker-local': '200 {"generated_text":"Hello"}\n1',
  'sagemaker-rerank': '2,0 probability\npositive 3',
  'stream-core': '{"text":"café"} [DONE]\n2\n4\ntrue\ntruncated-frame',
}

/** Packages whose peers have declarations that are not correct by themselves: only what uses them is checked. */
const skipLibCheck: ReadonlySet<string> = new Set(['sagemaker-ai-sdk', 'sagemaker-langchain'])

/** What a package publishes besides its code. */
const data: Readonly<Record<string, readonly string[]>> = {
  'sagemaker-gateway': ['configuration.schema.json'],
  'sagemaker-local': ['configuration.schema.json'],
  'stream-core': ['conformance'],
}

/** How large all that a package exports may be for applications that use all of it: what `initialBundleSize` measures, and some 3 %. */
const mostBytes: Readonly<Record<string, number>> = {
  'sagemaker-embed': 34_900,
  'sagemaker-endpoint': 13_500,
  'sagemaker-llm': 43_700,
  'sagemaker-rerank': 25_500,
  'stream-core': 13_200,
}

const published = publishedPackages()
const libraries = published.filter(isLibrary)
const folder = mkdtempSync(path.join(tmpdir(), 'installed-'))
const projectOf = (folderName: string): string => path.join(folder, 'alone', folderName)
const together = path.join(folder, 'together')
let served: ServedPackages
let runtime: LocalRuntime

/** What a program needs that uses these packages: themselves and their peers. */
function wantedBy(packages: readonly PublishedPackage[]): string[] {
  return [...new Set(packages.flatMap(({ manifest }) => [manifest.name, ...neededPeers(manifest)]))]
}

/** Puts the programs of packages into a project. */
function copyPrograms(project: string, packages: readonly PublishedPackage[]): void {
  for (const { folderName } of packages)
    copyFileSync(path.join(import.meta.dirname, 'programs', `${folderName}.ts`), path.join(project, `${folderName}.ts`))
  for (const script of ['check-entry.cjs', 'count-files.mjs'])
    copyFileSync(path.join(import.meta.dirname, script), path.join(project, script))
}

beforeAll(async () => {
  served = await servedPackages()
  const alone = Object.fromEntries(libraries.map((one) => [one.folderName, wantedBy([one])]))
  await installStrictly(path.join(folder, 'alone'), alone, served.registryUrl)
  for (const one of libraries) copyPrograms(projectOf(one.folderName), [one])
  runtime = await startLocalRuntime({
    endpoints: {
      'my-llama': demoLanguageModel(),
      'my-bge': demoEmbeddingModel(),
      'my-reranker': demoRerankModel(),
      'my-classifier': demoClassificationModel(),
    },
  })
}, 300_000)

afterAll(async () => {
  await runtime?.close()
  await rm(folder, { recursive: true, force: true })
}, 120_000)

/** Runs a program as a user whose tools point at the local runtime. */
async function output(file: string, ...args: readonly string[]): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS_|VITEST|NODE_OPTIONS)/.test(name))
  const env = {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: runtime.url,
    AWS_ENDPOINT_URL_SAGEMAKER: runtime.url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }
  const text = await runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    cwd: path.dirname(file),
    env,
  })
  return text.trim()
}

/** What a bundle of CommonJS code in an ES module needs on Node.js: the AWS SDK calls `require('node:https')`. */
const requireForCommonJs = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"

/** Bundles the program of a package into a folder where nothing is installed. */
async function bundled(folderName: string, platform: 'browser' | 'node', splitting = false): Promise<string> {
  const outdir = path.join(folder, 'bundles', splitting ? `${platform}-split` : platform, folderName)
  mkdirSync(outdir, { recursive: true })
  await build({
    platform,
    splitting,
    banner: platform === 'node' ? { js: requireForCommonJs } : {},
    entryPoints: [path.join(projectOf(folderName), `${folderName}.ts`)],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
  })
  return path.join(outdir, `${folderName}.mjs`)
}

/** How many files an import may load, in Node.js, of the packages that applications load at their start. */
const mostFiles: Readonly<Record<string, number>> = {
  'sagemaker-embed': 34,
  'sagemaker-endpoint': 29,
  'sagemaker-llm': 41,
  'sagemaker-rerank': 32,
  'stream-core': 45,
}

describe.each(published)('the tarball of $manifest.name', (one) => {
  const { folderName } = one
  const tarball = (): PackedPackage => served.packages.find((one) => one.folderName === folderName)!

  test('has what a user needs and nothing else', () => {
    expect(contentProblems(tarball(), data[folderName] ?? [])).toEqual([])
  })

  test('says who made it, what it needs, and runs nothing when it is installed', () => {
    expect(manifestProblems(tarball())).toEqual([])
  })

  test('satisfies publint', async () => {
    expect(await publintProblems(tarball())).toEqual([])
  })

  test.runIf(isLibrary(one))('has types that resolve', { timeout: 60_000 }, async () => {
    expect(await typeResolutionProblems(tarball())).toBe('')
  })
})

describe.each(libraries)('$manifest.name installed alone with its peers', ({ folderName, manifest }) => {
  const project = projectOf(folderName)

  test('gives the same by import and by require', { timeout: 60_000 }, async () => {
    for (const specifier of importableSpecifiers(manifest)) {
      const names = await output(path.join(project, 'check-entry.cjs'), specifier)
      expect({ specifier, isEmpty: names === '' }).toEqual({ specifier, isEmpty: folderName === 'bedrock-like-types' })
    }
  })

  test('compiles without the types of Node.js', { timeout: 120_000 }, async () => {
    const check = { compiler: 'typescript', moduleResolution: 'nodenext' } as const
    expect(await checkTypes(project, { ...check, skipLibCheck: skipLibCheck.has(folderName) })).toBe('')
  })

  test('does its work', { timeout: 60_000 }, async () => {
    const program = path.join(project, `${folderName}.mjs`)
    await build({ entryPoints: [path.join(project, `${folderName}.ts`)], outfile: program, logLevel: 'silent' })
    expect(await output(program)).toBe(printed[folderName])
  })

  test.each([false, true])('does its work in a bundle, split: %s', { timeout: 60_000 }, async (splitting) => {
    expect(await output(await bundled(folderName, 'node', splitting))).toBe(printed[folderName])
  })
})

test.each(Object.entries(mostFiles))(
  '%s loads no more than %i files when it is imported',
  { timeout: 60_000 },
  async (folderName, most) => {
    const files = Number(await output(path.join(projectOf(folderName), 'count-files.mjs'), `@x/${folderName}`))
    expect(files).toBeLessThanOrEqual(most)
    // Its own, at least.
    expect(files).toBeGreaterThan(0)
  },
)

// By npm, which hoists all of them into one folder.
beforeAll(async () => {
  const checked = libraries.filter(({ folderName }) => !skipLibCheck.has(folderName))
  await createScratchProject(together, [...wantedBy(checked), '@types/node'], served.registryUrl)
  copyPrograms(together, checked)
}, 300_000)

describe('all packages installed together', () => {
  test.each([
    { compiler: 'typescript-5.4', moduleResolution: 'nodenext' },
    { compiler: 'typescript-5.4', moduleResolution: 'bundler' },
    { compiler: 'typescript', moduleResolution: 'bundler' },
    { compiler: 'typescript', moduleResolution: 'nodenext', types: ['node'] },
  ] as const)('compile with $compiler, $moduleResolution $types', { timeout: 120_000 }, async (check) => {
    expect(await checkTypes(together, check)).toBe('')
  })
})

test.each(Object.entries(mostBytes))(
  '%s is no larger than %i bytes in a bundle',
  { timeout: 60_000 },
  async (folderName, most) => {
    const program = `export * from '@x/${folderName}'`
    const size = await initialBundleSize(program, projectOf(folderName), ['@aws-sdk/client-sagemaker-runtime', 'rxjs'])
    expect(size).toBeLessThanOrEqual(most)
    // Not much smaller either, so that the limit stays of use.
    expect(size).toBeGreaterThan(0.9 * most)
  },
)

test('a program that creates an endpoint loads what calls need at its first call', { timeout: 60_000 }, async () => {
  const program = "export { SagemakerEndpoint } from '@x/sagemaker-endpoint'"
  const size = await initialBundleSize(program, projectOf('sagemaker-endpoint'), [
    '@aws-sdk/client-sagemaker-runtime',
    'rxjs',
  ])
  expect(size).toBeLessThanOrEqual(4_700)
})

test('two copies of a package in one process know what the other made', { timeout: 60_000 }, async () => {
  const script = path.join(import.meta.dirname, 'two-copies.cjs')
  const seen: unknown = JSON.parse(await output(script, projectOf('sagemaker-endpoint'), together))
  expect(seen).toEqual({
    areTwo: true,
    sagemakerError: 'endpoint-not-found',
    errorThroughModel: 'endpoint-not-found',
    decodeError: 'truncated-frame',
    stream: true,
    batches: [[1, 2], [3]],
    endOfJson: true,
  })
})

test('a release publishes every package, what is depended on first', () => {
  const order = releasesOf(served.packages).map(({ name }) => name)
  expect(order.toSorted()).toEqual(published.map(({ manifest }) => manifest.name).toSorted())
  const early = published.flatMap(({ manifest: { name, dependencies = {} } }) =>
    Object.keys(dependencies)
      .filter((dependency) => order.indexOf(dependency) > order.indexOf(name))
      .map((dependency) => `${name} before ${dependency}`),
  )
  expect(early).toEqual([])
})

test('the release script publishes what the registry does not have', { timeout: 300_000 }, async () => {
  const packed = (name: string): PackedPackage[] => served.packages.filter(({ folderName }) => folderName === name)
  await using partial = await startLocalRegistry(packed('stream-core'))
  const env = { ...process.env, 'npm_config_@x:registry': `${partial.url}/`, npm_config_loglevel: 'error' }
  const releases = path.join(folder, 'releases')
  // A package that is there, a library and a program: npm takes a second or two for each.
  const few = ['stream-core', 'sagemaker-endpoint', 'playground'].flatMap(packed)
  writeReleases(releases, releasesOf(few))
  const results = await publishReleases(readReleases(releases), { dryRun: true, env })
  expect(results.map(({ version, outcome }) => [version.replace(/@[^@]+$/, ''), outcome])).toEqual([
    ['@x/stream-core', 'is there already'],
    ['@x/sagemaker-endpoint', 'would be published'],
    ['@x/playground', 'would be published'],
  ])
  expect(partial.requests.length).toBeGreaterThanOrEqual(results.length)
  expect(partial.requests.filter((request) => !request.startsWith('GET '))).toEqual([])
})

const chromium = findChromium()

describe.skipIf(chromium === undefined)('in a browser', () => {
  test.each(['bedrock-like-types', 'stream-core'])('%s does its work', { timeout: 60_000 }, async (folderName) => {
    const file = await bundled(folderName, 'browser')
    expect(await printedInBrowser(file, chromium!)).toBe(printed[folderName])
  })
})
