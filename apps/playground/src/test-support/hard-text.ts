import * as fc from 'fast-check'

/** Pieces that mean something to TypeScript, to a shell, to curl or to JSON. */
const pieces = [
  "'",
  '"',
  '`',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '${',
  '${HOME}',
  '$(id)',
  '`id`',
  '$HOME',
  '!!',
  '#',
  '*',
  '~',
  ';',
  '&&',
  '|',
  '>',
  '%s',
  '@-',
  '-d',
  '--',
  '//',
  '*/',
  '</script>',
  'é',
  '世界',
  '👩‍🚀',
  'שלום',
  '\u2028',
  '\u202E',
  '\uFEFF',
  '\uD83D',
  '\uDE00',
  '\u0007',
  '\u001B[2J',
  '\u007F',
  '\u0085',
] as const

/** Text that finds every mistake in quoting: any code units, and whatever has a meaning somewhere. */
export const hardText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 12 })
  .map((parts) => parts.join(''))
