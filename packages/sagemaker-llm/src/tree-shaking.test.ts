import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'

const index = fileURLToPath(new URL('index.ts', import.meta.url))

/** Every handler, with something that the code of its format says and no other code does. */
const marks: Readonly<Record<string, RegExp>> = {
  ai21: /numResults/,
  bedrockCompat: /generation_token_count/,
  cohere: /billed_units/,
  huggingface: /['"`]huggingface['"`]/,
  jumpstartLlama2: /accept_eula/,
  jumpstartText2Text: /max_length/,
  lmi: /['"`]lmi['"`]/,
  openai: /messages:\[\{role:/,
  tgi: /['"`]tgi['"`]/,
  triton: /text_output/,
}

/** Bundles a program and returns its chunks: the first is the one that is loaded at the start. */
async function bundle(program: string): Promise<readonly string[]> {
  const entry = '\0program'
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
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
  const chunks = output.output.filter((item) => item.type === 'chunk')
  return chunks.sort((a, b) => Number(b.isEntry) - Number(a.isEntry)).map((chunk) => chunk.code)
}

function handlersIn(code = ''): readonly string[] {
  return Object.entries(marks).flatMap(([handler, mark]) => (mark.test(code) ? handler : []))
}

describe('naming one handler keeps the others out of the initial chunk', () => {
  let withTgi: readonly string[]
  let withoutHandler: readonly string[]

  beforeAll(async () => {
    const model = (
      handler: string,
    ) => `import { SagemakerLLM${handler && `, ${handler} as handler`} } from ${JSON.stringify(index)}
      export const llm = new SagemakerLLM({ endpointName: 'my-llama'${handler && ', contentHandler: handler()'} })`
    withTgi = await bundle(model('tgi'))
    withoutHandler = await bundle(model(''))
  }, 60_000)

  test('with tgi(), the initial chunk has no other handler', () => {
    expect(handlersIn(withTgi[0])).toEqual(['tgi'])
  })

  test('without a handler, the initial chunk has none: auto() comes with the first call', () => {
    expect(handlersIn(withoutHandler[0])).toEqual([])
    expect(withoutHandler.slice(1).some((code) => /['"`]auto['"`]/.test(code))).toBe(true)
  })

  test('the initial chunk stays small', () => {
    const kilobytes = (code = ''): number => gzipSync(code).length / 1000
    expect(kilobytes(withTgi[0])).toBeLessThan(16)
    expect(kilobytes(withoutHandler[0])).toBeLessThan(kilobytes(withTgi[0]))
  })

  test('each mark is in the code of its handler and of no other', async () => {
    for (const handler of Object.keys(marks)) {
      const [code] = await bundle(`export { ${handler} } from ${JSON.stringify(index)}`)
      expect({ handler, handlers: handlersIn(code) }).toEqual({ handler, handlers: [handler] })
    }
  }, 60_000)
})
