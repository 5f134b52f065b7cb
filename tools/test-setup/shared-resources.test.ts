import { expect, test } from 'vitest'
import { sharedResource, shareResources } from './shared-resources.ts'

test('makes a thing once, when it is first asked for', async () => {
  let made = 0
  await using shared = await shareResources({ page: async (query) => `${query.get('of')} ${++made}` })
  expect(made).toBe(0)
  const both = [sharedResource(shared, 'page', { of: 'chat' }), sharedResource(shared, 'page', { of: 'chat' })]
  expect(await Promise.all(both)).toEqual(['chat 1', 'chat 1'])
})

test('tells every test file why a thing could not be made', async () => {
  await using shared = await shareResources({ page: () => Promise.reject(new Error('no such folder')) })
  await expect(sharedResource(shared, 'page')).rejects.toThrow('no such folder')
  await expect(sharedResource(shared, 'pages')).rejects.toThrow('Nothing makes pages.')
})
