import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeInferenceComponentCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  ListInferenceComponentsCommand,
  ListTagsCommand,
  paginateListEndpoints,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  demoEmbeddingModel,
  demoLanguageModel,
  scripted,
  startLocalRuntime,
  type EmbeddingFormat,
  type LanguageFormat,
  type LocalRuntime,
  type LocalRuntimeOptions,
} from '../index.ts'

const languageFormats: readonly LanguageFormat[] = [
  'tgi',
  'openai',
  'lmi',
  'lmi-async',
  'huggingface',
  'jumpstart-llama2',
  'jumpstart-text2text',
  'cohere',
  'ai21',
  'triton',
  'bedrock-compat',
]
const embeddingFormats: readonly EmbeddingFormat[] = [
  'tei',
  'openai',
  'huggingface',
  'jumpstart',
  'lmi',
  'cohere',
  'titan',
]

const clientOf = ({ url }: LocalRuntime, secretAccessKey = 'local'): SageMakerClient =>
  new SageMakerClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey },
    maxAttempts: 1,
  })

async function withRuntime(
  options: LocalRuntimeOptions,
  use: (client: SageMakerClient, runtime: LocalRuntime) => Promise<void>,
): Promise<void> {
  await using runtime = await startLocalRuntime(options)
  const client = clientOf(runtime)
  await use(client, runtime)
  client.destroy()
}

describe('the bare SDK describes demo endpoints', () => {
  let runtime: LocalRuntime
  let client: SageMakerClient
  beforeAll(async () => {
    runtime = await startLocalRuntime({
      endpoints: {
        ...Object.fromEntries(languageFormats.map((format) => [format, demoLanguageModel({ format })])),
        ...Object.fromEntries(
          embeddingFormats.map((format) => [`${format}-embedding`, demoEmbeddingModel({ format })]),
        ),
        own: scripted(() => 'mine'),
      },
    })
    client = clientOf(runtime)
  })
  afterAll(async () => {
    client.destroy()
    await runtime.close()
  })

  test.each([...languageFormats, ...embeddingFormats.map((format) => `${format}-embedding`)])('%s', async (name) => {
    const endpoint = await client.send(new DescribeEndpointCommand({ EndpointName: name }))
    expect(endpoint).toMatchObject({
      EndpointName: name,
      EndpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`,
      EndpointStatus: 'InService',
      ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1, CurrentInstanceCount: 1 }],
    })
    expect(Math.abs(Number(endpoint.CreationTime) - Date.now())).toBeLessThan(120_000)
    const config = await client.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: endpoint.EndpointConfigName }),
    )
    const [variant] = config.ProductionVariants ?? []
    const { PrimaryContainer } = await client.send(new DescribeModelCommand({ ModelName: variant?.ModelName }))
    expect(variant?.InstanceType).toMatch(/^ml\./)
    expect(PrimaryContainer?.Image ?? PrimaryContainer?.ModelPackageName).toMatch(
      /\.dkr\.ecr\.us-east-1\.amazonaws\.com\/[\w-]+:|^arn:aws:sagemaker:us-east-1:865070037744:model-package\//,
    )
    const [deployed] = endpoint.ProductionVariants?.[0]?.DeployedImages ?? []
    expect(deployed?.SpecifiedImage).toBe(PrimaryContainer?.Image)
  })

  test('an endpoint of one’s own has an image of the account', async () => {
    const { PrimaryContainer } = await client.send(new DescribeModelCommand({ ModelName: 'own' }))
    expect(PrimaryContainer).toEqual({
      Image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/own:latest',
      Mode: 'SingleModel',
      Environment: {},
    })
  })

  test('tags of an endpoint', async () => {
    const ResourceArn = 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/jumpstart-llama2'
    const { Tags } = await client.send(new ListTagsCommand({ ResourceArn }))
    expect(Tags).toContainEqual({
      Key: 'sagemaker-sdk:jumpstart-model-id',
      Value: 'meta-textgeneration-llama-2-7b-f',
    })
  })

  test.each([
    [new DescribeEndpointCommand({ EndpointName: 'x' }), 'Could not find endpoint "arn:aws:sagemaker:us-east-1:'],
    [new DescribeModelCommand({ ModelName: 'x' }), 'Could not find model "'],
    [new DescribeEndpointConfigCommand({ EndpointConfigName: 'x' }), 'Could not find endpoint configuration "'],
    [new DescribeInferenceComponentCommand({ InferenceComponentName: 'x' }), 'Could not find inference component "'],
    [new ListEndpointsCommand({ MaxResults: 101 }), "Value '101' at 'maxResults' failed to satisfy constraint"],
    [new ListEndpointsCommand({ NextToken: 'other' }), 'Invalid pagination token'],
    [new ListEndpointsCommand({ SortBy: 'Size' as never }), 'Member must satisfy enum value set'],
  ])('what is wrong with a request is a ValidationException (%#)', async (command, message) => {
    await expect(client.send(command as DescribeEndpointCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
    })
  })

  test.each([
    ['SageMaker.DeleteEndpoint', '{}', 'UnknownOperationException'],
    ['SageMaker.DescribeEndpoint', '{', 'SerializationException'],
    ['SageMaker.DescribeEndpoint', '', 'ValidationException'],
  ])('%s with %j', async (target, body, type) => {
    const response = await fetch(runtime.url, { method: 'POST', headers: { 'x-amz-target': target }, body })
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
      status: 400,
      __type: type,
    })
  })
})

describe('lists', () => {
  const endpoints = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [`name-${String(index).padStart(2, '0')}`, scripted(() => '')]),
  )
  const names = Object.keys(endpoints)

  test('come in pages, the newest first', () =>
    withRuntime({ endpoints }, async (client) => {
      const pages: (readonly (string | undefined)[])[] = []
      for await (const { Endpoints = [] } of paginateListEndpoints({ client }, {}))
        pages.push(Endpoints.map(({ EndpointName }) => EndpointName))
      expect(pages.map((page) => page.length)).toEqual([10, 10, 5])
      expect(pages.flat()).toEqual(names.toReversed())
    }))

  test.each([
    [{ SortBy: 'Name', SortOrder: 'Ascending', MaxResults: 3 } as const, names.slice(0, 3)],
    [{ SortBy: 'Status', SortOrder: 'Ascending', MaxResults: 2 } as const, names.slice(0, 2)],
    [{ NameContains: 'E-07' }, ['name-07']],
    [{ StatusEquals: 'Failed' } as const, []],
    [{ CreationTimeBefore: new Date(0) }, []],
    [{ CreationTimeAfter: new Date(0), MaxResults: 1 }, ['name-24']],
    [{ LastModifiedTimeAfter: new Date(Date.now() + 3_600_000) }, []],
  ])('are filtered and sorted: %j', (input, expected) =>
    withRuntime({ endpoints }, async (client) => {
      const { Endpoints = [] } = await client.send(new ListEndpointsCommand(input))
      expect(Endpoints.map(({ EndpointName }) => EndpointName)).toEqual(expected)
    }),
  )
})

describe('what an endpoint is deployed as', () => {
  test('inference components and adapters', () =>
    withRuntime(
      {
        endpoints: {
          shared: {
            model: demoLanguageModel({ format: 'openai' }),
            inferenceComponents: ['base', 'sales'],
            deployment: { baseComponents: { sales: 'base' } },
          },
          other: { model: demoLanguageModel(), inferenceComponents: ['elsewhere'] },
        },
      },
      async (client) => {
        const { InferenceComponents = [] } = await client.send(
          new ListInferenceComponentsCommand({ EndpointNameEquals: 'shared', SortBy: 'Name', SortOrder: 'Ascending' }),
        )
        expect(InferenceComponents).toMatchObject([
          { InferenceComponentName: 'base', EndpointName: 'shared', VariantName: 'AllTraffic' },
          { InferenceComponentName: 'sales', InferenceComponentStatus: 'InService' },
        ])
        const describeComponent = (InferenceComponentName: string) =>
          client.send(new DescribeInferenceComponentCommand({ InferenceComponentName }))
        expect((await describeComponent('base')).Specification).toMatchObject({ ModelName: 'shared' })
        expect((await describeComponent('sales')).Specification).toMatchObject({ BaseInferenceComponentName: 'base' })
        const { ProductionVariants } = await client.send(
          new DescribeEndpointConfigCommand({ EndpointConfigName: 'shared' }),
        )
        expect(ProductionVariants?.[0]?.ModelName).toBeUndefined()
      },
    ))

  test('variants, shadow variants, serverless, asynchronous, data capture, failure', () =>
    withRuntime(
      {
        endpoints: {
          two: {
            model: demoLanguageModel(),
            variants: ['blue', 'green'],
            asyncPath: 's3://bucket/async',
            deployment: {
              shadowVariants: ['next'],
              instanceType: 'ml.p5.48xlarge',
              dataCapture: { destinationS3Uri: 's3://bucket/captured', samplingPercentage: 10 },
              status: 'Failed',
              failureReason: 'No capacity.',
            },
          },
          small: {
            model: demoEmbeddingModel(),
            deployment: { serverless: { memorySizeInMB: 4096, maxConcurrency: 20 } },
          },
        },
      },
      async (client) => {
        expect(await client.send(new DescribeEndpointCommand({ EndpointName: 'two' }))).toMatchObject({
          ProductionVariants: [{ VariantName: 'blue' }, { VariantName: 'green' }],
          ShadowProductionVariants: [{ VariantName: 'next' }],
          AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://bucket/async/output/' } },
          DataCaptureConfig: { EnableCapture: true, CurrentSamplingPercentage: 10 },
          EndpointStatus: 'Failed',
          FailureReason: 'No capacity.',
        })
        expect(await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: 'two' }))).toMatchObject({
          ProductionVariants: [{ VariantName: 'blue', InstanceType: 'ml.p5.48xlarge' }, { VariantName: 'green' }],
          ShadowProductionVariants: [{ VariantName: 'next' }],
        })
        const { ProductionVariants } = await client.send(new DescribeEndpointCommand({ EndpointName: 'small' }))
        expect(ProductionVariants?.[0]?.CurrentServerlessConfig).toEqual({ MemorySizeInMB: 4096, MaxConcurrency: 20 })
      },
    ))

  test('several models, and several containers', () =>
    withRuntime(
      {
        endpoints: {
          models: { model: demoEmbeddingModel(), targetModels: ['a.tar.gz'] },
          containers: { model: demoEmbeddingModel(), containers: ['first', 'second'] },
        },
      },
      async (client) => {
        const { PrimaryContainer } = await client.send(new DescribeModelCommand({ ModelName: 'models' }))
        expect(PrimaryContainer).toMatchObject({
          Mode: 'MultiModel',
          ModelDataUrl: 's3://sagemaker-local/models/models/',
        })
        expect(await client.send(new DescribeModelCommand({ ModelName: 'containers' }))).toMatchObject({
          Containers: [{ ContainerHostname: 'first' }, { ContainerHostname: 'second' }],
          InferenceExecutionConfig: { Mode: 'Direct' },
        })
      },
    ))
})

describe('who is answered', () => {
  const endpoints = { it: demoLanguageModel() }
  const describeIt = new DescribeEndpointCommand({ EndpointName: 'it' })

  test('signatures are checked where they are required, as for the runtime', async () => {
    const requireSignature = { accessKeyId: 'local', secretAccessKey: 'secret' }
    await using runtime = await startLocalRuntime({ endpoints, requireSignature })
    const good = clientOf(runtime, 'secret')
    expect(await good.send(describeIt)).toMatchObject({ EndpointName: 'it' })
    const bad = clientOf(runtime, 'other')
    await expect(bad.send(describeIt)).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    const unsigned = await fetch(runtime.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'SageMaker.ListEndpoints' },
      body: '{}',
    })
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
    good.destroy()
    bad.destroy()
  })

  test.each([
    ['AccessDeniedException', 400, 'is not authorized to perform: sagemaker:DescribeEndpoint because'],
    ['ValidationException', 400, 'The request is not valid.'],
    ['ThrottlingException', 400, 'Rate exceeded'],
    ['ServiceUnavailable', 503, 'unavailable'],
  ] as const)('an operation is refused on demand: %s', (name, httpStatusCode, message) =>
    withRuntime({ endpoints, controlPlane: { errors: { DescribeEndpoint: name } } }, async (client) => {
      await expect(client.send(describeIt)).rejects.toMatchObject({
        name,
        message: expect.stringContaining(message),
        $metadata: { httpStatusCode },
      })
      expect((await client.send(new ListEndpointsCommand({}))).Endpoints).toHaveLength(1)
    }),
  )

  test('nobody, when it is turned off', () =>
    withRuntime({ endpoints, controlPlane: false }, async (client) => {
      await expect(client.send(describeIt)).rejects.toMatchObject({ name: 'UnknownOperationException' })
    }))
})
