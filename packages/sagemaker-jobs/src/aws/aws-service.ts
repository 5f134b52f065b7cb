import { setTimeout as sleep } from 'node:timers/promises'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { exportsOf } from '@x/sagemaker-endpoint/model-kit'
import { clientConfig, type ServiceClient, type ServiceConnection } from './service-connection.ts'
import { type ServiceCall, serviceError } from './service-error.ts'

interface SdkPackage {
  readonly client: string
  readonly load: () => Promise<object>
}

/** Packages of the AWS SDK that are loaded when they are first used. Bundlers accept an absent package only where its import is caught. */
const packages: Readonly<Record<'s3' | 'sqs' | 'sagemaker', SdkPackage>> = {
  s3: { client: 'S3Client', load: () => import('@aws-sdk/client-s3').catch(notInstalled('@aws-sdk/client-s3')) },
  sqs: { client: 'SQSClient', load: () => import('@aws-sdk/client-sqs').catch(notInstalled('@aws-sdk/client-sqs')) },
  sagemaker: {
    client: 'SageMakerClient',
    load: () => import('@aws-sdk/client-sagemaker').catch(notInstalled('@aws-sdk/client-sagemaker')),
  },
}

type Sdk = Readonly<Record<string, new (input: object) => object>>

const mostAttempts = 5
const baseDelayMs = 50

/** A service of AWS. Failures that pass are retried, in addition to the attempts of the SDK. */
export class AwsService {
  readonly #service: keyof typeof packages
  readonly #connection: ServiceConnection
  #opened: Promise<{ readonly sdk: Sdk; readonly client: ServiceClient }> | undefined

  constructor(service: keyof typeof packages, connection: ServiceConnection = {}) {
    this.#service = service
    this.#connection = connection
  }

  /**
   * Sends a command.
   *
   * @throws {SagemakerError} `missing-dependency` if the package of the service is not installed; what `refused` does not take
   */
  async call<Output>(
    command: string,
    input: object,
    call: ServiceCall,
    { signal, refused }: { readonly signal?: AbortSignal | undefined; readonly refused?: Refusal<Output> } = {},
  ): Promise<Output> {
    this.#opened ??= this.#open()
    const { sdk, client } = await this.#opened
    const Command = sdk[`${command}Command`] as new (input: object) => object
    for (let attempt = 1; ; attempt++) {
      try {
        const options = signal === undefined ? {} : { abortSignal: signal }
        return (await client.send(new Command(input) as never, options)) as Output
      } catch (thrown) {
        const instead = await refused?.(thrown)
        if (instead !== undefined) return instead
        const error = serviceError(thrown, call, signal)
        if (!error.retryable || attempt >= mostAttempts) throw error
        await sleep(Math.random() * baseDelayMs * 2 ** attempt)
      }
    }
  }

  /** Closes the connections, unless the client was passed in. */
  close(): void {
    const opened = this.#opened
    this.#opened = undefined
    if (opened === undefined || 'send' in this.#connection) return
    opened.then(
      ({ client }) => (client as ServiceClient & { destroy(): void }).destroy(),
      () => {},
    )
  }

  async #open(): Promise<{ readonly sdk: Sdk; readonly client: ServiceClient }> {
    const { client, load } = packages[this.#service]
    const loaded = await load().catch((error: unknown) => {
      this.#opened = undefined
      throw error
    })
    const sdk = exportsOf(loaded) as Sdk
    const connection = this.#connection
    if ('send' in connection) return { sdk, client: connection }
    const Client = sdk[client] as new (config: object) => ServiceClient
    return { sdk, client: new Client(clientConfig(connection)) }
  }
}

/** What to return instead of an exception; `undefined` to throw or to retry. */
export type Refusal<Output> = (thrown: unknown) => Output | undefined | Promise<Output | undefined>

function notInstalled(packageName: string): (cause: unknown) => never {
  return (cause) => {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    const message = `${packageName} could not be loaded: "${reason}". Install it: npm i ${packageName}`
    throw new SagemakerError('missing-dependency', message, { cause, packageName })
  }
}
