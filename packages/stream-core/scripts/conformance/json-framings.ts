import { done, json, type JsonValue } from './json-value.ts'
import { type Scenario, scenario } from './scenario.ts'

/** How JSON values are told apart. */
export const jsonFramingScenarios: readonly Scenario<JsonValue>[] = [
  scenario('an empty input has no values', [''], []),
  scenario('white space has no values', [' \n\t\r\n'], []),
  scenario('one document', ['{"a":', '[1,2,', '3]}'], [json({ a: [1, 2, 3] })]),
  scenario('one pretty-printed document', ['{\n  "a": [\n', '    1\n  ]\n', '}\n'], [json({ a: [1] })]),
  scenario('one pretty-printed document with CRLF', ['{\r\n  "a": 1\r', '\n}\r\n'], [json({ a: 1 })]),
  scenario('JSON lines', ['{"a":1}\n{"a":2}\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario(
    'JSON lines, several per part, one cut',
    ['{"a":1}\n{"a"', ':2}\n{"a":3}\n'],
    [1, 2, 3].map((a) => json({ a })),
  ),
  scenario('JSON lines, the last one without line end', ['{"a":1}\n', '{"a":2}'], [json({ a: 1 }), json({ a: 2 })]),
  scenario('JSON lines, then blank lines', ['{"a":1}\n', '\n\n'], [json({ a: 1 })]),
  scenario('JSON lines with CRLF', ['{"a":1}\r', '\n{"a":2}\r\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario(
    'documents without anything between them',
    ['{"a":1}{"a":2}', '{"a":3}'],
    [1, 2, 3].map((a) => json({ a })),
  ),
  scenario(
    'a document that ends a part, and one that starts it',
    ['{"a":1}{"a"', ':2}{"a":3}'],
    [1, 2, 3].map((a) => json({ a })),
  ),
  scenario(
    'documents with spaces between them',
    ['{"a":1} [2]\t"3" 4 true null'],
    [{ a: 1 }, [2], '3', 4, true, null].map(json),
  ),
  scenario(
    'pretty-printed documents, one after the other',
    ['{\n "a": 1\n}\n{\n "a": 2\n}'],
    [json({ a: 1 }), json({ a: 2 })],
  ),
  scenario('record separators (RFC 7464)', ['\u001e{"a":1}\n', '\u001e{"a":2}\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario(
    'scalars on lines',
    ['1\n-0.5e', '3\n"x"\ntrue\nfalse\nnull\n'],
    [1, -500, 'x', true, false, null].map(json),
  ),
  scenario(
    'brackets and quotes in strings',
    ['{"a":"}{][\\"', '"}{"a":"\\\\"}'],
    [json({ a: '}{]["' }), json({ a: '\\' })],
  ),
  scenario('escapes that are cut', ['{"a":"\\', 'n\\u00', 'e9\\ud83d\\ude00"}'], [json({ a: '\né😀' })]),
  scenario(
    'line separators of Unicode in a string',
    ['{"a":"\u2028\u2029\u0085"}\n'],
    [json({ a: '\u2028\u2029\u0085' })],
  ),
  scenario('a character that is cut, in a string', ['{"a":"', [0xe6, 0x97], [0xa5], '"}\n'], [json({ a: '日' })]),
  scenario('a byte order mark', ['\uFEFF{"a":1}'], [json({ a: 1 })]),
  scenario('events', ['data: {"a":1}\n\ndata: {"a":2}\n\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario(
    'events, cut everywhere',
    ['da', 'ta: {"a"', ':1}', '\n', '\nd', 'ata: {"a":2}\n', '\n'],
    [json({ a: 1 }), json({ a: 2 })],
  ),
  scenario('events without a space', ['data:{"a":1}\n\n', 'data:{"a":2}\n\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario('events with CRLF', ['data: {"a":1}\r\n\r', '\ndata: {"a":2}\r\n\r\n'], [json({ a: 1 }), json({ a: 2 })]),
  scenario(
    'events with one newline between them',
    ['data: {"a":1}\ndata: {"a":2}\n'],
    [json({ a: 1 }), json({ a: 2 })],
  ),
  scenario('the last event without line end', ['data: {"a":1}\n\n', 'data: {"a":2}'], [json({ a: 1 }), json({ a: 2 })]),
  scenario('fields and comments around data', [':\n\nevent: e\nid: 1\nretry: 10\ndata: 1\n: c\n\n'], [json(1)]),
  scenario('a value over several data lines', ['data: {\ndata:  "a": 1\ndata: }\n\n'], [json({ a: 1 })]),
  scenario('events with a byte order mark', ['\uFEFFdata: {"a":1}\n\n'], [json({ a: 1 })]),
  scenario('[DONE] of events', ['data: {"a":1}\n\ndata: [DO', 'NE]\n\n'], [json({ a: 1 }), done]),
  scenario('[DONE] on a line', ['{"a":1}\n[DONE]\n'], [json({ a: 1 }), done]),
  scenario('[DONE] ends nothing', ['data: [DONE]\n\ndata: {"a":1}\n\n'], [done, json({ a: 1 })]),
  scenario('events, then bare JSON', ['data: {"a":1}\n\n', '{"error":"x"}'], [json({ a: 1 }), json({ error: 'x' })]),
  scenario('malformed UTF-8 in a string is replaced', ['{"a":"', [0xff], '"}\n'], [json({ a: '\uFFFD' })]),
]
