import { asyncFaultNames, cutNames, endingNames, refusalNames, type Faults } from './faults.ts'

/** The reserved custom attribute that switches faults on for one request. */
export const faultsAttribute = 'local-faults'

/** Text that does not describe faults. */
export class FaultSyntaxError extends Error {}

type FaultReader = (value: string) => unknown

const oneOf =
  (names: readonly string[]): FaultReader =>
  (value) => {
    if (names.includes(value)) return value
    throw new FaultSyntaxError(`"${value}" is none of ${names.join(', ')}`)
  }

const number: FaultReader = (value) => {
  const parsed = Number(value)
  if (value.trim() !== '' && Number.isFinite(parsed) && parsed >= 0) return parsed
  throw new FaultSyntaxError(`"${value}" is not a number of 0 or more`)
}

const readers: Readonly<Record<keyof Faults, FaultReader>> = {
  probability: number,
  seed: number,
  firstRequests: number,
  firstMs: number,
  refusal: oneOf(refusalNames),
  retryAfterSeconds: number,
  headersDelayMs: number,
  parts: (value) => (/^\d+$/.test(value) ? number(value) : oneOf(cutNames)(value)),
  delayMs: number,
  jitterMs: number,
  ending: oneOf(endingNames),
  afterParts: number,
  async: oneOf(asyncFaultNames),
}

/**
 * Reads faults from one line, e.g. `ending:reset+afterParts:3+delayMs:20`: members of {@link Faults} with their values, joined by `+`.
 * @throws {FaultSyntaxError}
 */
export function parseFaults(text: string): Faults {
  const entries = text.split('+').map((item) => {
    const [name = '', ...rest] = item.split(':')
    const reader = Object.hasOwn(readers, name) ? readers[name as keyof Faults] : undefined
    if (!reader) throw new FaultSyntaxError(`There is no fault "${name}", only ${Object.keys(readers).join(', ')}`)
    try {
      return [name, reader(rest.join(':'))]
    } catch (error) {
      throw new FaultSyntaxError(`${name}: ${(error as Error).message}`)
    }
  })
  return Object.fromEntries(entries) as Faults
}

/**
 * The faults that a request asks for in its custom attributes, e.g. `accept_eula=true,local-faults=ending:stall`.
 * @throws {FaultSyntaxError}
 */
export function requestedFaults(customAttributes: string = ''): Faults | undefined {
  const attribute = customAttributes
    .split(/[,;\s]+/)
    .map((item) => item.split('='))
    .find(([name]) => name === faultsAttribute)
  return attribute === undefined ? undefined : parseFaults(attribute.slice(1).join('='))
}
