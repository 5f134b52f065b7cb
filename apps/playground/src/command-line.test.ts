import { describe, expect, it } from 'vitest'
import { parseCommandLine, UsageError } from './command-line.ts'

describe('parseCommandLine', () => {
  it('needs nothing', () => {
    expect(parseCommandLine([])).toEqual({
      once: false,
      port: undefined,
      endpoints: [],
      region: undefined,
      profile: undefined,
      config: undefined,
      captures: undefined,
    })
  })

  it('takes all options', () => {
    const args =
      '--once --port 0 --endpoint a --endpoint b --region eu-west-1 --profile work --config p.json --captures c'
    expect(parseCommandLine(args.split(' '))).toEqual({
      once: true,
      port: 0,
      endpoints: ['a', 'b'],
      region: 'eu-west-1',
      profile: 'work',
      config: 'p.json',
      captures: 'c',
    })
  })

  it.each([
    ['--port http', '--port must be a number from 0 to 65535, not http.'],
    ['--port 70000', '--port must be a number from 0 to 65535, not 70000.'],
    ['--twice', "Unknown option '--twice'. See --help."],
    ['now', "Unexpected argument 'now'. See --help."],
    ['--region', "Option '--region <value>' argument missing. See --help."],
  ])('says in one sentence what is wrong with %j', (line, message) => {
    const parse = () => parseCommandLine(line.split(' '))
    expect(parse).toThrow(UsageError)
    expect(parse).toThrow(message)
  })
})
