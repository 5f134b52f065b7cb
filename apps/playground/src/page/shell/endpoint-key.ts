import { endpointReferenceSchema, type EndpointReference } from '../../protocol/run-request.ts'

/** One string per endpoint, for the value of an option. */
export const endpointKey = (reference: EndpointReference): string =>
  JSON.stringify(
    Object.entries(reference)
      .filter(([name, value]) => referenceMembers.has(name) && value !== undefined)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )

const referenceMembers: ReadonlySet<string> = new Set(Object.keys(endpointReferenceSchema.entries))

export const endpointLabel = ({
  name,
  region,
  profile,
  inferenceComponentName,
  modelName,
}: EndpointReference): string =>
  [name, inferenceComponentName, modelName, region, profile].filter((part) => part !== undefined).join(' · ')
