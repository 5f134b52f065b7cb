import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { UsageError, type PageOptions } from '../command-line.ts'
import { endpointReferenceSchema } from '../protocol/run-request.ts'
import { endpointKinds, type EndpointDescription } from '../protocol/setup.ts'

const { name, region, profile } = endpointReferenceSchema.entries

/** A configuration file: endpoints on AWS, with region and profile for all of them or for each. */
const configurationSchema = v.strictObject({
  region,
  profile,
  endpoints: v.array(
    v.strictObject({
      name,
      region,
      profile,
      kind: v.optional(v.picklist(endpointKinds), 'text'),
      summary: v.optional(v.string(), ''),
    }),
  ),
})

/** What the page offers in addition to the endpoints of the local runtime. */
export interface Configuration {
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly endpoints: readonly EndpointDescription[]
}

/**
 * Puts the command line and the configuration file together; the command line wins.
 *
 * @throws {UsageError} when the file cannot be read, or says something else than it should.
 */
export async function readConfiguration(options: PageOptions): Promise<Configuration> {
  const file = options.config === undefined ? { endpoints: [] } : await readFileOf(options.config)
  const region = options.region ?? file.region
  const profile = options.profile ?? file.profile
  const named = options.endpoints.map((name) => ({ name, kind: 'text' as const, summary: '' }))
  const endpoints = [...named, ...file.endpoints].map((endpoint) =>
    describe({ region, profile, ...endpoint }, options.config ?? '--endpoint'),
  )
  return { region, profile, endpoints }
}

function describe(endpoint: Omit<EndpointDescription, 'source'>, origin: string): EndpointDescription {
  const { kind, summary, ...reference } = endpoint
  const parsed = v.safeParse(endpointReferenceSchema, { source: 'aws', ...withoutUndefined(reference) })
  if (!parsed.success) throw new UsageError(`${origin}: ${parsed.issues[0].message}`)
  return { ...parsed.output, kind, summary }
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

async function readFileOf(path: string) {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path} could not be read as JSON.`, { cause: error })
  }
  const parsed = v.safeParse(configurationSchema, value)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new UsageError(`${path}, ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
}
