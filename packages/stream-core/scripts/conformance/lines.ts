import { type Scenario, scenario } from './scenario.ts'

const lf = { options: { newline: 'lf' } } as const

export const lineScenarios: readonly Scenario<string>[] = [
  scenario('an empty input has no lines', [''], []),
  scenario('an empty chunk is no end of input', ['a', '', 'b\n'], ['ab']),
  scenario('LF ends a line', ['a\nb\n'], ['a', 'b']),
  scenario('CRLF ends a line', ['a\r\nb\r\n'], ['a', 'b']),
  scenario('a lone CR ends a line', ['a\rb\r'], ['a', 'b']),
  scenario('LF, CRLF and CR, mixed', ['a\nb\r\nc\rd\n\re'], ['a', 'b', 'c', 'd', '', 'e']),
  scenario('a CRLF that is cut is one line end', ['a\r', '\nb\r', '', '\nc'], ['a', 'b', 'c']),
  scenario('a CR that ends a chunk, then text', ['a\r', 'b\n'], ['a', 'b']),
  scenario('for JSON lines, a lone CR is a character', ['a\rb\nc\r', 'd\r\n'], ['a\rb', 'c\rd'], lf),
  scenario('for JSON lines too, a CRLF that is cut ends a line', ['a\r', '\nb\r\n'], ['a', 'b'], lf),
  scenario('a lone CR at the very end, for JSON lines', ['a\r'], ['a\r'], lf),
  scenario('empty lines are lines', ['\n\n', '\n', 'a\n\n'], ['', '', '', 'a', '']),
  scenario('empty lines that end with CRLF', ['\r\n\r', '\n\r\n'], ['', '', '']),
  scenario('the last line needs no line end', ['a\nb'], ['a', 'b']),
  scenario('many lines in one chunk', ['a\nb\nc\nd\ne\n'], ['a', 'b', 'c', 'd', 'e']),
  scenario('one line over many chunks', ['a', 'b', 'c', 'd', 'e', '\n'], ['abcde']),
  scenario('a byte order mark at the start is removed', ['\uFEFFa\n'], ['a']),
  scenario('a byte order mark that is cut', [[0xef], [0xbb], [0xbf], 'a\n'], ['a']),
  scenario('a second byte order mark is text', ['\uFEFF\uFEFFa\n\uFEFFb'], ['\uFEFFa', '\uFEFFb']),
  scenario(
    'U+2028, U+2029, U+0085, VT and FF end no line',
    ['a\u2028b\u2029c\u0085d\ve\ff\n'],
    ['a\u2028b\u2029c\u0085d\ve\ff'],
  ),
  scenario('a character of two bytes that is cut', ['caf', [0xc3], [0xa9], '\n'], ['café']),
  scenario('a character of three bytes that is cut', [[0xe6, 0x97], [0xa5], [0xe6], [0x9c, 0xac], '\n'], ['日本']),
  scenario('a character of four bytes that is cut', [[0xf0], [0x9f, 0x98], [0x80], '\n'], ['😀']),
  scenario('a cut between the parts of an emoji sequence', ['👩', '\u200d', '🔬', '\n'], ['👩‍🔬']),
  scenario('an impossible byte is replaced', [[0x61, 0xff, 0x62], '\n'], ['a\uFFFDb']),
  scenario('a character that lacks its end is replaced once', [[0xe2, 0x82], 'a\n'], ['\uFFFDa']),
  scenario(
    'a character that the end of the input cuts is replaced once',
    ['a\nb', [0xf0, 0x9f, 0x98]],
    ['a', 'b\uFFFD'],
  ),
  scenario(
    'an overlong form is replaced byte by byte',
    [[0xf0], [0x80, 0x80, 0x80], '\n'],
    ['\uFFFD\uFFFD\uFFFD\uFFFD'],
  ),
  scenario('a surrogate in UTF-8 is replaced byte by byte', [[0xed, 0xa0], [0x80], '\n'], ['\uFFFD\uFFFD\uFFFD']),
  scenario('malformed UTF-8 can be an error, after the lines before it', ['a\nb', [0xff], 'c\n'], ['a'], {
    options: { fatal: true },
    error: { code: 'invalid-utf8', byteOffset: 3, lineNumber: 2 },
  }),
  scenario('a line of the longest length', ['12345\n', '12345\r\n', '12345'], ['12345', '12345', '12345'], {
    options: { maxLineLength: 5 },
  }),
  scenario('a line over the longest length', ['12345\n', '123', '456\n'], ['12345'], {
    options: { maxLineLength: 5 },
    error: { code: 'line-too-long', byteOffset: 6, lineNumber: 2 },
  }),
  scenario('a line over the longest length that never ends', ['1\n', '1234', '56'], ['1'], {
    options: { maxLineLength: 5 },
    error: { code: 'line-too-long', byteOffset: 2, lineNumber: 2 },
  }),
]
