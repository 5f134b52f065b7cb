import type { ChatMessage, Tool } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import * as templates from './__fixtures__/chat-templates.ts'
import { chatTemplate, type ChatTemplateOptions, loadJinja } from './chat-template.ts'

const render = async (
  jinja: string,
  messages: readonly ChatMessage[],
  options: ChatTemplateOptions = {},
  tools: readonly Tool[] = [],
): Promise<string> => chatTemplate(jinja, options)(messages, { tools })

const failure = async (run: Promise<unknown>): Promise<SagemakerError> => {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!SagemakerError.is(error)) throw new Error('expected a SagemakerError', { cause: error })
  return error
}

const talk: readonly ChatMessage[] = [
  { role: 'user', content: 'Hello, how are you?' },
  { role: 'assistant', content: 'Fine, and you?' },
  { role: 'user', content: "I'm doing great!" },
]

describe('templates of real models', () => {
  test('Mistral', async () => {
    expect(await render(templates.mistral, talk, { bosToken: '<s>', eosToken: '</s>' })).toBe(
      "<s> [INST] Hello, how are you? [/INST] Fine, and you?</s> [INST] I'm doing great! [/INST]",
    )
  })

  test('Gemma', async () => {
    expect(await render(templates.gemma, [{ role: 'user', content: ' Write a hello world program ' }])).toBe(
      '<start_of_turn>user\nWrite a hello world program<end_of_turn>\n<start_of_turn>model\n',
    )
  })

  test('Llama 3', async () => {
    const messages: readonly ChatMessage[] = [
      { role: 'system', content: 'You are a helpful AI assistant for travel tips and recommendations' },
      { role: 'user', content: 'What can you help me with?' },
    ]
    expect(await render(templates.llama3, messages, { bosToken: '<|begin_of_text|>' })).toBe(
      '<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n' +
        'You are a helpful AI assistant for travel tips and recommendations<|eot_id|>' +
        '<|start_header_id|>user<|end_header_id|>\n\nWhat can you help me with?<|eot_id|>' +
        '<|start_header_id|>assistant<|end_header_id|>\n\n',
    )
  })

  test('Qwen2.5 with tools, a call and its result', async () => {
    const temperature: Tool = {
      toolSpec: {
        name: 'get_current_temperature',
        description: 'Get current temperature at a location.',
        inputSchema: { json: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] } },
      },
    }
    const messages: readonly ChatMessage[] = [
      { role: 'user', content: 'How warm is it in Paris and in Rome?' },
      {
        role: 'assistant',
        content: [
          { toolUse: { toolUseId: 'a', name: 'get_current_temperature', input: { location: 'Paris' } } },
          { toolUse: { toolUseId: 'b', name: 'get_current_temperature', input: { location: 'Rome' } } },
        ],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ json: { celsius: 22 } }] } }] },
      { role: 'tool', toolCallId: 'b', content: '31' },
    ]
    expect(await render(templates.qwen25, messages, {}, [temperature])).toBe(`<|im_start|>system
You are Qwen, created by Alibaba Cloud. You are a helpful assistant.

# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
{"type": "function", "function": {"name": "get_current_temperature", "description": "Get current temperature at a location.", "parameters": {"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]}}}
</tools>

For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
<tool_call>
{"name": <function-name>, "arguments": <args-json-object>}
</tool_call><|im_end|>
<|im_start|>user
How warm is it in Paris and in Rome?<|im_end|>
<|im_start|>assistant
<tool_call>
{"name": "get_current_temperature", "arguments": {"location": "Paris"}}
</tool_call>
<tool_call>
{"name": "get_current_temperature", "arguments": {"location": "Rome"}}
</tool_call><|im_end|>
<|im_start|>user
<tool_response>
{"celsius":22}
</tool_response>
<tool_response>
31
</tool_response><|im_end|>
<|im_start|>assistant
`)
  })

  describe('a template that takes tool calls in another form', () => {
    const calls: readonly ChatMessage[] = [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: [{ toolUse: { toolUseId: 'call_1', name: 'f', input: { city: 'Hanoi', days: [1] } } }],
      },
      { role: 'tool', toolCallId: 'call_1', content: 'sunny' },
    ]
    // DeepSeek-R1's and functionary's.
    const appended =
      "{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.id + ' ' + c.function.name + ' ' + c.function.arguments + ';' }}{% endfor %}{% endfor %}"
    // Mistral-Nemo's and later ones.
    const short =
      "{% for m in messages %}{% for c in m.tool_calls or [] %}{% if c.id | length != 9 %}{{ raise_exception('id') }}{% endif %}{{ c.id }}{% endfor %}{% if m.tool_call_id %}={{ m.tool_call_id }}{% endif %}{% endfor %}"

    test('gets arguments as JSON text where it appends them to a text', async () => {
      expect(await render(appended, calls)).toBe('call_1 f {"city":"Hanoi","days":[1]};')
    })

    test('gets ids of nine letters and digits where it refuses others', async () => {
      const [call, result] = (await render(short, calls)).split('=')
      expect(call).toMatch(/^[A-Za-z0-9]{9}$/)
      expect(result).toBe(call)
    })

    test('gets both, where it wants both', async () => {
      expect(await render(appended + short, calls)).toMatch(/^([a-z0-9]{9}) f \{"city":"Hanoi","days":\[1\]\};\1=\1$/)
    })

    test('that refuses for another reason says that one', async () => {
      const refused = await failure(render("{{ raise_exception('no ' + messages[0].role) }}", calls))
      expect(refused.cause).toMatchObject({ message: 'no user' })
    })
  })

  test('Qwen2.5 without tools', async () => {
    const messages: readonly ChatMessage[] = [{ role: 'system', content: 'Be brief.' }, ...talk]
    expect(await render(templates.qwen25, messages)).toBe(
      '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello, how are you?<|im_end|>\n' +
        "<|im_start|>assistant\nFine, and you?<|im_end|>\n<|im_start|>user\nI'm doing great!<|im_end|>\n" +
        '<|im_start|>assistant\n',
    )
  })

  test('Qwen3 with a variable of its own', async () => {
    const messages: readonly ChatMessage[] = [{ role: 'user', content: 'Hi' }]
    const end = '<|im_start|>assistant\n'
    expect(await render(templates.qwen3Thinking, messages)).toBe(`<|im_start|>user\nHi<|im_end|>\n${end}`)
    expect(await render(templates.qwen3Thinking, messages, { variables: { enable_thinking: false } })).toBe(
      `<|im_start|>user\nHi<|im_end|>\n${end}<think>\n\n</think>\n\n`,
    )
  })
})

describe('what a template is given', () => {
  const dump = '{{ messages | tojson }}'

  test('earlier reasoning, and the name of the tool that a result is of', async () => {
    const messages: readonly ChatMessage[] = [
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'hmm' } } },
          { text: 'a' },
          { text: 'b' },
          { toolUse: { toolUseId: '1', name: 'f', input: { x: undefined } } },
        ],
      },
      { role: 'user', content: [{ text: 'and?' }, { toolResult: { toolUseId: '1', content: [{ text: 'r' }] } }] },
    ]
    expect(JSON.parse(await render(dump, messages))).toEqual([
      {
        role: 'assistant',
        content: 'ab',
        reasoning_content: 'hmm',
        tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: {} } }],
      },
      { role: 'tool', tool_call_id: '1', content: 'r', name: 'f' },
      { role: 'user', content: 'and?' },
    ])
  })

  test('no tools are none, not an empty list', async () => {
    expect(await render('{{ tools is none }} {{ documents is none }} {{ add_generation_prompt }}', talk)).toBe(
      'true true true',
    )
  })
})

describe('refusals', () => {
  test('a template that refuses the conversation says why in the cause alone', async () => {
    const error = await failure(
      render(templates.mistral, [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
      ]),
    )
    expect(error.code).toBe('invalid-request')
    expect(error.message).not.toContain('alternate')
    expect((error.cause as Error).message).toContain('alternate')
  })

  test('a template that cannot be parsed', async () => {
    const error = await failure(render('{% if %}', talk))
    expect(error.code).toBe('invalid-request')
    expect(error.message).toContain('cannot be parsed')
  })

  test('an image is refused by name', async () => {
    const image = { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } } as const
    const error = await failure(render(templates.gemma, [{ role: 'user', content: [image] }]))
    expect(error.code).toBe('invalid-request')
    expect(error.message).toContain('image')
  })

  test('a missing package is named, with how to install it', async () => {
    const error = await failure(loadJinja(() => Promise.reject(new Error("Cannot find package '@huggingface/jinja'"))))
    expect(error.code).toBe('invalid-request')
    expect(error.message).toContain('npm install @huggingface/jinja')
  })
})
