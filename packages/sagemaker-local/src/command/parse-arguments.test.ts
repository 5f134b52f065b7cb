import { expect, test } from 'vitest'
import { parseArguments } from './parse-arguments.ts'
import { runtimeOptions } from './runtime-options.ts'

const options = (...args: string[]) => runtimeOptions(parseArguments(args), {})

test('without arguments there are two demo endpoints on port 8080', () => {
  const { endpoints, port } = options()
  expect(Object.keys(endpoints)).toEqual(['demo-llm', 'demo-embed'])
  expect(port).toBe(8080)
})

test('endpoints, faults and credentials are read', () => {
  const { endpoints, requireSignature } = options(
    '--endpoint=a=demo:openai',
    '--endpoint=b=demo-embedding',
    '--faults=a=ending:reset+afterParts:3',
    '--require-signature=AKID:se:cret',
  )
  expect(endpoints).toMatchObject({
    a: { model: { description: expect.stringContaining('vLLM') }, faults: { ending: 'reset', afterParts: 3 } },
    b: { model: { description: expect.stringContaining('Text Embeddings Inference') } },
  })
  expect(requireSignature).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'se:cret' })
})

test('an address is a proxy: of an OpenAI-compatible server if it ends with a version, else of a container', () => {
  const { endpoints } = options('--endpoint=a=http://127.0.0.1:11434/v1', '--endpoint=b=http://127.0.0.1:8081')
  expect(endpoints).toMatchObject({
    a: { model: { description: 'The OpenAI-compatible server at http://127.0.0.1:11434/v1' } },
    b: { model: { description: 'A container at http://127.0.0.1:8081/invocations' } },
  })
})

test('arguments win over the configuration file', () => {
  const configuration = { port: 1, region: 'eu-west-1', endpoints: { a: 'demo', b: 'demo' } }
  const merged = runtimeOptions(parseArguments(['--port', '2', '--endpoint', 'b=demo-embedding']), configuration)
  expect(merged).toMatchObject({
    port: 2,
    region: 'eu-west-1',
    endpoints: { a: {}, b: { model: { description: expect.stringContaining('embedding') } } },
  })
})

test.each([
  [['--port', '99999'], '--port cannot be "99999".'],
  [['--tokens-per-second', '0'], '--tokens-per-second cannot be "0".'],
  [['--endpoint', 'demo'], '--endpoint needs <name>=<value>, not "demo".'],
  [['--endpoint', 'a=mystery'], 'Endpoint a: there is no backend "mystery"'],
  [['--endpoint', 'a=demo:cobol'], 'Endpoint a: there is no format "cobol", only tgi, openai, lmi,'],
  [['--faults', 'nobody=ending:reset'], '--faults: there is no endpoint nobody.'],
  [['--faults', 'demo-llm=ending:gently'], '--faults: ending: "gently" is none of stall, reset'],
  [['--require-signature', 'AKID'], '--require-signature needs'],
  [['--nonsense'], "Unknown option '--nonsense'"],
])('%j is refused with one clear sentence', (args, message) => {
  expect(() => options(...args)).toThrow(message)
})
