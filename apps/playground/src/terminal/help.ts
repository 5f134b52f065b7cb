import { commands, type Command } from './commands.ts'
import type { CommandOption } from './options/option-table.ts'

const exitCodesHelp = `Exit codes: 0 done; 1 the call or a check failed; 2 the command line is not understood; 3 some rows failed; 130 Ctrl-C.
`

/** What the program can do. */
export function overviewHelp(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: npx @x/playground [COMMAND] [options]

Try SageMaker endpoints in the browser and in a shell. Results go to standard output, everything else to standard error.

${lines.join('\n')}

npx @x/playground COMMAND --help lists its options, --version prints the version. Without an AWS account: --local, or --url and
npx @x/sagemaker-local.
${exitCodesHelp}`
}

/** How a command is used. */
export function commandHelp(name: string, { usage, summary, details, options, examples }: Command): string {
  const entries = Object.entries(options).map(([option, entry]) => [optionHelp(option, entry), entry.summary] as const)
  const width = Math.max(...entries.map(([head]) => head.length))
  const paragraphs = [
    `Usage: npx @x/playground ${[name, usage, '[options]'].filter((part) => part !== '').join(' ')}`,
    `${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`,
    details.join('\n'),
    `Options\n${entries.map(([head, summary]) => `  ${head.padEnd(width)}  ${summary}`).join('\n')}`,
    `Examples\n${examples.map((example) => `  ${example}`).join('\n')}`,
    exitCodesHelp,
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}

function optionHelp(name: string, { short, value }: CommandOption): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`
  return `${short === undefined ? '    ' : `-${short}, `}${long}`
}
