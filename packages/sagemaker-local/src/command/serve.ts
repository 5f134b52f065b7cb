import { startLocalRuntime, type LocalRuntime } from '../runtime/local-runtime.ts'
import type { LocalRuntimeOptions } from '../runtime/local-runtime-options.ts'
import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import { isLoopbackAddress, terminalLine } from '@x/loopback-guard'
import type { ReceivedRequest } from '../answers/received-request.ts'
import type { CommandLine } from './parse-arguments.ts'
import { openRecordFolder } from './record-folder.ts'
import { requestLine } from './request-line.ts'
import { runtimeOptions } from './runtime-options.ts'
import { UsageError } from './usage-error.ts'

/** How long answers may take to finish after the first Ctrl-C. */
const drainMs = 30_000

/**
 * Starts what the command line asks for and says so; resolves when it has stopped: after Ctrl-C, once the answers in flight are
 * complete, or at once after a second Ctrl-C.
 *
 * @param print - Takes a line.
 * @throws {UsageError}
 */
export async function serve(commandLine: CommandLine, print: (line: string) => void): Promise<void> {
  const { configurationFile } = commandLine
  // Only who has a file pays for reading and checking it.
  const configuration =
    configurationFile === undefined
      ? {}
      : await (await import('./read-configuration.ts')).readConfiguration(configurationFile)
  const { recordFolder } = commandLine
  const recorded = recordFolder === undefined ? undefined : await openRecordFolder(recordFolder, print)
  const options = runtimeOptions(commandLine, configuration, recorded)
  const onAnswered = commandLine.quiet ? undefined : (request: ReceivedRequest) => print(requestLine(request))
  const runtime = await start({ ...options, onAnswered })
  print(`SageMaker Runtime is listening on ${runtime.url}\n`)
  if (options.host !== undefined && !isLoopbackAddress(options.host)) {
    print(
      `Warning: other machines can reach ${options.host}. They can use every endpoint, and the model servers and API keys behind it.\n`,
    )
  }
  const names = Object.keys(options.endpoints)
  const width = Math.max(...names.map((name) => name.length))
  for (const [name, endpoint] of Object.entries(options.endpoints)) {
    print(`  ${terminalLine(name.padEnd(width))}  ${terminalLine((endpoint as EndpointOptions).model.description)}`)
  }
  print(
    `\nPoint any AWS SDK at it:\n  export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${runtime.url}\n${serviceLines(runtime)}Ctrl-C stops it.${commandLine.quiet ? '' : '\n'}`,
  )
  await stopOnSignal(runtime, print)
}

function serviceLines({ s3 }: LocalRuntime): string {
  if (!s3) return ''
  return ['S3', 'SQS', 'SNS'].map((name) => `  export AWS_ENDPOINT_URL_${name}=${s3.endpoint}\n`).join('')
}

async function start(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  try {
    return await startLocalRuntime(options)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new UsageError(
        `Port ${options.port} is taken. Choose another one with --port, or --port 0 for any free one.`,
      )
    }
    if (code === 'EACCES')
      throw new UsageError(`Port ${options.port} may not be used by this user. Choose one above 1023 with --port.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new UsageError(`This machine has no address ${options.host}.`)
    if (options.objects === 's3' && error instanceof Error && error.message.includes('fauxqs'))
      throw new UsageError(error.message)
    throw error
  }
}

function stopOnSignal(runtime: LocalRuntime, print: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      const finished = (): void => {
        process.off('SIGINT', stopNow)
        process.off('SIGTERM', stopNow)
        resolve()
      }
      const stopNow = (): void => process.exit(130)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      process.on('SIGINT', stopNow)
      process.on('SIGTERM', stopNow)
      if (runtime.activeRequests > 0) {
        print(`\nFinishing ${runtime.activeRequests} answers. Ctrl-C again stops at once.`)
      }
      runtime.close({ drainMs }).then(finished, reject)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
