import { vi } from 'vitest'

// What the other tests show of the decoders of Node.js, shown where only `TextDecoder` is used, as in browsers.
vi.mock(import('./text/utf8-slice.ts'), () => ({ utf8Slice: undefined }))

await import('./conformance.test.ts')
await import('./text/utf8-reader.test.ts')
