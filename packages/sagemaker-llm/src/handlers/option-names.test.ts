import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { weatherTool } from '../__fixtures__/container-fixture.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import type { ModelCall, ModelCallBase } from '../contract/model-call.ts'
import { ai21 } from './ai21.ts'
import { auto } from './auto.ts'
import { bedrockCompat } from './bedrock-compat.ts'
import { cohere } from './cohere.ts'
import { huggingface } from './huggingface.ts'
import { jumpstartLlama2 } from './jumpstart-llama2.ts'
import { jumpstartText2Text } from './jumpstart-text2text.ts'
import { lmi } from './lmi.ts'
import { openai } from './openai.ts'
import { plainText } from './plain-text.ts'
import { tgi } from './tgi.ts'
import { triton } from './triton.ts'

const handlers: readonly ContentHandler[] = [
  auto(),
  openai(),
  tgi(),
  lmi(),
  huggingface(),
  jumpstartLlama2(),
  jumpstartText2Text(),
  cohere(),
  ai21(),
  triton(),
  bedrockCompat(),
  plainText(),
]

const options: Readonly<Partial<ModelCallBase>> = {
  temperature: 0.7,
  maxNewTokens: 7,
  topP: 0.5,
  topK: 5,
  stopSequences: ['END'],
  seed: 3,
  presencePenalty: 0.25,
  frequencyPenalty: 0.75,
  reasoningEffort: 'low',
  parallelToolCalls: false,
  logprobs: 2,
  tools: [weatherTool],
  toolChoice: { any: {} },
  responseFormat: { type: 'json' },
}

const base: ModelCallBase = { temperature: undefined, maxNewTokens: undefined, stream: false }

/** The paths at which two documents differ, as `parameters.top_p`. */
function differences(before: unknown, after: unknown, path = ''): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (typeof after !== 'object' || after === null || Array.isArray(after)) return [path]
  if (typeof before !== 'object' || before === null) return path === '' || path === 'parameters' ? [] : [path]
  return Object.keys(after).flatMap((name) =>
    differences(Reflect.get(before, name), Reflect.get(after, name), path === '' ? name : `${path}.${name}`),
  )
}

/** The members that an option adds to the request of a handler; `undefined`: it is refused, or named in a warning. */
function sentAs(handler: ContentHandler, kind: 'prompt' | 'chat', option: keyof ModelCallBase): string | undefined {
  const needsTools = option === 'parallelToolCalls' || option === 'toolChoice'
  // A call with a prompt and tools is refused before it reaches a handler.
  if (kind === 'prompt' && (needsTools || option === 'tools')) return undefined
  const needed = needsTools ? { tools: options.tools } : {}
  const call = (more: object): ModelCall => {
    const input = kind === 'prompt' ? { prompt: 'Hi' } : { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }
    return { ...base, ...needed, ...more, ...input } as ModelCall
  }
  const bodyOf = (more: object): unknown => JSON.parse(new TextDecoder().decode(handler.request(call(more)).body))
  try {
    const value = { [option]: options[option] }
    if (handler.request(call(value)).warnings.some((warning) => warning.option === option)) return undefined
    const paths = differences(bodyOf({}), bodyOf(value)).filter((path) => !path.endsWith('do_sample'))
    return paths.map((path) => `\`${path.replace('parameters.', '')}\``).join(' and ')
  } catch {
    return undefined
  }
}

function routesOf(handler: ContentHandler): readonly (readonly ['prompt' | 'chat', string])[] {
  if (handler.takes !== undefined) return [[handler.takes === 'prompt' ? 'prompt' : 'chat', handler.name]]
  return [
    ['prompt', `${handler.name} (prompt)`],
    ['chat', `${handler.name} (chat)`],
  ]
}

/** For each option, the members that carry it and the handlers that send them, then the handlers that warn or refuse. */
function table(): string {
  const rows = Object.keys(options).map((option) => {
    const groups = new Map<string | undefined, string[]>()
    for (const handler of handlers) {
      const routes = routesOf(handler).map(
        ([kind, label]) => [label, sentAs(handler, kind, option as keyof ModelCallBase)] as const,
      )
      const isOne = routes.length === 2 && routes[0]?.[1] === routes[1]?.[1]
      for (const [label, name] of isOne ? [[handler.name, routes[0]?.[1]] as const] : routes) {
        groups.set(name, [...(groups.get(name) ?? []), label])
      }
    }
    const missing = groups.get(undefined) ?? []
    groups.delete(undefined)
    const sent = [...groups].map(([name, labels]) => `${name}: ${labels.join(', ')}`).join('; ')
    return `| \`${option}\` | ${sent} | ${missing.join(', ')} |`.replace('|  |', '| |')
  })
  return ['| option | sent as | not sent: a warning or an error |', '| --- | --- | --- |', ...rows].join('\n')
}

const specification = new URL('../../../../docs/packages/sagemaker-llm.md', import.meta.url)
const section =
  /(<!-- option names: written by src\/handlers\/option-names\.test\.ts -->\n\n)([\s\S]*?)(\n\n<!-- end of option names -->)/

/** A table without the padding that a formatter adds. */
const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test('the specification says under which name each container gets each option (UPDATE_TABLE=1 writes the table)', () => {
  const text = readFileSync(specification, 'utf8')
  if (process.env['UPDATE_TABLE']) writeFileSync(specification, text.replace(section, `$1${table()}$3`))
  expect(unpadded(section.exec(readFileSync(specification, 'utf8'))?.[2] ?? '')).toBe(table())
})
