import { languageModelCodec, namedHandler } from '@x/sagemaker-llm'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const names = [
  'auto',
  'openai',
  'tgi',
  'lmi',
  'cohere',
  'huggingface',
  'triton',
  'ai21',
  'jumpstartLlama2',
  'jumpstartText2Text',
  'bedrockCompat',
]
const tool = { toolSpec: { name: 'f', inputSchema: { json: { type: 'object' } } } }
const image = { image: { format: 'png', source: { bytes: Uint8Array.of(1) } } } as const
const settings = {
  topK: 1,
  seed: 1,
  stopSequences: ['#'],
  presencePenalty: 1,
  frequencyPenalty: 1,
  reasoningEffort: 'low',
} as const

type Options = NonNullable<Parameters<typeof languageModelCodec>[0]>

/** A row of the table in the documentation, from what the handler of a format writes or refuses. */
async function rowOf(name: string): Promise<string> {
  const contentHandler = await namedHandler(name)
  // Formats that take prompts only get the conversation as one.
  const messagesToPrompt = contentHandler.takes === 'prompt' ? 'chatml' : undefined
  const write = (options: Options, content: readonly object[] = []) =>
    languageModelCodec({ contentHandler, messagesToPrompt, ...options }).request([
      { role: 'user', content: [{ text: 'Hello' }, ...(content as [])] },
    ])
  const can = async (options: Options, content?: readonly object[]): Promise<string> =>
    write(options, content).then(
      () => 'yes',
      () => '',
    )
  const { warnings } = await write({ ...settings, temperature: null, maxNewTokens: null })
  const missing = warnings.flatMap(({ option }) => (option === undefined ? [] : option.replace('Effort', '')))
  const toolsInPrompt = messagesToPrompt === undefined ? await can({ tools: [tool] }) : ''
  const cells = [
    `\`${name}\``,
    await can({ responseFormat: { type: 'json', schema: { type: 'object' } } }),
    toolsInPrompt,
    await can({ tools: [tool], toolChoice: { tool: { name: 'f' } } }),
    await can({}, [image]),
    missing.length === 0 ? 'none' : missing.map((option) => `\`${option}\``).join(', '),
  ]
  return cells.join('|')
}

test('the table of what each format can do is true', async () => {
  const specification = readFileSync(new URL('../../../docs/packages/sagemaker-ai-sdk.md', import.meta.url), 'utf8')
  const rows = specification.split('\n').filter((line) => line.startsWith('| `') && line.split('|').length === 8)
  const shown = rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
      .join('|'),
  )
  expect(shown).toEqual(await Promise.all(names.map(rowOf)))
})
