import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  json,
  scripted,
  serviceError,
  startLocalRuntime,
  type ClassificationFormat,
  type EmbeddingFormat,
  type LanguageFormat,
  type LocalEndpoint,
  type LocalRuntime,
  type RerankFormat,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'
import { program, startProgram } from '../test-support/run-command.ts'

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
const rerankFormats: readonly RerankFormat[] = ['tei', 'vllm', 'cohere', 'jina', 'huggingface', 'djl']
const classificationFormats: readonly ClassificationFormat[] = ['tei', 'vllm', 'huggingface', 'jumpstart']

/** Models with other answers than text and plain vectors. */
const otherEndpoints: Readonly<Record<string, LocalEndpoint>> = {
  'tei-sparse': demoEmbeddingModel({ format: 'tei-sparse' }),
  'lmi-sparse': demoEmbeddingModel({ format: 'lmi-sparse' }),
  kserve: demoEmbeddingModel({ format: 'kserve' }),
  jina: demoEmbeddingModel({ format: 'jina' }),
  'jina-colbert': demoEmbeddingModel({ format: 'jina-colbert' }),
  ...Object.fromEntries(rerankFormats.map((format) => [`${format}-rerank`, demoRerankModel({ format })])),
  ...Object.fromEntries(
    classificationFormats.map((format) => [`${format}-class`, demoClassificationModel({ format })]),
  ),
}
const endpoints: Readonly<Record<string, LocalEndpoint>> = {
  ...Object.fromEntries(languageFormats.map((format) => [format, demoLanguageModel({ format })])),
  ...Object.fromEntries(embeddingFormats.map((format) => [`${format}-embedding`, demoEmbeddingModel({ format })])),
}

// A folder of this package, so that the programs find what they import.
const folder = path.join(import.meta.dirname, '../../../.readme-snippets', `doctor-${process.pid}`)
let runtime: LocalRuntime
let closed: LocalRuntime
beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  mkdirSync(folder, { recursive: true })
  runtime = await startLocalRuntime({
    endpoints: {
      ...endpoints,
      ...otherEndpoints,
      busy: { model: demoLanguageModel(), faults: { refusal: 'model-not-ready' } },
      hostile: scripted(() => serviceError('ValidationError', { message: 'look\u001B]0;pwned\u0007here' })),
      shared: {
        model: demoLanguageModel({ format: 'openai' }),
        inferenceComponents: ['base', 'sales'],
        deployment: { baseComponents: { sales: 'base' } },
      },
      old: {
        model: demoLanguageModel(),
        deployment: { status: 'Failed', failureReason: 'No capacity.', shadowVariants: ['next'] },
      },
      unknown: scripted(() => json({ prediction: 0.5 })),
    },
  })
  closed = await startLocalRuntime({
    endpoints: { ...endpoints, ...otherEndpoints },
    controlPlane: { errors: { DescribeEndpoint: 'AccessDeniedException', ListEndpoints: 'AccessDeniedException' } },
  })
})
afterAll(async () => {
  await Promise.all([runtime.close(), closed.close()])
  rmSync(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

async function doctor(...args: string[]): Promise<{ code: number; output: string; notes: string }> {
  const { context, written } = collectingContext()
  return { code: await runCommandLine(['doctor', ...args], context), ...written }
}

interface Printed {
  readonly commandLines: readonly string[]
  readonly programs: readonly string[]
}

/** What doctor printed to be copied, from what it printed. */
function printedIn(output: string): Printed {
  return {
    commandLines: [...output.matchAll(/^(?:Call it|Or) +(.+)$/gm)].map(([, line = '']) => line),
    programs: output.split(/^(?=import )/m).slice(1),
  }
}

/** Runs a program as it was printed, in this process, and gives what it logs. */
async function runProgram(code: string, name: string): Promise<string> {
  const file = path.join(folder, `${name}.ts`)
  writeFileSync(file, code)
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await import(pathToFileURL(file).href)
    return log.mock.calls.flat().join(' ')
  } finally {
    log.mockRestore()
  }
}

/** Runs a command line as it was printed: a shell splits it into words, and this process does what they say. */
async function runShell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const npx = `npx() { shift; printf '%s\\0' "$@"; }`
  const { stdout } = await startProgram(['/bin/sh', '-c', `${npx}\n${line}`]).end
  const { context, written } = collectingContext('Hello\n')
  const code = await runCommandLine(stdout.split('\0').slice(0, -1), context)
  return { code, stdout: written.output, stderr: written.notes }
}

describe.each([
  ['by what the control plane says', () => runtime],
  ['by one call, where the control plane may not be read', () => closed],
])('what doctor prints can be run as it is: %s', (_, at) => {
  it.each(Object.keys(endpoints))('%s', { timeout: 60_000 }, async (name) => {
    const { code, output, notes } = await doctor('--endpoint', name, '--url', at().url)
    expect({ code, notes }).toEqual({ code: 0, notes: '' })
    const { commandLines, programs } = printedIn(output)
    expect(programs).toHaveLength(commandLines.length)
    // Two formats refuse in the same words: then both are printed, and one of them is right.
    const runs = await Promise.all(commandLines.map(runShell))
    expect(runs).toContainEqual(expect.objectContaining({ code: 0, stdout: expect.stringMatching(/\w/) }))
    const right = runs.findIndex((run) => run.code === 0)
    expect(await runProgram(programs[right] ?? '', `${at().port}-${name}`)).toMatch(/\w/)
  })
})

describe('what doctor prints for sparse vectors, vectors of tokens, tensors, rankings and labels can be run as it is', () => {
  // The image of Triton does not tell what it serves.
  it.each(Object.keys(otherEndpoints).filter((name) => name !== 'kserve'))(
    '%s, by what the control plane says',
    async (name) => {
      const { code, output } = await doctor('--endpoint', name, '--url', runtime.url)
      expect(code).toBe(0)
      expect(output).toMatch(/^Answered /m)
      const [program = ''] = printedIn(output).programs
      expect(await runProgram(program, `${runtime.port}-${name}`)).toMatch(/\w/)
    },
  )

  it.each(Object.keys(otherEndpoints))('%s, by one call', async (name) => {
    const before = closed.requests.length
    const { code, output, notes } = await doctor('--endpoint', name, '--url', closed.url)
    expect({ code, notes }).toEqual({ code: 0, notes: '' })
    expect(closed.requests.slice(before).filter(({ operation }) => operation !== undefined)).toHaveLength(1)
    // Where formats share an answer, one of the programs is right.
    const { programs } = printedIn(output)
    let printed = ''
    // One after the other: they print to the same console.
    for (const [index, program] of programs.entries())
      printed += await runProgram(program, `${closed.port}-${name}-${index}`).catch(() => '')
    expect(printed).toMatch(/\w/)
  })
})

it('a command line that doctor prints can be run in a shell', { timeout: 60_000 }, async () => {
  const { output } = await doctor('--endpoint', 'jumpstart-llama2', '--url', runtime.url)
  const [line = ''] = printedIn(output).commandLines
  const npx = `npx() { shift; ${program.map((word) => `'${word}'`).join(' ')} "$@"; }`
  const { code, stdout } = await startProgram(['/bin/sh', '-c', `${npx}\n${line}`]).end
  expect({ code, isText: /\w/.test(stdout) }).toEqual({ code: 0, isText: true })
})

describe('what doctor prints', () => {
  it('identity, what runs there, why, and one call', async () => {
    const before = runtime.requests.length
    const { output } = await doctor('--endpoint', 'tgi', '--url', runtime.url)
    const calls = runtime.requests.slice(before).filter(({ operation }) => operation !== undefined)
    expect(calls).toHaveLength(1)
    expect(output).toMatch(
      /^Endpoint {4}tgi, InService\nAccount {5}123456789012, us-east-1\nRuns {8}tgi 3\.2\.3, meta-llama\/Llama-3\.1-8B-Instruct, up to 4096 tokens\nImage {7}\S+huggingface-pytorch-tgi-inference:\S+\nInstances {3}ml\.g5\.2xlarge\nWhy {9}AWS's image \S+ is TGI 3\.2\.3\.\nStreams {5}yes\nAnswered {4}in /,
    )
    expect(output).toContain(
      `Call it     npx @x/playground chat --endpoint tgi --url ${runtime.url} --handler tgi Hello\n`,
    )
    expect(output).toContain("import { SagemakerLLM, tgi } from '@x/sagemaker-llm'\n")
  })

  it('without permission, why nothing is known, and the format by one call', async () => {
    const before = closed.requests.length
    const { output } = await doctor('--endpoint', 'cohere', '--url', closed.url)
    const calls = closed.requests.slice(before).filter(({ operation }) => operation !== undefined)
    expect(calls).toHaveLength(1)
    expect(output).toMatch(
      /^Endpoint {4}cohere\nDiscovery {3}not possible: access-denied: .+ The caller needs sagemaker:DescribeEndpoint\.\nFormat {6}Cohere, by the words of its refusal\n/,
    )
  })

  it('a licence is not accepted for the user, and accepted in what is printed', async () => {
    const { output } = await doctor('--endpoint', 'jumpstart-llama2', '--url', runtime.url)
    expect(output).toMatch(/^Error {7}eula-not-accepted: /m)
    expect(output).toContain('--handler jumpstartLlama2 --custom-attributes accept_eula=true Hello\n')
    expect(output).toContain('jumpstartLlama2({ acceptEula: true })')
    const accepted = await doctor(
      '--endpoint',
      'jumpstart-llama2',
      '--url',
      runtime.url,
      '--custom-attributes',
      'accept_eula=true',
    )
    expect(accepted.output).toMatch(/^Answered /m)
  })

  it('components, failures, and what an error means', async () => {
    const shared = await doctor('--endpoint', 'shared', '--url', runtime.url, '--component', 'sales')
    expect(shared.output).toMatch(
      /^Component {3}base, InService, vllm 0\.28\.0, Qwen\/Qwen3-8B\nComponent {3}sales, InService, adapter of base/m,
    )
    expect(shared.output).toMatch(/^Answered /m)
    expect(shared.output).toContain("inferenceComponentName: 'sales'")
    const old = await doctor('--endpoint', 'old', '--url', runtime.url)
    expect(old.output).toMatch(/^Failure {5}No capacity\.$/m)
    expect(old.output).toMatch(/^Variants {4}AllTraffic, next \(shadow\)$/m)
    const busy = await doctor('--endpoint', 'busy', '--url', runtime.url)
    expect(busy.output).toMatch(/^Error {7}model-not-ready: .+\nMeaning {5}.*Try again/m)
    const unknown = await doctor('--endpoint', 'unknown', '--url', runtime.url)
    expect(unknown.code).toBe(1)
    expect(unknown.output).toMatch(/^Runs {8}an unknown container$/m)
  })

  it('nothing that a terminal would obey', async () => {
    const { output } = await doctor('--endpoint', 'hostile', '--url', runtime.url)
    expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(output).toContain('look')
  })

  it('one line of JSON, with everything', async () => {
    const { code, output } = await doctor('--endpoint', 'tei-embedding', '--url', runtime.url, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({
      endpoint: 'tei-embedding',
      confirmed: true,
      dimensions: 384,
      description: { container: { name: 'tei' }, suggestion: { kind: 'embedding' } },
      commandLines: [expect.stringContaining('embed')],
    })
    const nowhere = await doctor('--endpoint', 'nowhere', '--url', runtime.url, '--json')
    expect(nowhere.code).toBe(1)
    expect(JSON.parse(nowhere.output)).toMatchObject({ endpoint: 'nowhere', error: { code: 'endpoint-not-found' } })
  })
})

describe('doctor without an endpoint', () => {
  it('lists them, and says how to go on', async () => {
    const { code, output, notes } = await doctor('--url', runtime.url)
    expect(code).toBe(0)
    expect(output).toMatch(/^unknown {16}InService\nold {20}Failed\n/)
    expect(output.trim().split('\n')).toHaveLength(Object.keys({ ...endpoints, ...otherEndpoints }).length + 5)
    expect(notes).toBe(`\nThen: npx @x/playground doctor --endpoint unknown --url ${runtime.url}\n`)
  })

  it('as JSON lines, and of the demo models', async () => {
    const { output } = await doctor('--local', '--json')
    expect(
      output
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name: string }).name),
    ).toContain('demo-llm')
  })

  it('names the permission that is missing', async () => {
    const { code, notes } = await doctor('--url', closed.url)
    expect(code).toBe(1)
    expect(notes).toContain('sagemaker:ListEndpoints')
  })
})

const dlc = '763104351884.dkr.ecr.eu-west-1.amazonaws.com'
const marketplace = 'arn:aws:sagemaker:eu-west-1:985815980388:model-package'

/** One endpoint per container, as it is deployed, and a demo model that speaks like that container. */
const deployed: Readonly<Record<string, readonly [container: object, model: LocalEndpoint]>> = {
  tgi: [
    {
      Image: `${dlc}/huggingface-pytorch-tgi-inference:2.7.0-tgi3.3.4-gpu-py311-cu124-ubuntu22.04`,
      Environment: { HF_MODEL_ID: 'mistralai/Mistral-7B-Instruct-v0.3', HF_TOKEN: 'hf_x' },
    },
    demoLanguageModel({ format: 'tgi' }),
  ],
  lmi: [
    {
      Image: `${dlc}/djl-inference:0.32.0-lmi14.0.0-cu126`,
      Environment: { OPTION_MODEL_ID: 'meta-llama/Llama-3.2-3B-Instruct', OPTION_ROLLING_BATCH: 'lmi-dist' },
    },
    demoLanguageModel({ format: 'lmi' }),
  ],
  vllm: [
    { Image: `${dlc}/vllm:0.11.2-sagemaker-v1.2`, Environment: { SM_VLLM_MODEL: 'Qwen/Qwen3-4B-Instruct-2507' } },
    demoLanguageModel({ format: 'openai' }),
  ],
  sglang: [
    {
      Image: `${dlc}/sglang:0.5.5-gpu-py312-cu129-ubuntu22.04-sagemaker`,
      Environment: { SM_SGLANG_MODEL_PATH: 'Qwen/Qwen3-8B' },
    },
    demoLanguageModel({ format: 'openai' }),
  ],
  nim: [
    {
      ModelPackageName: `${marketplace}/nvidia-nim-llama3-8b-instruct-1-0-0-27a435b507143f729689232ecb36c294`,
      Environment: { NIM_SERVED_MODEL_NAME: 'meta/llama3-8b-instruct' },
    },
    demoLanguageModel({ format: 'openai', modelName: 'meta/llama3-8b-instruct' }),
  ],
  llamacpp: [
    {
      Image: `${dlc}/huggingface-llamacpp:b9522-ubuntu24.04`,
      Environment: { LLAMA_ARG_HF_REPO: 'ggml-org/gemma-3-4b-it-GGUF' },
    },
    demoLanguageModel({ format: 'openai' }),
  ],
  huggingface: [
    {
      Image: `${dlc}/huggingface-pytorch-inference:2.1.0-transformers4.37.0-gpu-py310-cu118-ubuntu20.04`,
      Environment: { HF_MODEL_ID: 'tiiuae/falcon-7b-instruct', HF_TASK: 'text-generation' },
    },
    demoLanguageModel({ format: 'huggingface' }),
  ],
  tei: [
    {
      Image: '141502667606.dkr.ecr.eu-west-1.amazonaws.com/tei:2.0.1-tei1.8.2-gpu-py310-cu122-ubuntu22.04',
      Environment: { HF_MODEL_ID: 'intfloat/multilingual-e5-large' },
    },
    demoEmbeddingModel({ format: 'tei' }),
  ],
  jumpstart: [
    {
      Image: `${dlc}/pytorch-inference:1.12.0-gpu-py38`,
      ModelDataUrl:
        's3://jumpstart-cache-prod-eu-west-1/huggingface-infer/prepack/v1.1.2/infer-prepack-huggingface-text2text-flan-t5-xxl.tar.gz',
    },
    demoLanguageModel({ format: 'jumpstart-text2text' }),
  ],
  cohere: [
    { ModelPackageName: `${marketplace}/cohere-command-r-plus-v1-0-4-15e34931a06235b7bac32dca396a970a` },
    demoLanguageModel({ format: 'cohere' }),
  ],
  ai21: [
    { ModelPackageName: `${marketplace}/j2-mid-v1-1-430-95bd49ad4d3a3c09ad8d5d6a8b1c1f2e` },
    demoLanguageModel({ format: 'ai21' }),
  ],
  triton: [
    {
      Image: `${dlc}/sagemaker-tritonserver:24.09-py3`,
      Environment: { SAGEMAKER_TRITON_INFERENCE_TYPE: 'generate_stream' },
    },
    demoLanguageModel({ format: 'triton' }),
  ],
}

/** The control plane as bare HTTP, with the runtime behind it on the same address. */
async function rawService(behind: LocalRuntime) {
  const server = createServer((incoming, response) => {
    const target = incoming.headers['x-amz-target']
    if (target === undefined) {
      const { headers, method, url: requested = '/' } = incoming
      const onward = httpRequest(new URL(requested, behind.url), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      incoming.pipe(onward)
      return
    }
    void text(incoming).then((body) => {
      const [name = ''] = Object.values(JSON.parse(body) as Record<string, string>)
      const variant = {
        VariantName: 'AllTraffic',
        ModelName: name,
        InitialInstanceCount: 1,
        InstanceType: 'ml.g6.xlarge',
      }
      const arn = `arn:aws:sagemaker:eu-west-1:210987654321:endpoint/${name}`
      const times = { CreationTime: 1_790_000_000, LastModifiedTime: 1_790_000_000.5 }
      const answers: Readonly<Record<string, object>> = {
        DescribeEndpoint: {
          EndpointName: name,
          EndpointArn: arn,
          EndpointConfigName: name,
          EndpointStatus: 'InService',
          ...times,
          ProductionVariants: [{ VariantName: 'AllTraffic' }],
        },
        DescribeEndpointConfig: {
          EndpointConfigName: name,
          EndpointConfigArn: arn,
          ...times,
          ProductionVariants: [variant],
        },
        DescribeModel: { ModelName: name, ModelArn: arn, ...times, PrimaryContainer: deployed[name]?.[0] },
      }
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
      response.end(JSON.stringify(answers[String(target).replace('SageMaker.', '')] ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('a dozen endpoints as they are deployed, one per container: the suggested call succeeds', () => {
  let models: LocalRuntime
  let service: Awaited<ReturnType<typeof rawService>>
  beforeAll(async () => {
    models = await startLocalRuntime({
      endpoints: Object.fromEntries(Object.entries(deployed).map(([name, [, model]]) => [name, model])),
      controlPlane: false,
    })
    service = await rawService(models)
  })
  afterAll(async () => {
    await service[Symbol.asyncDispose]()
    await models.close()
  })

  it.each(Object.keys(deployed))('%s', async (name) => {
    const { code, output } = await doctor('--endpoint', name, '--url', service.url)
    expect(code).toBe(0)
    expect(output).toMatch(new RegExp(`^Account {5}210987654321, eu-west-1\nRuns {8}${name}`, 'm'))
    expect(output).toMatch(/^Answered /m)
    const { programs } = printedIn(output)
    expect(await runProgram(programs[0] ?? '', `${models.port}-${name}`)).toMatch(/\w/)
  })
})
