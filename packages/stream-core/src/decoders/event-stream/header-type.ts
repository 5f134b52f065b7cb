/** The names of the header types, by their codes on the wire. A boolean has a code for true and one for false, and no value. */
export const headerTypes = [
  'boolean',
  'boolean',
  'byte',
  'short',
  'integer',
  'long',
  'binary',
  'string',
  'timestamp',
  'uuid',
] as const
