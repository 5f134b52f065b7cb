import { json } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { completion } from './__fixtures__/wire.ts'
import { hosts } from './test-support/hosts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()

describe.each(hosts)('on $name', ({ ai, createSagemaker, version }) => {
  test('the provider is a function that is no constructor, and has every kind of model', () => {
    const sagemaker = createSagemaker()
    expect(sagemaker.specificationVersion).toBe(version)
    const models = [
      sagemaker('it'),
      sagemaker.languageModel('it'),
      sagemaker.chat('it'),
      sagemaker.embeddingModel('it'),
      sagemaker.rerankingModel('it'),
    ]
    for (const model of models) {
      expect(model).toMatchObject({ specificationVersion: version, provider: 'aws.sagemaker', modelId: 'it' })
    }
    expect(() => sagemaker.imageModel('it')).toThrow(
      expect.objectContaining({ name: 'AI_NoSuchModelError', modelId: 'it', modelType: 'imageModel' }),
    )
    expect(() => Reflect.construct(sagemaker, ['it'])).toThrow(TypeError)
  })

  test('a name that no endpoint can have is refused at once', () => {
    expect(() => createSagemaker()('my endpoint')).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })

  test('models work out of a registry and a custom provider', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const sagemaker = createSagemaker(it.runtime.connection)
    const registry = ai.createProviderRegistry({
      sagemaker,
      custom: ai.customProvider({ languageModels: { fast: sagemaker('it') } }),
    })
    for (const id of ['sagemaker:it', 'custom:fast'] as const) {
      expect((await ai.generateText({ model: registry.languageModel(id), prompt: 'Hello' })).text).toBe('Hi')
    }
  })

  test('models of one endpoint share its connections, however often they are made', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const sagemaker = createSagemaker(it.runtime.connection)
    const before = it.runtime.openSockets
    for (let count = 0; count < 5; count++) {
      const model = sagemaker('it', { inferenceId: `call-${count}`, temperature: 0.1 * count })
      await ai.generateText({ model, prompt: 'Hello' })
    }
    expect(it.runtime.openSockets - before).toBe(1)
    sagemaker.close()
    await it.runtime.waitForOpenSockets(before)
  })

  test('a model with settings of its connection has its own, and close() closes it too', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const { endpoint, ...connection } = it.runtime.connection
    const sagemaker = createSagemaker({ ...connection, endpoint: 'http://127.0.0.1:1' })
    const before = it.runtime.openSockets
    const model = sagemaker('it', { endpoint })
    expect((await ai.generateText({ model, prompt: 'Hello' })).text).toBe('Hi')
    sagemaker.close()
    await it.runtime.waitForOpenSockets(before)
  })

  test('settings are read from the environment at the first call', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const model = createSagemaker()('it')
    const variables = {
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: it.runtime.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    }
    const own = { ...process.env }
    Object.assign(process.env, variables)
    try {
      expect((await ai.generateText({ model, prompt: 'Hello' })).text).toBe('Hi')
    } finally {
      for (const name of Object.keys(variables)) {
        if (own[name] === undefined) delete process.env[name]
        else process.env[name] = own[name]
      }
    }
  })
})
