import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An endpoint as it was deployed. */
export interface Deployed {
  readonly image?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly modelDataUrl?: string
  readonly modelPackage?: string
  readonly tags?: Readonly<Record<string, string>>
  /** Members that replace those of the responses, by operation. */
  readonly responses?: Readonly<Record<string, object>>
}

type Json = Readonly<Record<string, unknown>>
type Members = Readonly<Record<string, string | number | undefined>>

/** A request as it arrived. */
export interface FakeRequest {
  readonly operation: string
  readonly body: Json
  readonly headers: IncomingMessage['headers']
}

/** A refusal of the service. */
export interface FakeError {
  readonly status: number
  readonly type: string
  readonly message: string
}

/** SageMaker's control plane as bare HTTP: AWS JSON 1.1, written by hand from the service model. */
export interface FakeControlPlane extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly FakeRequest[]
  /** Answers an operation with an error from now on. */
  refuse(operation: string, error: FakeError): void
}

export const accessDenied = (operation: string): FakeError => ({
  status: 400,
  type: 'AccessDeniedException',
  message: `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: sagemaker:${operation} because no identity-based policy allows the action`,
})

const createdAt = 1_790_000_000.123

/** Starts it with endpoints by name; each has a configuration and a model of the same name. */
export async function fakeControlPlane(endpoints: Readonly<Record<string, Deployed>>): Promise<FakeControlPlane> {
  const requests: FakeRequest[] = []
  const refusals = new Map<string, FakeError>()
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const operation = String(incoming.headers['x-amz-target']).replace('SageMaker.', '')
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Members
    requests.push({ operation, body, headers: incoming.headers })
    const answer = refusals.get(operation) ?? respond(operation, body, endpoints)
    const isError = 'status' in answer && 'type' in answer
    response.writeHead(isError ? Number(answer.status) : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(isError ? { __type: answer.type, message: answer.message } : answer))
  }
  const server = createServer((incoming, response) => void handle(incoming, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    refuse: (operation, error) => void refusals.set(operation, error),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function respond(operation: string, body: Members, endpoints: Readonly<Record<string, Deployed>>): Json | FakeError {
  const names = Object.keys(endpoints)
  if (operation === 'ListEndpoints') {
    const start = Number(body['NextToken'] ?? 0)
    const end = start + Math.min(Number(body['MaxResults'] ?? 10), 100)
    const wanted = names.filter((name) => name.includes(String(body['NameContains'] ?? '')))
    return {
      Endpoints: wanted.slice(start, end).map(summary),
      ...(end < wanted.length && { NextToken: String(end) }),
    }
  }
  const name = String(
    body['EndpointName'] ??
      body['EndpointConfigName'] ??
      body['ModelName'] ??
      body['EndpointNameEquals'] ??
      body['InferenceComponentName'] ??
      String(body['ResourceArn']).split('/').at(-1),
  )
  const deployed =
    endpoints[name] ?? Object.values(endpoints).find(({ responses }) => responses?.[`${operation} ${name}`])
  if (deployed === undefined) {
    const message = `Could not find endpoint "arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}".`
    return { status: 400, type: 'ValidationException', message }
  }
  const own = deployed.responses?.[`${operation} ${name}`] ?? deployed.responses?.[operation]
  return { ...described(operation, name, deployed), ...own }
}

function summary(name: string): Json {
  return {
    EndpointName: name,
    EndpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`,
    CreationTime: createdAt,
    LastModifiedTime: createdAt + 60,
    EndpointStatus: 'InService',
  }
}

function described(operation: string, name: string, deployed: Deployed): Json {
  switch (operation) {
    case 'DescribeEndpoint':
      return {
        ...summary(name),
        EndpointConfigName: name,
        ProductionVariants: [
          {
            VariantName: 'AllTraffic',
            ...(deployed.image !== undefined && {
              DeployedImages: [{ SpecifiedImage: deployed.image, ResolutionTime: createdAt }],
            }),
            CurrentWeight: 1,
            DesiredWeight: 1,
            CurrentInstanceCount: 1,
            DesiredInstanceCount: 1,
          },
        ],
      }
    case 'DescribeEndpointConfig':
      return {
        EndpointConfigName: name,
        EndpointConfigArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/${name}`,
        CreationTime: createdAt,
        ProductionVariants: [
          { VariantName: 'AllTraffic', ModelName: name, InitialInstanceCount: 1, InstanceType: 'ml.g5.2xlarge' },
        ],
      }
    case 'DescribeModel':
      return {
        ModelName: name,
        ModelArn: `arn:aws:sagemaker:us-east-1:123456789012:model/${name}`,
        CreationTime: createdAt,
        PrimaryContainer: {
          Mode: 'SingleModel',
          ...(deployed.modelPackage === undefined && { Image: deployed.image }),
          ...(deployed.modelPackage !== undefined && { ModelPackageName: deployed.modelPackage }),
          ...(deployed.modelDataUrl !== undefined && { ModelDataUrl: deployed.modelDataUrl }),
          Environment: deployed.environment ?? {},
        },
      }
    case 'ListTags':
      return { Tags: Object.entries(deployed.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) }
    case 'ListInferenceComponents':
      return { InferenceComponents: [] }
    default:
      return {}
  }
}
