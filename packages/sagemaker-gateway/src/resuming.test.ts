import { part, scripted, stall, type Step, stream } from '@x/sagemaker-local'
import OpenAI from 'openai'
import { expect, test, vi } from 'vitest'
import type { GatewayOptions } from './contract/gateway-options.ts'
import { data, done, says } from './test-support/agent-fixture.ts'
import { type GatewayFixture, startGateway } from './test-support/gateway-fixture.ts'

const words = ['The ', 'sea ', 'is ', 'é日😀 ', 'wide.']
const answer = [...words.map((content) => data({ content })), data({}, 'stop'), done]

/** An endpoint that holds its answer back after the second word until it may go on. */
function pausing(): { readonly endpoint: ReturnType<typeof scripted>; readonly goOn: () => void } {
  let goOn = (): void => {}
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
  async function* steps(): AsyncGenerator<Step> {
    for (const [index, event] of answer.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one part after the other
      if (index === 2) await mayGoOn
      yield part(event)
    }
  }
  return { endpoint: scripted(() => stream(steps())), goOn }
}

const settings = (more: Partial<GatewayOptions> = {}): Partial<GatewayOptions> => ({ resumeForMs: 60_000, ...more })

const requests: Readonly<Record<string, object>> = {
  '/v1/chat/completions': { messages: [{ role: 'user', content: 'The sea' }] },
  '/v1/completions': { prompt: 'The sea' },
  '/v1/responses': { input: 'The sea' },
  '/v1/messages': { messages: [{ role: 'user', content: 'The sea' }], max_tokens: 100 },
}

/** Asks for a stream and leaves when this text has come; resolves to all that has. */
async function readUntil(fixture: GatewayFixture, path: string, text: string, init: RequestInit = {}): Promise<string> {
  const controller = new AbortController()
  const body = { model: 'llama', stream: true, ...requests[path] }
  const response = await fixture.post(path, body, { ...init, signal: controller.signal })
  expect(response.status).toBe(200)
  const decoder = new TextDecoder()
  let received = ''
  for await (const chunk of response.body!) {
    received += decoder.decode(chunk, { stream: true })
    if (received.includes(text)) break
  }
  controller.abort()
  return received
}

/** Sends the request again, with the id of the last event that has come. */
function resume(fixture: GatewayFixture, path: string, lastEventId: string, headers = {}): Promise<Response> {
  const body = { model: 'llama', stream: true, ...requests[path] }
  return fixture.post(path, body, { headers: { 'last-event-id': lastEventId, ...headers } })
}

const eventsOf = (text: string): string[] =>
  text.split('\n\n').filter((event) => event !== '' && !event.startsWith(':'))
const idOf = (event: string | undefined): string => /^id: (.*)$/m.exec(event ?? '')?.[1] ?? ''
const wholeEvents = (text: string): string[] => eventsOf(text.slice(0, text.lastIndexOf('\n\n')))

/** Ids and times differ from call to call. */
const withoutIds = (text: string): string =>
  text.replaceAll(/(?:chatcmpl|cmpl|resp|msg|rs)[-_][\w-]+|"created(?:_at)?":\d+/g, 'id')

test.each(Object.keys(requests))(
  'a stream of %s that was lost goes on after the last event that came',
  async (path) => {
    const { endpoint, goOn } = pausing()
    await using fixture = await startGateway({ llama: endpoint, whole: says(...answer) }, {}, settings())
    const received = wholeEvents(await readUntil(fixture, path, 'sea '))
    goOn()
    const resumed = await resume(fixture, path, idOf(received.at(-1)))
    expect(resumed.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const all = [...received, ...eventsOf(await resumed.text())]
    expect(all.map((event) => idOf(event).split(':')[1])).toEqual(all.map((_, index) => String(index)))
    const body = { ...requests[path], model: 'whole', stream: true }
    const undisturbed = eventsOf(await (await fixture.post(path, body)).text())
    const text = (events: readonly string[]): string =>
      withoutIds(
        events
          .join('\n')
          .replaceAll(/^id: .*\n/gm, '')
          .replaceAll('"whole"', '"llama"'),
      )
    expect(text(all)).toBe(text(undisturbed))
    expect(fixture.runtime.requests.map(({ outcome }) => outcome)).toEqual(['finished', 'finished'])
    expect(fixture.records).toMatchObject([
      { path, outcome: 'finished', stream: true, model: 'llama' },
      { path, outcome: 'finished', stream: true, model: 'llama' },
      { path, outcome: 'finished', stream: true, model: 'whole' },
    ])
  },
)

test("OpenAI's SDK resumes a response with starting_after, and may ask again when it is complete", async () => {
  const { endpoint, goOn } = pausing()
  await using fixture = await startGateway({ llama: endpoint }, {}, settings())
  const client = new OpenAI({ baseURL: fixture.baseURL, apiKey: 'none', maxRetries: 0 })
  const first = await client.responses.create({ model: 'llama', input: 'The sea', stream: true })
  let id = ''
  let last = -1
  let text = ''
  for await (const event of first) {
    last = event.sequence_number
    if (event.type === 'response.created') id = event.response.id
    if (event.type === 'response.output_text.delta') text += event.delta
    if (text.includes('sea ')) break
  }
  await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 400, param: 'stream' })
  goOn()
  for (let time = 0; time < 2; time++) {
    let whole = text
    let number = last
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for await (const event of await client.responses.retrieve(id, { stream: true, starting_after: last })) {
      expect(event.sequence_number).toBe(++number)
      if (event.type === 'response.output_text.delta') whole += event.delta
    }
    expect(whole).toBe(words.join(''))
  }
  expect(await client.responses.retrieve(id)).toMatchObject({ id, status: 'completed', output_text: words.join('') })
  await expect(client.responses.retrieve(id, { stream: true, starting_after: 99 })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('starting_after: names event 99, but the last one is '),
  })
  expect((await fixture.post(`/v1/responses/${id}`, {})).status).toBe(405)
  await expect(client.responses.retrieve('resp_other', { stream: true })).rejects.toMatchObject({
    status: 404,
    code: 'response_not_found',
  })
})

test('the model stops when nobody has resumed the stream in time', async () => {
  const { endpoint } = pausing()
  await using fixture = await startGateway({ llama: endpoint }, {}, settings({ resumeForMs: 50 }))
  const received = wholeEvents(await readUntil(fixture, '/v1/chat/completions', 'sea '))
  await vi.waitFor(() => expect(fixture.runtime.requests).toMatchObject([{ outcome: 'aborted' }]))
  await vi.waitFor(() => expect(fixture.records).toMatchObject([{ outcome: 'aborted' }]))
  const late = await resume(fixture, '/v1/chat/completions', idOf(received.at(-1)))
  expect(late.status).toBe(404)
  expect(await late.json()).toMatchObject({ error: { code: 'response_not_found' } })
})

test('a stream that is complete is forgotten after the same time', async () => {
  await using fixture = await startGateway({ llama: says(...answer) }, {}, settings({ resumeForMs: 50 }))
  const [first] = eventsOf(await readUntil(fixture, '/v1/messages', 'message_stop'))
  await vi.waitFor(async () => expect((await resume(fixture, '/v1/messages', idOf(first))).status).toBe(404))
})

test('nothing is kept, and a client that leaves stops the model, without resumeForMs', async () => {
  const { endpoint } = pausing()
  await using fixture = await startGateway({ llama: endpoint })
  expect(await readUntil(fixture, '/v1/responses', 'sea ')).not.toMatch(/^id:/m)
  await vi.waitFor(() => expect(fixture.runtime.requests).toMatchObject([{ outcome: 'aborted' }]))
  const response = await fixture.post('/v1/responses/resp_1?stream=true')
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('resumeForMs') } })
})

test('a stream belongs to the key that it was made with, and to its path', async () => {
  const { endpoint, goOn } = pausing()
  const apiKeys = [
    { name: 'alice', key: 'a' },
    { name: 'bob', key: 'b' },
  ]
  await using fixture = await startGateway({ llama: endpoint }, {}, settings({ apiKeys, maxStreamsPerKey: 1 }))
  const alice = { authorization: 'Bearer a' }
  const received = wholeEvents(await readUntil(fixture, '/v1/chat/completions', 'sea ', { headers: alice }))
  const id = idOf(received.at(-1))
  const ofBob = await resume(fixture, '/v1/chat/completions', id, { authorization: 'Bearer b' })
  expect(ofBob.status).toBe(404)
  const elsewhere = await resume(fixture, '/v1/messages', id, alice)
  expect(elsewhere.status).toBe(400)
  goOn()
  // The stream of the key that is open is this one.
  const resumed = await resume(fixture, '/v1/chat/completions', id, alice)
  expect(await resumed.text()).toContain('wide.')
})

test('a client whose connection is not known to be lost yet is replaced', async () => {
  const { endpoint, goOn } = pausing()
  await using fixture = await startGateway({ llama: endpoint }, {}, settings())
  const body = { model: 'llama', stream: true, ...requests['/v1/chat/completions'] }
  const response = await fixture.post('/v1/chat/completions', body)
  const reader = response.body!.getReader()
  const [first] = eventsOf(new TextDecoder().decode((await reader.read()).value))
  const resumed = await resume(fixture, '/v1/chat/completions', idOf(first))
  // The first connection ends, without the rest.
  let rest = ''
  for (let read = await reader.read(); !read.done; read = await reader.read())
    rest += new TextDecoder().decode(read.value)
  expect(rest).not.toContain('[DONE]')
  goOn()
  const text = await resumed.text()
  expect(text).toContain('sea ')
  expect(text).toContain('[DONE]')
})

test('a failure after the client has left is kept for it', async () => {
  await using fixture = await startGateway(
    {
      llama: scripted(() =>
        stream([
          part(data({ content: 'Hel' })),
          part(data({ content: 'lo' })),
          part('data: {"error":{"message":"out of memory"}}\n\n'),
        ]),
      ),
    },
    {},
    settings(),
  )
  const received = await readUntil(fixture, '/v1/chat/completions', 'Hel')
  const resumed = await resume(fixture, '/v1/chat/completions', idOf(eventsOf(received)[0]))
  expect(await resumed.text()).toMatch(/"error":.*out of memory/)
})

test('a gateway that shuts down does not wait for clients that have left', async () => {
  const { endpoint } = pausing()
  await using fixture = await startGateway({ llama: endpoint }, {}, settings())
  await readUntil(fixture, '/v1/chat/completions', 'sea ')
  await vi.waitFor(() => expect(fixture.gateway.activeRequests).toBe(1))
  await fixture.server.close({ drainMs: 30_000 })
  expect(fixture.records).toMatchObject([{ outcome: 'aborted' }])
})

test('a stream without events keeps its comments when it is resumed', async () => {
  const endpoint = scripted(() => stream([part(data({ content: 'Hel' })), stall()]))
  await using fixture = await startGateway({ llama: endpoint }, {}, settings({ keepAlive: { intervalMs: 20 } }))
  const received = await readUntil(fixture, '/v1/chat/completions', 'Hel')
  const resumed = await resume(fixture, '/v1/chat/completions', idOf(eventsOf(received).at(-1)))
  const { value } = await resumed.body!.getReader().read()
  expect(new TextDecoder().decode(value)).toBe(': ping\n\n')
})
