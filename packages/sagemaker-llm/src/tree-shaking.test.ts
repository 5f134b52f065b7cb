import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'

const index = fileURLToPath(new URL('index.ts', import.meta.url))

interface HandlerCode {
  /** Something that the code of its format says and no other code does. */
  readonly mark: RegExp
  /** Of `SagemakerLLM` and this handler, compressed: some 2.5 % more than they have. A kilobyte is 1000 bytes. */
  readonly atMostKilobytes: number
}

const handlers: Readonly<Record<string, HandlerCode>> = {
  ai21: { mark: /numResults/, atMostKilobytes: 15.3 },
  bedrockCompat: { mark: /generation_token_count/, atMostKilobytes: 15.4 },
  cohere: { mark: /billed_units/, atMostKilobytes: 18.8 },
  huggingface: { mark: /['"`]huggingface['"`]/, atMostKilobytes: 15.9 },
  jumpstartLlama2: { mark: /accept_eula/, atMostKilobytes: 15.7 },
  jumpstartText2Text: { mark: /text_inputs/, atMostKilobytes: 15.7 },
  lmi: { mark: /['"`]lmi['"`]/, atMostKilobytes: 18.4 },
  openai: { mark: /completeAs===['"`]message['"`]\?[\w$]+\(/, atMostKilobytes: 18.1 },
  tgi: { mark: /['"`]tgi['"`]/, atMostKilobytes: 18.4 },
  triton: { mark: /text_output/, atMostKilobytes: 15.7 },
}

/** What a program loads before its first statement runs, and what it may load later. */
interface Bundle {
  readonly initial: string
  /** The modules that are imported dynamically, as the code says them. They stay out of the bundle. */
  readonly later: readonly string[]
}

async function bundle(program: string): Promise<Bundle> {
  const entry = '\0program'
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
        resolveDynamicImport: (id) => (typeof id === 'string' ? { id, external: true } : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'node22',
      rolldownOptions: {
        input: 'program',
        preserveEntrySignatures: 'strict',
        // Their sizes are their own business.
        external: [/^@x\//, /^node:/, 'rxjs', /^@huggingface\//, /^@opentelemetry\//],
      },
    },
  })) as Rolldown.RolldownOutput
  const [{ code, dynamicImports }] = output
  expect(output).toHaveLength(1)
  return { initial: code, later: dynamicImports }
}

function handlersIn(code: string): readonly string[] {
  return Object.entries(handlers).flatMap(([handler, { mark }]) => (mark.test(code) ? handler : []))
}

function kilobytes(code: string): number {
  return gzipSync(code, { level: 9 }).length / 1000
}

const programOf = (...names: readonly string[]): string =>
  `export { ${names.join(', ')} } from ${JSON.stringify(index)}`

describe('naming one handler keeps the others out of what is loaded initially', () => {
  test.each(Object.entries(handlers))(
    'with %s(), which stays small',
    async (handler, { atMostKilobytes }) => {
      const { initial } = await bundle(programOf('SagemakerLLM', handler))
      expect(handlersIn(initial)).toEqual([handler])
      expect(kilobytes(initial)).toBeLessThan(atMostKilobytes)
    },
    60_000,
  )

  test('without a handler there is none: auto() comes with the first call', async () => {
    const { initial, later } = await bundle(programOf('SagemakerLLM'))
    expect(handlersIn(initial)).toEqual([])
    expect(later).toContain('../handlers/auto.ts')
    expect(kilobytes(initial)).toBeLessThan(14.5)
  }, 60_000)

  test('each mark is in the code of its handler and of no other', async () => {
    for (const handler of Object.keys(handlers)) {
      const { initial } = await bundle(programOf(handler))
      expect({ handler, handlers: handlersIn(initial) }).toEqual({ handler, handlers: [handler] })
    }
  }, 60_000)
})

test('prompt styles and what shapes the answers of converse come where they are used', async () => {
  const { later } = await bundle(programOf('SagemakerLLM'))
  expect(later).toEqual(
    expect.arrayContaining(['./prompt-styles.ts', './views/converse-response.ts', './views/converse-stream.ts']),
  )
}, 60_000)
