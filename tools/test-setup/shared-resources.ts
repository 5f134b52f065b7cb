import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What test files may ask for by a name; the names and values of `query` come with the request. */
export type Makers = Readonly<Record<string, (query: URLSearchParams) => Promise<string>>>

export interface SharedResources extends AsyncDisposable {
  readonly url: string
}

/**
 * Lets all test files of a run share what is slow to make. Vitest runs them in several processes; this server is started in the one
 * above them, by a global setup, and makes each thing when it is first asked for it.
 */
export async function shareResources(makers: Makers): Promise<SharedResources> {
  const made = new Map<string, Promise<string>>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const name = pathname.slice(1)
    const value = made.get(name) ?? makers[name]?.(searchParams) ?? Promise.reject(new Error(`Nothing makes ${name}.`))
    made.set(name, value)
    value.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(made.values())
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Asks a server of shared resources for one of them, and waits until it is made. */
export async function sharedResource(
  { url }: Pick<SharedResources, 'url'>,
  name: string,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(`${url}/${name}?${new URLSearchParams(query).toString()}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}
