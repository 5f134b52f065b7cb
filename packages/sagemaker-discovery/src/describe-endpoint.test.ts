import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeEndpoint, discoveryCache, SagemakerError, type EndpointDescription } from './index.ts'
import { deployments } from './test-support/deployments.ts'
import {
  accessDenied,
  type Deployed,
  fakeControlPlane,
  type FakeControlPlane,
} from './test-support/fake-control-plane.ts'

const tgi = '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.6.0-tgi3.2.3-gpu-py311'
const tei = '683313688378.dkr.ecr.us-east-1.amazonaws.com/tei:2.0.1-tei1.8.2-gpu-py310-cu122-ubuntu22.04'
const vllm = '763104351884.dkr.ecr.us-east-1.amazonaws.com/vllm:0.28.0-cu130-ubuntu24.04-sagemaker'

async function describeOne(deployed: Deployed): Promise<EndpointDescription> {
  await using service = await fakeControlPlane({ it: deployed })
  return await describeEndpoint('it', { endpoint: service.url })
}

async function failureOf(work: Promise<unknown>): Promise<SagemakerError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!SagemakerError.is(error)) throw new Error('did not fail with a SagemakerError', { cause: error })
  return error
}

describe('an endpoint is known by what it was deployed from', () => {
  let service: FakeControlPlane
  beforeAll(async () => (service = await fakeControlPlane(deployments)))
  afterAll(() => service[Symbol.asyncDispose]())

  test.each(Object.entries(deployments))('%s', async (name, { expected }) => {
    const { container, version, model, ...suggestion } = expected
    const description = await describeEndpoint(name, { endpoint: service.url })
    expect(description).toMatchObject({
      name,
      arn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`,
      region: 'us-east-1',
      accountId: '123456789012',
      status: 'InService',
      createdAt: new Date(1_790_000_000_123),
      instanceTypes: ['ml.g5.2xlarge'],
      deniedActions: [],
      container: { name: container, ...(version !== undefined && { version }), isMultiModel: false },
      suggestion,
    })
    expect(description.model).toEqual(model ?? description.model)
    expect(description.suggestion.code).toContain(`endpointName: '${name}'`)
    expect(description.suggestion.why).toMatch(/^[A-Z].*\.$/s)
  })
})

describe('kinds of endpoints', () => {
  test('variants, shadow variants, weights and instance types', async () => {
    const { variants, instanceTypes, container } = await describeOne({
      image: tgi,
      responses: {
        DescribeEndpoint: {
          ProductionVariants: [
            { VariantName: 'blue', CurrentWeight: 3, CurrentInstanceCount: 2 },
            { VariantName: 'green', CurrentWeight: 1, CurrentInstanceCount: 1 },
          ],
          ShadowProductionVariants: [{ VariantName: 'next', CurrentWeight: 1 }],
        },
        DescribeEndpointConfig: {
          ProductionVariants: [
            { VariantName: 'blue', ModelName: 'it', InstanceType: 'ml.g5.2xlarge' },
            { VariantName: 'green', ModelName: 'it', InstancePools: [{ InstanceType: 'ml.g6.2xlarge' }] },
          ],
          ShadowProductionVariants: [{ VariantName: 'next', ModelName: 'it', InstanceType: 'ml.p5.48xlarge' }],
        },
      },
    })
    expect(variants).toMatchObject([
      { name: 'blue', isShadow: false, weight: 3, instanceCount: 2, instanceType: 'ml.g5.2xlarge', modelName: 'it' },
      { name: 'green', isShadow: false, weight: 1, instanceType: 'ml.g6.2xlarge' },
      { name: 'next', isShadow: true, instanceType: 'ml.p5.48xlarge' },
    ])
    expect(instanceTypes).toEqual(['ml.g5.2xlarge', 'ml.g6.2xlarge'])
    expect(container.name).toBe('tgi')
  })

  test('a serverless variant, and data capture', async () => {
    const { variants, dataCapture } = await describeOne({
      image: tei,
      responses: {
        DescribeEndpoint: {
          ProductionVariants: [
            { VariantName: 'AllTraffic', CurrentServerlessConfig: { MemorySizeInMB: 4096, MaxConcurrency: 20 } },
          ],
          DataCaptureConfig: {
            EnableCapture: true,
            CaptureStatus: 'Started',
            CurrentSamplingPercentage: 10,
            DestinationS3Uri: 's3://bucket/captured',
            KmsKeyId: '',
          },
        },
      },
    })
    expect(variants[0]?.serverless).toEqual({ memoryMiB: 4096, maxConcurrency: 20 })
    expect(dataCapture).toEqual({ destination: 's3://bucket/captured', samplingPercentage: 10 })
  })

  test('an asynchronous endpoint says how it wants to be called', async () => {
    const { asynchronous, suggestion } = await describeOne({
      image: tgi,
      responses: {
        DescribeEndpoint: {
          AsyncInferenceConfig: {
            ClientConfig: { MaxConcurrentInvocationsPerInstance: 4 },
            OutputConfig: { S3OutputPath: 's3://bucket/out', S3FailurePath: 's3://bucket/failed' },
          },
        },
      },
    })
    expect(asynchronous).toEqual({
      outputPath: 's3://bucket/out',
      failurePath: 's3://bucket/failed',
      maxConcurrencyPerInstance: 4,
    })
    expect(suggestion.why).toContain('invokeAsync')
  })

  test('a multi-model endpoint wants the name of a model', async () => {
    const { container, suggestion } = await describeOne({
      image: tei,
      responses: { DescribeModel: { PrimaryContainer: { Image: tei, Mode: 'MultiModel' } } },
    })
    expect(container.isMultiModel).toBe(true)
    expect(suggestion.why).toContain('targetModel')
  })

  const twoContainers = [
    { ContainerHostname: 'first', Image: tei },
    { ContainerHostname: 'second', Image: tgi },
  ]

  test('containers that are called by name: the first is suggested by its name', async () => {
    const { variants, suggestion } = await describeOne({
      responses: {
        DescribeModel: {
          PrimaryContainer: undefined,
          Containers: twoContainers,
          InferenceExecutionConfig: { Mode: 'Direct' },
        },
      },
    })
    expect(variants[0]).toMatchObject({
      invocationMode: 'direct',
      containers: [
        { name: 'tei', hostname: 'first' },
        { name: 'tgi', hostname: 'second' },
      ],
    })
    expect(suggestion).toMatchObject({
      kind: 'embedding',
      handler: 'tei',
      options: { targetContainerHostname: 'first' },
      why: expect.stringContaining('first, second'),
    })
    expect(suggestion.code).toContain("targetContainerHostname: 'first'")
  })

  test('a chain of containers has no format that could be known', async () => {
    const { suggestion, variants } = await describeOne({
      responses: { DescribeModel: { PrimaryContainer: undefined, Containers: twoContainers } },
    })
    expect(variants[0]?.invocationMode).toBe('serial')
    expect(suggestion).toMatchObject({ kind: 'unknown', why: expect.stringContaining('2 containers') })
  })

  test('inference components: bases, and adapters in the containers of their bases', async () => {
    const componentOf = (name: string, specification: object): object => ({
      InferenceComponentName: name,
      InferenceComponentArn: `arn:aws:sagemaker:us-east-1:123456789012:inference-component/${name}`,
      EndpointName: 'it',
      VariantName: 'AllTraffic',
      InferenceComponentStatus: 'InService',
      CreationTime: 1_790_000_000,
      LastModifiedTime: 1_790_000_000,
      Specification: specification,
      RuntimeConfig: { DesiredCopyCount: 1, CurrentCopyCount: 1 },
    })
    const components = {
      sales: componentOf('sales', {
        BaseInferenceComponentName: 'llama',
        Container: { ArtifactUrl: 's3://bucket/sales.tar.gz' },
      }),
      llama: componentOf('llama', {
        Container: { DeployedImage: { SpecifiedImage: vllm }, Environment: { SM_VLLM_MODEL: 'Qwen/Qwen3-8B' } },
      }),
      bge: componentOf('bge', { ModelName: 'it' }),
    }
    const { container, inferenceComponents, suggestion, variants } = await describeOne({
      image: tei,
      responses: {
        DescribeEndpoint: { ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1 }] },
        DescribeEndpointConfig: { ProductionVariants: [{ VariantName: 'AllTraffic', InstanceType: 'ml.g5.12xlarge' }] },
        ListInferenceComponents: { InferenceComponents: Object.values(components) },
        ...Object.fromEntries(
          Object.entries(components).map(([name, one]) => [`DescribeInferenceComponent ${name}`, one]),
        ),
      },
    })
    expect(variants[0]).toMatchObject({ containers: [], instanceType: 'ml.g5.12xlarge' })
    expect(inferenceComponents).toMatchObject([
      {
        name: 'sales',
        baseComponentName: 'llama',
        container: { name: 'vllm' },
        suggestion: { kind: 'language', handler: 'openai', options: { inferenceComponentName: 'sales' } },
      },
      { name: 'llama', copyCount: 1, container: { name: 'vllm' }, model: { id: 'Qwen/Qwen3-8B' } },
      { name: 'bge', modelName: 'it', container: { name: 'tei' }, suggestion: { kind: 'embedding', handler: 'tei' } },
    ])
    // Without the name of a component a call is refused: the first base component is suggested.
    expect(container.name).toBe('vllm')
    expect(suggestion.options).toEqual({ inferenceComponentName: 'llama' })
  })

  test('a failed endpoint says why, and that it takes no calls', async () => {
    const { failureReason, suggestion } = await describeOne({
      image: tgi,
      responses: { DescribeEndpoint: { EndpointStatus: 'Failed', FailureReason: 'No capacity.' } },
    })
    expect(failureReason).toBe('No capacity.')
    expect(suggestion.why).toContain('The endpoint is Failed')
  })
})

describe('calls', () => {
  test('three of them for an ordinary endpoint, one for one that is kept', async () => {
    await using service = await fakeControlPlane(deployments)
    const options = { endpoint: service.url, cache: discoveryCache() }
    const first = await describeEndpoint('tgi-llama', options)
    expect(service.requests.map(({ operation }) => operation)).toEqual([
      'DescribeEndpoint',
      'DescribeEndpointConfig',
      'DescribeModel',
    ])
    expect(await describeEndpoint('tgi-llama', options)).toBe(first)
    expect(service.requests).toHaveLength(3)
    await describeEndpoint('tei-bge', options)
    expect(service.requests).toHaveLength(6)
  })

  test('a description is kept for its time', async () => {
    await using service = await fakeControlPlane(deployments)
    const options = { endpoint: service.url, cache: discoveryCache({ maxAgeMs: 1 }) }
    await describeEndpoint('tgi-llama', options)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await describeEndpoint('tgi-llama', options)
    expect(service.requests).toHaveLength(6)
  })

  test('components beyond the limit are listed without their contents', async () => {
    const InferenceComponents = ['a', 'b', 'c'].map((name) => ({ InferenceComponentName: name }))
    await using service = await fakeControlPlane({
      it: {
        responses: {
          DescribeEndpointConfig: { ProductionVariants: [{ VariantName: 'AllTraffic' }] },
          ListInferenceComponents: { InferenceComponents },
          'DescribeInferenceComponent a': { Specification: { Container: { DeployedImage: { SpecifiedImage: tgi } } } },
        },
      },
    })
    const { inferenceComponents } = await describeEndpoint('it', { endpoint: service.url, maxInferenceComponents: 1 })
    expect(inferenceComponents.map(({ name, container }) => [name, container.name])).toEqual([
      ['a', 'tgi'],
      ['b', 'unknown'],
      ['c', 'unknown'],
    ])
    expect(service.requests.filter(({ operation }) => operation === 'DescribeInferenceComponent')).toHaveLength(1)
  })
})

describe('what may not be read', () => {
  test('a refused DescribeEndpoint is access-denied, with the action', async () => {
    await using service = await fakeControlPlane(deployments)
    service.refuse('DescribeEndpoint', accessDenied('DescribeEndpoint'))
    const error = await failureOf(describeEndpoint('tgi-llama', { endpoint: service.url }))
    expect(error).toMatchObject({
      code: 'access-denied',
      action: 'sagemaker:DescribeEndpoint',
      endpointName: 'tgi-llama',
    })
    expect(error.message).toContain('The caller needs sagemaker:DescribeEndpoint.')
  })

  test('later refusals leave what the endpoint itself says: the image that runs', async () => {
    await using service = await fakeControlPlane(deployments)
    for (const operation of ['DescribeEndpointConfig', 'DescribeModel', 'ListInferenceComponents', 'ListTags'])
      service.refuse(operation, accessDenied(operation))
    const description = await describeEndpoint('tgi-llama', { endpoint: service.url })
    expect(description).toMatchObject({
      deniedActions: ['sagemaker:DescribeEndpointConfig', 'sagemaker:ListInferenceComponents'],
      container: { name: 'tgi', version: '3.2.3' },
      suggestion: {
        kind: 'language',
        handler: 'tgi',
        why: expect.stringContaining('sagemaker:DescribeEndpointConfig'),
      },
    })
    const unknown = await describeEndpoint('jumpstart-llama2', { endpoint: service.url })
    expect(unknown.suggestion.kind).toBe('unknown')
    expect(unknown.deniedActions).toContain('sagemaker:ListTags')
  })

  test('a configuration that was deleted is no failure', async () => {
    await using service = await fakeControlPlane(deployments)
    const message = 'Could not find endpoint configuration "tgi-llama".'
    service.refuse('DescribeEndpointConfig', { status: 400, type: 'ValidationException', message })
    const description = await describeEndpoint('tgi-llama', { endpoint: service.url })
    expect(description).toMatchObject({ deniedActions: [], container: { name: 'tgi' } })
  })

  test.each([
    ['nobody', undefined, { code: 'endpoint-not-found', statusCode: 400 }],
    ['', undefined, { code: 'invalid-request' }],
    ['tgi-llama', { status: 403, type: 'ExpiredTokenException', message: 'expired' }, { code: 'credentials' }],
    ['tgi-llama', { status: 400, type: 'ValidationException', message: 'bad' }, { code: 'invalid-request' }],
    ['tgi-llama', { status: 503, type: 'ServiceUnavailable', message: '' }, { code: 'service-unavailable' }],
    ['tgi-llama', { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' }, { code: 'throttled' }],
  ])('%s with %j is %j', async (name, refusal, expected) => {
    await using service = await fakeControlPlane(deployments)
    if (refusal !== undefined) service.refuse('DescribeEndpoint', refusal)
    const clientOptions = { maxAttempts: 1 }
    expect(await failureOf(describeEndpoint(name, { endpoint: service.url, clientOptions }))).toMatchObject(expected)
  })

  test('nobody there is connection; an abort is aborted, with its reason', async () => {
    const options = { endpoint: 'http://127.0.0.1:9', clientOptions: { maxAttempts: 1 } }
    expect(await failureOf(describeEndpoint('it', options))).toMatchObject({ code: 'connection', retryable: true })
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    expect(await failureOf(describeEndpoint('it', { ...options, signal }))).toMatchObject({
      code: 'aborted',
      name: 'AbortError',
      cause: reason,
    })
    await using service = await fakeControlPlane(deployments)
    const later = new AbortController()
    const call = describeEndpoint('tgi-llama', { endpoint: service.url, signal: later.signal })
    later.abort(reason)
    expect(await failureOf(call)).toMatchObject({ code: 'aborted', cause: reason })
  })
})
