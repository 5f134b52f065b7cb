// node two-copies.cjs <project> <project>: uses what the copies in the first project make with the copies in the second.
const { createRequire } = require('node:module')
const [first, second] = process.argv.slice(2).map((folder) => createRequire(`${folder}/`))

const endpoints = [first, second].map((requireFrom) => requireFrom('@x/sagemaker-endpoint'))
const cores = [first, second].map((requireFrom) => requireFrom('@x/stream-core'))
const rxjs = second('rxjs')

async function failureOf(work) {
  try {
    await work()
  } catch (error) {
    return error
  }
}

async function main() {
  const endpoint = new endpoints[0].SagemakerEndpoint({ endpointName: 'no-such-endpoint', region: 'us-east-1' })
  const error = await failureOf(() => endpoint.invoke('{}'))
  const llm = new (second('@x/sagemaker-llm').SagemakerLLM)({ endpoint })
  const errorThroughModel = await failureOf(() => llm.complete('Hello'))

  const stream = cores[0].ResponseStream.from(() => [1, 2, 3])
  const broken = cores[0].ResponseStream.from(() => [new Uint8Array(3)])
  const decodeError = await failureOf(() => rxjs.lastValueFrom(broken.pipe(cores[0].eventStreamMessages())))

  console.log(
    JSON.stringify({
      areTwo: endpoints[0].SagemakerError !== endpoints[1].SagemakerError && cores[0].lines !== cores[1].lines,
      sagemakerError: endpoints[1].SagemakerError.is(error) && error.code,
      errorThroughModel: endpoints[1].SagemakerError.is(errorThroughModel) && errorThroughModel.code,
      decodeError: cores[1].StreamDecodeError.is(decodeError) && decodeError.code,
      stream: cores[1].ResponseStream.is(stream),
      batches: await rxjs.lastValueFrom(stream.pipe(cores[1].batch({ maxItems: 2 }), rxjs.toArray())),
      endOfJson: cores[0].jsonSequenceDone === cores[1].jsonSequenceDone,
    }),
  )
}

void main()
