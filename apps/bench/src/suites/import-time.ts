import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'

const sdk = 'AWS SDK client'
const withSdk = 'SagemakerEndpoint and the AWS SDK client'

/** `import()` of built packages in a fresh process, without what Node.js itself takes to start. */
export function* importSuites(): Iterable<SampledSuite> {
  yield {
    kind: 'sampled',
    name: 'import() in a fresh process',
    quantity: 'on the clock',
    unit: 'milliseconds',
    areAlternatives: false,
    rounds: 25,
    contenders: [
      contender(sdk, 'peer', ['@aws-sdk/client-sagemaker-runtime']),
      contender(withSdk, 'ours', ['@x/sagemaker-endpoint', '@aws-sdk/client-sagemaker-runtime']),
      contender('@x/sagemaker-endpoint', 'ours', ['@x/sagemaker-endpoint']),
      contender('@x/sagemaker-llm', 'ours', ['@x/sagemaker-llm']),
      contender('@x/sagemaker-embed', 'ours', ['@x/sagemaker-embed']),
      contender('@x/stream-core', 'ours', ['@x/stream-core']),
      contender('@x/stream-core/decoders', 'ours', ['@x/stream-core/decoders']),
      contender('rxjs', 'peer', ['rxjs']),
      contender('openai SDK', 'peer', ['openai']),
      contender('AI SDK (provider-utils)', 'peer', ['@ai-sdk/provider-utils']),
      contender('LangChain SageMakerEndpoint', 'peer', ['@langchain/community/llms/sagemaker_endpoint']),
    ],
    goals: [
      {
        kind: 'difference',
        of: withSdk,
        over: sdk,
        atMost: 10,
        reason: 'Half of it are the sixteen files of RxJS that an Observable needs.',
      },
    ],
  }
}

const run = promisify(execFile)
const folder = new URL('.', import.meta.url)

function contender(name: string, role: Role, specifiers: readonly string[]): SampledContender {
  const imports = specifiers.map((specifier) => `await import(${JSON.stringify(specifier)})`)
  const program = `const start = performance.now(); ${imports.join('; ')}; console.log(performance.now() - start); process.exit()`
  const sample = async (): Promise<number> => {
    // Without the condition of the sources: users load what was built.
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder })
    return Number(stdout)
  }
  return { name, role, sample }
}
