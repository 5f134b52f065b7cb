import { createHash } from 'node:crypto'

/**
 * Names a codec by its kind, the format of its requests and a digest of the settings that change them. Jobs compare names when they are
 * resumed.
 *
 * @param settings - members that are `undefined` do not count.
 */
export function codecName(kind: string, formatName: string, settings: object): string {
  const digest = createHash('sha256').update(JSON.stringify(settings)).digest('hex')
  return `${kind}:${formatName}:${digest.slice(0, 16)}`
}
