import { inspect } from 'node:util'
import {
  type Arbitrary,
  assert,
  constantFrom,
  dictionary,
  oneof,
  property,
  string,
  stringMatching,
  tuple,
  uuid,
} from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeFacts } from './description/describe-facts.ts'
import { describeEndpoint } from './index.ts'
import { fakeControlPlane, type FakeControlPlane } from './test-support/fake-control-plane.ts'

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('')
const word = (length: number): Arbitrary<string> =>
  string({ unit: constantFrom(...alphanumeric), minLength: length, maxLength: length })
const hex = (length: number): Arbitrary<string> =>
  string({ unit: constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length })

/** Secrets in the forms in which services issue them, and people write them. */
const secret = oneof(
  word(34).map((rest) => `hf_${rest}`),
  word(16).map((rest) => `AKIA${rest.toUpperCase()}`),
  string({ unit: constantFrom(...alphanumeric, '+', '/'), minLength: 40, maxLength: 40 }),
  word(36).map((rest) => `ghp_${rest}`),
  word(48).map((rest) => `sk-proj-${rest}`),
  word(40).map((rest) => `nvapi-${rest}`),
  hex(32),
  hex(40),
  uuid(),
  tuple(word(20), word(30), word(40)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  word(12).map((password) => `postgres://user:${password}@db.internal:5432/prod`),
  word(12).map((token) => `https://user:${token}@huggingface.co/team/model`),
  word(20).map((signature) => `https://bucket.s3.amazonaws.com/model?X-Amz-Signature=${signature}`),
  word(16).map((password) => `-Xmx8g -Dpassword=${password}`),
  constantFrom('correct horse battery staple', 'pa$$w0rd!', '{"password":"hunter2"}', '/run/secrets/token'),
)

const knownNames = [
  'HF_MODEL_ID',
  'HF_TASK',
  'HF_TOKEN',
  'HUGGING_FACE_HUB_TOKEN',
  'LLAMA_ARG_ALIAS',
  'LORA_ADAPTERS',
  'MAX_TOTAL_TOKENS',
  'MODEL_ID',
  'NGC_API_KEY',
  'NIM_MODEL_NAME',
  'NIM_SERVED_MODEL_NAME',
  'OPTION_ENGINE',
  'OPTION_MODEL_ID',
  'OPTION_TASK',
  'POOLING',
  'SAGEMAKER_PROGRAM',
  'SAGEMAKER_TRITON_INFERENCE_TYPE',
  'SM_SGLANG_MODEL_PATH',
  'SM_VLLM_API_KEY',
  'SM_VLLM_LORA_MODULES',
  'SM_VLLM_MODEL',
  'SM_VLLM_RUNNER',
  'SM_VLLM_SERVED_MODEL_NAME',
  'TASK',
]

const environment = dictionary(
  oneof({ weight: 4, arbitrary: constantFrom(...knownNames) }, stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/)),
  oneof(
    { weight: 4, arbitrary: secret },
    tuple(secret, secret).map(([a, b]) => `${a}=${b},${b}`),
    tuple(secret, secret).map(([a, b]) => `name=${a} other=${b}`),
  ),
  { minKeys: 1, maxKeys: 8 },
)

const images = [
  '763104351884.dkr.ecr.us-east-1.amazonaws.com/vllm:0.28.0-cu130-ubuntu24.04-sagemaker',
  '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.6.0-tgi3.2.3-gpu-py311',
  '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-inference:2.1.0-transformers4.37.0-gpu',
  '683313688378.dkr.ecr.us-east-1.amazonaws.com/tei:2.0.1-tei1.8.2-gpu',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/nim-llama3:1',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/team/server:1',
]

/** The pieces of a value that would give a secret away: those of eight characters and more. */
const piecesOf = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => value.split(/[\s,=]+/)).filter((piece) => piece.length >= 8)

test('no secret of an environment is in a description, whatever variable it is in', () => {
  assert(
    property(environment, constantFrom(...images), (variables, image) => {
      const container = { Image: image, Environment: variables }
      const description = describeFacts(
        {
          endpoint: { EndpointName: 'it', ProductionVariants: [{ VariantName: 'one' }, { VariantName: 'two' }] },
          config: { ProductionVariants: [{ VariantName: 'one', ModelName: 'm' }, { VariantName: 'two' }] },
          models: new Map([['m', { PrimaryContainer: container }]]),
          components: [
            {
              InferenceComponentName: 'c',
              Specification: { Container: { DeployedImage: { SpecifiedImage: image }, Environment: variables } },
            },
            { InferenceComponentName: 'a', Specification: { BaseInferenceComponentName: 'c' } },
          ],
          deniedActions: [],
        },
        { endpointName: 'it' },
      )
      const text = inspect(description, { depth: Number.POSITIVE_INFINITY, showHidden: true })
      for (const piece of piecesOf(Object.values(variables))) expect(text).not.toContain(piece)
    }),
    { numRuns: 2000 },
  )
})

const planted = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
let service: FakeControlPlane
beforeAll(async () => {
  service = await fakeControlPlane({
    it: {
      image: images[0]!,
      environment: { SM_VLLM_MODEL: 'Qwen/Qwen3-8B', SM_VLLM_API_KEY: planted, HF_TOKEN: planted },
      tags: { owner: planted },
    },
  })
})
afterAll(() => service[Symbol.asyncDispose]())

test('no secret is in what a failure shows, or written to the terminal', async () => {
  expect(inspect(await describeEndpoint('it', { endpoint: service.url }), { depth: 20 })).not.toContain(planted)
  service.refuse('DescribeModel', { status: 500, type: 'InternalFailure', message: 'failed' })
  const options = { endpoint: service.url, clientOptions: { maxAttempts: 1 } }
  const error: unknown = await describeEndpoint('it', options).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'service-unavailable' })
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(planted)
})

test('names of models are no secrets', () => {
  for (const name of [
    'Qwen/Qwen3-8B',
    'meta-llama/Llama-3.1-8B-Instruct',
    'openai-community/gpt2',
    'unsloth/Qwen3-4B-GGUF',
  ]) {
    const models = new Map([['m', { PrimaryContainer: { Image: images[0]!, Environment: { SM_VLLM_MODEL: name } } }]])
    const { model } = describeFacts(
      {
        endpoint: { EndpointName: 'it', ProductionVariants: [{ VariantName: 'one' }] },
        config: { ProductionVariants: [{ VariantName: 'one', ModelName: 'm' }] },
        models,
        components: [],
        deniedActions: [],
      },
      { endpointName: 'it' },
    )
    expect(model.id).toBe(name)
  }
})
