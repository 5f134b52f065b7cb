import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCommandLine, UsageError } from '../command-line.ts'
import { readConfiguration } from './configuration.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'playground-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function configurationOf(file: unknown, ...args: string[]) {
  const path = join(folder, 'playground.json')
  await writeFile(path, typeof file === 'string' ? file : JSON.stringify(file))
  return readConfiguration(parseCommandLine(['--config', path, ...args]))
}

describe('readConfiguration', () => {
  it('offers nothing by default', async () => {
    expect(await readConfiguration(parseCommandLine([]))).toEqual({
      region: undefined,
      profile: undefined,
      endpoints: [],
    })
  })

  it('offers the endpoints of the command line', async () => {
    const options = parseCommandLine(['--endpoint', 'my-llama', '--region', 'eu-west-1'])
    expect((await readConfiguration(options)).endpoints).toEqual([
      { source: 'aws', name: 'my-llama', region: 'eu-west-1', kind: 'text', summary: '' },
    ])
  })

  it('offers those of the file, whose own region wins', async () => {
    const file = {
      region: 'us-west-2',
      profile: 'work',
      endpoints: [{ name: 'a' }, { name: 'b', region: 'eu-west-1', kind: 'embedding', summary: 'BGE' }],
    }
    expect((await configurationOf(file, '--region', 'us-east-1')).endpoints).toEqual([
      { source: 'aws', name: 'a', region: 'us-east-1', profile: 'work', kind: 'text', summary: '' },
      { source: 'aws', name: 'b', region: 'eu-west-1', profile: 'work', kind: 'embedding', summary: 'BGE' },
    ])
  })

  it.each([
    ['{', /playground\.json could not be read as JSON\.$/],
    [{ endpoints: [{ name: 'a/b' }] }, /playground\.json, endpoints\.0\.name: An endpoint name has/],
    [{ endpoints: [], accessKeyId: 'AKIA' }, /playground\.json, accessKeyId: /],
  ])('says what is wrong with a file (%#)', async (file, message) => {
    const reading = configurationOf(file)
    await expect(reading).rejects.toThrow(UsageError)
    await expect(reading).rejects.toThrow(message)
  })

  it('says what is wrong with an endpoint of the command line', async () => {
    const reading = readConfiguration(parseCommandLine(['--endpoint', 'a', '--region', 'mars']))
    await expect(reading).rejects.toThrow('--endpoint: A region looks like us-east-1.')
  })
})
