import { json, type JsonValue } from './json-value.ts'
import { type Scenario, scenario } from './scenario.ts'

const invalid = (byteOffset: number, lineNumber: number, atEnd = false) => ({
  error: { code: 'invalid-json', byteOffset, lineNumber, atEnd },
})

/** What is not JSON where JSON must be: all values before it, then an error that says where it is. */
export const jsonViolationScenarios: readonly Scenario<JsonValue>[] = [
  scenario('an HTML page', ['<html><head><title>502 Bad', ' Gateway</title></head></html>\r\n'], [], invalid(0, 1)),
  scenario('an HTML page after white space', ['\r\n\r\n<!DOCTYPE html>'], [], invalid(4, 3)),
  scenario('an HTML page after events', ['data: {"a":1}\n\n', '<html>'], [json({ a: 1 })], invalid(15, 3)),
  scenario('an HTML page in an event', ['data: {"a":1}\n\ndata: <html>\n\n'], [json({ a: 1 })], invalid(21, 3)),
  scenario('an HTML page after a document', ['{"a":1}', '<html>'], [json({ a: 1 })], invalid(7, 1)),
  scenario('plain text', ['upstream connect error or disconnect/reset before headers'], [], invalid(0, 1)),
  scenario(
    'plain text that looks like a field',
    ['{"a":1}\n', 'error: out of memory\n'],
    [json({ a: 1 })],
    invalid(8, 2),
  ),
  scenario('a bad line among good ones', ['{"a":1}\n{"a":}\n{"a":3}\n'], [json({ a: 1 })], invalid(8, 2)),
  scenario('a line that was cut, then a good one', ['{"a":1}\n{"a":"x\n{"a":3}\n'], [json({ a: 1 })], invalid(8, 2)),
  scenario(
    'a bad line after characters of several bytes',
    ['"日本"\n"😀"\n{"é":x}\n'],
    [json('日本'), json('😀')],
    invalid(16, 3),
  ),
  scenario('commas between documents', ['{"a":1},{"a":2}'], [json({ a: 1 })], invalid(7, 1)),
  scenario('a trailing comma', ['{"a":1}\n[1,]\n'], [json({ a: 1 })], invalid(8, 2)),
  scenario('NaN, as some serialisers write it', ['{"a":NaN}\n'], [], invalid(0, 1)),
  scenario('single quotes', ["{'a':1}\n"], [], invalid(0, 1)),
  scenario('an event that ends inside a value', ['data: {"a":\n\n', 'data: 1}\n\n'], [], invalid(6, 1)),
  scenario(
    'the end of the input inside an object',
    ['{"a":1}\n{"a":', '{"b":2'],
    [json({ a: 1 })],
    invalid(8, 2, true),
  ),
  scenario('the end of the input inside a string', ['data: 1\n\ndata: {"a":"hal'], [json(1)], invalid(15, 3, true)),
  scenario('the end of the input inside a word', ['1\ntru'], [json(1)], invalid(2, 2, true)),
  scenario('the end of the input inside a pretty-printed document', ['{\n  "a": 1\n'], [], invalid(0, 1, true)),
  scenario('malformed UTF-8 can be an error', ['1\n"', [0xff], '"\n'], [json(1)], {
    options: { fatal: true },
    error: { code: 'invalid-utf8', byteOffset: 3, lineNumber: 2 },
  }),
  scenario('a value over the longest length', ['"1234"\n"12', '345"\n'], [json('1234')], {
    options: { maxLineLength: 6 },
    error: { code: 'line-too-long', byteOffset: 7, lineNumber: 2 },
  }),
  scenario('a long line of short values', ['[1][2]', '[3][4]\n'], [[1], [2], [3], [4]].map(json), {
    options: { maxLineLength: 3 },
  }),
]
