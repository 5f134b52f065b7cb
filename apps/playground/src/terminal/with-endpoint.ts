import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { ExitCode } from './exit-codes.ts'
import { openEndpoint, type EndpointValues } from './open-endpoint.ts'
import { reportError } from './report-error.ts'
import type { TerminalContext } from './terminal-context.ts'

/**
 * Does something with the endpoint that a command line asks for, tells of its errors, and closes it.
 *
 * @param demoName - the demo model of `--local` when none is named.
 * @throws {UsageError}
 */
export async function withEndpoint(
  values: EndpointValues & { readonly json?: boolean | undefined },
  demoName: string,
  context: TerminalContext,
  use: (endpoint: SagemakerEndpoint) => Promise<ExitCode>,
): Promise<ExitCode> {
  await using opened = await openEndpoint(values, demoName, context)
  try {
    return await use(opened.endpoint)
  } catch (error) {
    return await reportError(error, context, values)
  }
}
