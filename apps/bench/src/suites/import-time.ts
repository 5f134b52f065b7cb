import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'

const sdk = 'AWS SDK client'
const packages = ['@x/sagemaker-llm', '@x/sagemaker-embed', '@x/sagemaker-endpoint'] as const
const withSdk = (name: string): string => `${name} and the AWS SDK client`

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
      ...packages.map((name) => contender(withSdk(name), 'ours', [name, '@aws-sdk/client-sagemaker-runtime'])),
      contender('@x/sagemaker-endpoint', 'ours', ['@x/sagemaker-endpoint']),
      contender('@x/sagemaker-llm', 'ours', ['@x/sagemaker-llm']),
      contender('@x/sagemaker-embed', 'ours', ['@x/sagemaker-embed']),
      contender('@x/stream-core', 'ours', ['@x/stream-core']),
      contender('@x/stream-core/decoders', 'ours', ['@x/stream-core/decoders']),
      contender('rxjs', 'peer', ['rxjs']),
      contender(
        'rxjs, the files of an Observable',
        'floor',
        ['Observable', 'Subscriber', 'Subscription'].map((name) => `rxjs/internal/${name}`),
      ),
      contender('openai SDK', 'peer', ['openai']),
      contender('AI SDK (provider-utils)', 'peer', ['@ai-sdk/provider-utils']),
      contender('LangChain SageMakerEndpoint', 'peer', ['@langchain/community/llms/sagemaker_endpoint']),
    ],
    goals: packages.map((name) => ({
      kind: 'difference',
      of: withSdk(name),
      over: sdk,
      atMost: 5,
      reason:
        'The sixteen files of RxJS that an Observable needs take longer alone: see the row. The rest is the time to parse the package.',
    })),
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
