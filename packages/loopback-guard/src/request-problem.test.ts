import { describe, expect, test } from 'vitest'
import { isLoopbackAddress, requestProblem, type GuardedRequest, type GuardRules } from './request-problem.ts'

const host = '127.0.0.1:8080'

function problem(request: Partial<GuardedRequest>, rules: GuardRules = { callers: 'programs' }): string | undefined {
  return requestProblem(
    {
      method: 'POST',
      path: '/endpoints/e/invocations',
      host,
      origin: undefined,
      fetchSite: undefined,
      fetchMode: undefined,
      fetchDest: undefined,
      ...request,
    },
    rules,
  )
}

const link = { method: 'GET', path: '/', fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document' }

describe('Host', () => {
  test.each(['127.0.0.1:8080', '127.0.0.1', '127.1.2.3:1', 'localhost:8080', 'LOCALHOST', '[::1]:8080', '[::1]'])(
    '%s is loopback',
    (name) => {
      expect(problem({ host: name })).toBeUndefined()
    },
  )

  test.each([
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '169.254.169.254',
    '1270.0.0.1',
    '[::2]:8080',
    '[::1].evil.example',
    'evil.example:127.0.0.1',
    '127.0.0.1:8080@evil.example',
    '0.0.0.0:8080',
    '',
    undefined,
  ])('%s is not', (name) => {
    expect(problem({ host: name })).toBe('The Host header does not name this server.')
    expect(problem({ ...link, host: name }, { callers: 'page' })).toBe('The Host header does not name this server.')
  })

  test('may be a name that is allowed, and any name where the server knows none', () => {
    const named: GuardRules = { callers: 'programs', hosts: ['host.docker.internal'] }
    expect(problem({ host: 'Host.Docker.Internal:8080' }, named)).toBeUndefined()
    expect(problem({ host: 'docker.internal' }, named)).toMatch(/Host header/)
    expect(problem({ host: 'anything' }, { callers: 'programs', hosts: 'any' })).toBeUndefined()
  })
})

describe('Origin', () => {
  test.each([
    'https://evil.example',
    'http://127.0.0.1:3000',
    'http://localhost:8080',
    'https://127.0.0.1:8080',
    'null',
    '',
  ])('%j is refused', (origin) => {
    expect(problem({ origin })).toBe('The request comes from a web page of another origin.')
    expect(problem({ origin }, { callers: 'page' })).toBe('The request comes from a web page of another origin.')
    expect(problem({ origin }, { callers: 'programs', hosts: 'any' })).toMatch(/another origin/)
  })

  test('its own is accepted, and required where only the page may call', () => {
    expect(problem({ origin: `http://${host}` })).toBeUndefined()
    expect(problem({ origin: `http://${host}`, fetchSite: 'same-origin' }, { callers: 'page' })).toBeUndefined()
    expect(problem({}, { callers: 'page' })).toBe('The request names no origin.')
    expect(problem({ method: 'GET' }, { callers: 'page' })).toBeUndefined()
  })
})

describe('Sec-Fetch-Site', () => {
  test.each(['cross-site', 'same-site', 'something-new'])('%s is refused', (fetchSite) => {
    expect(problem({ fetchSite })).toBe('The request comes from another web site.')
    expect(problem({ method: 'GET', fetchSite })).toBe('The request comes from another web site.')
  })

  test('a link to the page works, a frame and a link to anything else do not', () => {
    expect(problem(link)).toBeUndefined()
    expect(problem({ ...link, fetchDest: 'iframe' })).toMatch(/another web site/)
    expect(problem({ ...link, path: '/s3/b/k' })).toMatch(/another web site/)
    expect(problem({ ...link, method: 'POST' })).toMatch(/another web site/)
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.0.0.53', true],
  ['localhost', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.1', false],
  ['example.com', false],
])('%s is only reached from this machine: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected)
})
