import { UsageError } from '../../command-line.ts'
import { doctorOptions } from '../options/command-options.ts'
import { exitCodes } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { EndpointValues } from '../open-endpoint.ts'
import { parseOptions } from '../options/option-table.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { withEndpoint } from '../with-endpoint.ts'
import { describeDiagnosis } from './describe-diagnosis.ts'
import { diagnose } from './diagnose.ts'

/** `playground doctor`: finds out with one call what an endpoint speaks. */
export async function runDoctor(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, doctorOptions)
  if (positionals.length > 0) throw new UsageError('The endpoint is given with --endpoint. See --help.')
  const { output, interruption } = context
  return withEndpoint(values, 'demo-llm', context, async (endpoint) => {
    const diagnosis = await diagnose(endpoint, {
      model: values.model,
      url: values.url,
      signal: interruption.signal,
    })
    if (values.json === true) await output.json(diagnosis)
    else {
      for (const [name, sentence] of describeDiagnosis(diagnosis, connectionWords(values, endpoint.endpointName)))
        await output.line(`${output.style('bold', name.padEnd(10))}  ${sentence}`)
    }
    return diagnosis.contract === undefined ? exitCodes.failure : exitCodes.success
  })
}

/** The options that lead to the endpoint, to be given again. */
function connectionWords(values: EndpointValues, endpointName: string): string[] {
  const options = ['region', 'profile', 'url', 'component', 'custom-attributes'] as const
  return [
    ...(values.local === true ? ['--local'] : []),
    '--endpoint',
    endpointName,
    ...options.flatMap((option) => (values[option] === undefined ? [] : [`--${option}`, values[option]])),
  ]
}
