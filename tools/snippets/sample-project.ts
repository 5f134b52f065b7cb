import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { installedByDocuments } from '../packages/install-lines.ts'
import { createScratchProject } from '../packages/scratch-project.ts'
import { strangerEnvironment } from '../packages/stranger-environment.ts'

/** Where the samples of the documentation look for a local runtime. */
const shownPort = 8080

/** A project outside the workspace in which samples run as they do for readers. */
export interface SampleProject extends AsyncDisposable {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** The code with the port of this project's local runtime: another than the one shown only where that is in use. */
  readonly withPort: (code: string) => string
}

/** The endpoints that samples call, as `npx @x/sagemaker-local` would offer them. */
const endpoints = () => ({
  'demo-llm': demoLanguageModel(),
  'my-llama': demoLanguageModel(),
  'my-openai': demoLanguageModel({ format: 'openai' }),
  'demo-embed': demoEmbeddingModel(),
  'my-bge': demoEmbeddingModel(),
  'my-reranker': demoRerankModel(),
  'my-classifier': demoClassificationModel(),
})

/**
 * Installs what the documentation tells readers to install, and starts a local runtime.
 *
 * @param registryUrl - where packages of the scope `@x` come from
 */
export async function createSampleProject(registryUrl: string): Promise<SampleProject> {
  const place = mkdtempSync(path.join(tmpdir(), 'samples-'))
  const folder = path.join(place, 'project')
  const home = path.join(place, 'home')
  mkdirSync(home)
  await createScratchProject(folder, [...installedByDocuments(), '@types/node'], registryUrl)
  const runtime = await startLocalRuntime({ endpoints: endpoints(), port: (await isFree(shownPort)) ? shownPort : 0 })
  return {
    folder,
    env: {
      ...strangerEnvironment(home),
      // Node.js only, so that no sample depends on a program of this machine.
      PATH: path.dirname(process.execPath),
      // Most samples import the AWS SDK: what Node.js has compiled for one, it need not compile for the next.
      NODE_COMPILE_CACHE: path.join(place, 'compiled'),
    },
    withPort: (code) => code.replaceAll(`127.0.0.1:${shownPort}`, `127.0.0.1:${runtime.port}`),
    [Symbol.asyncDispose]: async () => {
      await runtime.close()
      rmSync(place, { recursive: true, force: true })
    },
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
